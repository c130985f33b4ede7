import { z } from 'zod'
import { durationSchema } from './duration.ts'

/** `service.telemetry`: the process's own logs and metrics. No port is opened for them: `/metrics` is on health_check. */
export interface TelemetryOptions {
  logs: {
    level: 'debug' | 'info' | 'warn' | 'error'
    /** `auto`: text on a terminal, JSON elsewhere. */
    format: 'auto' | 'json' | 'text'
    /** Absent: not pushed. */
    otlp: PushOptions | undefined
  }
  metrics: {
    otlp: (PushOptions & { intervalMs: number }) | undefined
  }
}

export interface PushOptions {
  /** URL of an OTLP/HTTP backend. */
  endpoint: string
  headers: Record<string, string>
}

const pushKeys = {
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be a URL such as http://127.0.0.1:4318' })
    .describe('URL of an OTLP/HTTP backend; /v1/logs or /v1/metrics is added to one without a path'),
  headers: z.record(z.string(), z.string()).default({}).describe('Sent with every request'),
}

const logsSchema = z
  .strictObject({
    level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
    format: z.enum(['auto', 'json', 'text']).default('auto').describe('auto: text on a terminal, JSON elsewhere'),
    otlp: z.strictObject(pushKeys).optional().describe('Pushes them besides writing them to stderr'),
  })
  .transform(({ level, format, otlp }) => ({ level, format, otlp }))

const metricsSchema = z
  .strictObject({
    otlp: z
      .strictObject({ ...pushKeys, interval: durationSchema({ min: '1s', max: '1h', default: '60s' }) })
      .transform(({ endpoint, headers, interval }) => ({ endpoint, headers, intervalMs: interval }))
      .optional()
      .describe('Pushes them besides serving them at /metrics of health_check'),
  })
  .transform(({ otlp }) => ({ otlp }))

export const telemetrySchema: z.ZodType<TelemetryOptions> = z.strictObject({
  // `metrics:` with nothing behind it is an empty map, as everywhere in the grammar.
  logs: z.preprocess((block) => block ?? {}, logsSchema).prefault({}),
  metrics: z.preprocess((block) => block ?? {}, metricsSchema).prefault({}),
})
