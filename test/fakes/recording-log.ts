import type { Log, LogFields, LogLevel } from '../../src/telemetry/log.ts'

export interface RecordingLog extends Log {
  readonly lines: { level: LogLevel; message: string; fields: LogFields }[]
}

/** A log that keeps its lines for a test to look at. */
export function createRecordingLog(): RecordingLog {
  const lines: RecordingLog['lines'] = []
  const create = (base: LogFields): RecordingLog => {
    const at =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}) => {
        lines.push({ level, message, fields: { ...base, ...fields } })
      }
    return {
      lines,
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
      with: (fields) => create({ ...base, ...fields }),
    }
  }
  return create({})
}
