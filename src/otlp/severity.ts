/** `severityNumber` of a log record by the short name that OTLP gives it (logs data model, "Field: SeverityNumber"). */
export const severities = {
  trace: 1,
  debug: 5,
  info: 9,
  info2: 10,
  info3: 11,
  warn: 13,
  error: 17,
  fatal: 21,
} as const
