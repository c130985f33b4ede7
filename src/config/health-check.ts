import { z } from 'zod'

export interface HealthCheckOptions {
  /** `host:port`, `[ipv6]:port`, or `:port` for all addresses. */
  endpoint: string
}

/** The extension that serves `/livez`, `/readyz`, `/status` and `/metrics`. */
export interface HealthCheckDefinition {
  readonly type: string
  readonly summary: string
  readonly schema: z.ZodType<HealthCheckOptions>
}

const listenAddress = /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]*):(\d{1,5})$/

export const healthCheckExtension: HealthCheckDefinition = {
  type: 'health_check',
  summary: 'HTTP: /livez, /readyz, /status and /metrics',
  schema: z.strictObject({
    endpoint: z
      .string()
      .regex(listenAddress, { error: 'must be an address to listen on, such as 127.0.0.1:13133', abort: true })
      .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, {
        error: 'has a port above 65535',
      })
      .default('127.0.0.1:13133')
      .describe('host:port, [ipv6]:port, or :port for all addresses'),
  }),
}
