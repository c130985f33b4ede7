import type { SeverityTable } from './kind-table.ts'

/** The rules that several kinds share (sls-log-schemas 2.6). */

/** The answer to a request tells how it went. */
export const httpRules = (statusField: string): SeverityTable['rules'] => [
  { when: { field: statusField, atLeast: 500 }, severity: 'ERROR', errorType: statusField },
  { when: { field: statusField, atLeast: 400 }, severity: 'WARN' },
]

export const httpSeverity = (statusField: string): SeverityTable => ({
  rules: httpRules(statusField),
  otherwise: 'INFO',
})

/** The level word that a logger put into the text. */
export const levelSeverity = (field: string, otherwise?: SeverityTable['otherwise']): SeverityTable => ({
  rules: [
    { when: { field, level: ['fatal', 'panic', 'emergency'] }, severity: 'FATAL' },
    { when: { field, level: ['error', 'err', 'critical', 'alert'] }, severity: 'ERROR' },
    { when: { field, level: ['warning', 'warn'] }, severity: 'WARN' },
    { when: { field, level: ['info', 'note', 'notice', 'system', 'log'] }, severity: 'INFO' },
    { when: { field, level: ['debug'] }, severity: 'DEBUG' },
    { when: { field, level: ['trace'] }, severity: 'TRACE' },
  ],
  ...(otherwise === undefined ? {} : { otherwise }),
})

/** The `fail` field of database audits: 0 in one of several spellings, 1 for a failure without a code, or the code. */
export const failSeverity: SeverityTable = {
  rules: [
    { when: { field: 'fail', in: ['0', '0000', '00000'] }, severity: 'INFO' },
    { when: { field: 'fail', in: ['1'] }, severity: 'WARN' },
    { when: { field: 'fail', present: true }, severity: 'WARN', errorType: 'fail' },
  ],
  otherwise: 'INFO',
}
