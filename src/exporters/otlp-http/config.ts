import { z } from 'zod'
import { durationSchema, parseDuration } from '../../config/duration.ts'
import { booleanSchema, numberSchema } from '../../config/scalars.ts'
import type { TlsOptions } from '../../http/dispatcher.ts'
import type { Signal } from '../../pipeline/payload.ts'

export type Encoding = 'proto' | 'json'
export type Compression = 'gzip' | 'zstd' | 'none'

/** Where and how the requests of one signal go. */
export interface Target {
  readonly url: string
  readonly encoding: Encoding
  readonly compression: Compression
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** For one attempt from its beginning to the last byte of the answer. Milliseconds. */
  readonly timeoutMs: number
  readonly tls: TlsOptions
}

export interface OtlpHttpOptions {
  /** No target: neither the configuration nor the environment says where this signal goes. */
  readonly targets: { readonly [S in Signal]: Target | undefined }
  /** URL of a proxy; `''`: the environment decides; `'none'`: no proxy. */
  readonly proxy: string
  readonly maxConcurrent: number
  readonly retry: { readonly initialIntervalMs: number; readonly maxIntervalMs: number }
  readonly onRejected: 'park' | 'drop' | 'stop'
  /** `undefined`: beside the storage. */
  readonly deadLetterDirectory: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

const urlSchema = z.string().refine(isHttpUrl, {
  error: 'must be a URL that begins with http:// or https:// and holds no user name (use `headers`)',
})

/** Headers that follow from the body, and that a configuration would break. */
const ownHeaders = new Set(['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'host'])

const headersSchema = z
  .record(
    z.string(),
    // A value read from a file usually ends with a line break.
    z
      .string()
      .transform((value) => value.trim())
      .refine((value) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value), { error: 'holds characters no header may have' }),
  )
  .superRefine((headers, context) => {
    for (const name of Object.keys(headers)) {
      const fault = (message: string) => context.addIssue({ code: 'custom', path: [name], message })
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) fault('is not a header name')
      else if (ownHeaders.has(name.toLowerCase())) fault('is set by the exporter itself')
    }
  })
  .default({})

const retryDefaults = { initial_interval: '1s', max_interval: '10s' }

/** The YAML block. Keys without a default fall back to the OTEL_EXPORTER_OTLP_* variables, then to `defaults`. */
const blockSchema = z.strictObject({
  endpoint: urlSchema.optional().describe('Base URL; /v1/logs or /v1/metrics is added'),
  logs_endpoint: urlSchema.optional().describe('URL for logs, used as it is'),
  metrics_endpoint: urlSchema.optional().describe('URL for metrics, used as it is'),
  encoding: z.enum(['proto', 'json']).optional(),
  compression: z.enum(['gzip', 'zstd', 'none']).optional().describe('Default gzip'),
  headers: headersSchema,
  timeout: durationSchema({ min: '100ms', max: '10m' }).optional().describe('For one attempt as a whole; default 30s'),
  tls: z
    .strictObject({
      ca_file: z.string().min(1).optional(),
      cert_file: z.string().min(1).optional(),
      key_file: z.string().min(1).optional(),
      server_name: z.string().min(1).optional(),
      insecure_skip_verify: booleanSchema(false),
    })
    .prefault({ insecure_skip_verify: false }),
  proxy: z
    .union([z.literal(['', 'none']), urlSchema], { error: 'must be the URL of a proxy, none, or empty' })
    .default('')
    .describe('URL of a proxy; empty: HTTP_PROXY, HTTPS_PROXY and NO_PROXY decide; none: no proxy'),
  max_concurrent: numberSchema({ integer: true, min: 1, max: 256, default: 8 }).describe('Requests at the same time'),
  retry: z
    .strictObject({
      initial_interval: durationSchema({ min: '10ms', max: '1m', default: retryDefaults.initial_interval }),
      max_interval: durationSchema({ min: '10ms', max: '10m', default: retryDefaults.max_interval }),
    })
    .prefault(retryDefaults)
    .describe('Waits between attempts; there is no limit to their number'),
  on_rejected: z
    .enum(['park', 'drop', 'stop'])
    .default('park')
    .describe('What happens to a record that the backend refuses for ever'),
  dead_letter: z
    .strictObject({ directory: z.string().min(1).optional() })
    .default({})
    .describe('Where rejected records are parked; default: beside the storage'),
})
type Block = z.infer<typeof blockSchema>

/** Ten seconds, the default of OTEL_EXPORTER_OTLP_TIMEOUT, is short for a backend that answers only once it has stored. */
const defaults = { encoding: 'proto', compression: 'gzip', timeoutMs: 30_000 } as const

/**
 * Reads the block of `otlp_http`. What it leaves out is taken from the standard variables: a value in the configuration,
 * then OTEL_EXPORTER_OTLP_LOGS_X or …_METRICS_X, then OTEL_EXPORTER_OTLP_X.
 * @see OpenTelemetry specification, "OpenTelemetry Protocol Exporter"
 */
export function otlpHttpSchema(env: Environment): z.ZodType<OtlpHttpOptions> {
  return blockSchema.transform((block, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const targets = { logs: targetOf('logs', block, env, fault), metrics: targetOf('metrics', block, env, fault) }
    if (targets.logs === undefined && targets.metrics === undefined) {
      fault(
        'endpoint',
        'is required: the base URL of an OTLP/HTTP endpoint, such as http://127.0.0.1:4318 (or set OTEL_EXPORTER_OTLP_ENDPOINT)',
      )
    }
    if ((block.tls.cert_file === undefined) !== (block.tls.key_file === undefined)) {
      fault('tls', 'cert_file and key_file belong together: set both or neither')
    }
    return {
      targets,
      proxy: block.proxy,
      maxConcurrent: block.max_concurrent,
      retry: { initialIntervalMs: block.retry.initial_interval, maxIntervalMs: block.retry.max_interval },
      onRejected: block.on_rejected,
      deadLetterDirectory: block.dead_letter.directory,
    }
  })
}

type Fault = (path: string, message: string) => void

function targetOf(signal: Signal, block: Block, env: Environment, fault: Fault): Target | undefined {
  const variable = (name: string) => firstSet(env, [`${signalPrefix(signal)}${name}`, `OTEL_EXPORTER_OTLP_${name}`])
  const url = urlOf(signal, block, env, fault)
  if (url === undefined) return undefined
  return {
    url,
    encoding: block.encoding ?? encodingOf(variable('PROTOCOL')?.value) ?? defaults.encoding,
    compression: block.compression ?? compressionOf(variable('COMPRESSION')?.value) ?? defaults.compression,
    headers: headersOf(signal, block, env),
    timeoutMs: block.timeout ?? timeoutOf(variable('TIMEOUT')?.value) ?? defaults.timeoutMs,
    tls: {
      caFile: block.tls.ca_file ?? variable('CERTIFICATE')?.value,
      certFile: block.tls.cert_file ?? variable('CLIENT_CERTIFICATE')?.value,
      keyFile: block.tls.key_file ?? variable('CLIENT_KEY')?.value,
      serverName: block.tls.server_name,
      insecureSkipVerify: block.tls.insecure_skip_verify,
    },
  }
}

function signalPrefix(signal: Signal): string {
  return `OTEL_EXPORTER_OTLP_${signal.toUpperCase()}_`
}

/** The first variable that is set; an empty one counts as not set, as the specification says. */
function firstSet(env: Environment, names: readonly string[]): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = env[name]?.trim()
    if (value) return { name, value }
  }
  return undefined
}

function urlOf(signal: Signal, block: Block, env: Environment, fault: Fault): string | undefined {
  const asIs = signal === 'logs' ? block.logs_endpoint : block.metrics_endpoint
  if (asIs !== undefined) return asIs
  if (block.endpoint !== undefined) return withSignalPath(block.endpoint, signal)
  // A signal that the configuration gives no address, while it gives the other one, is not meant to go anywhere else.
  if (block.logs_endpoint !== undefined || block.metrics_endpoint !== undefined) return undefined
  const own = firstSet(env, [`${signalPrefix(signal)}ENDPOINT`])
  const found = own ?? firstSet(env, ['OTEL_EXPORTER_OTLP_ENDPOINT'])
  if (found === undefined) return undefined
  if (!isHttpUrl(found.value)) {
    fault('endpoint', `is not set, and ${found.name} is no URL that begins with http:// or https://`)
    return undefined
  }
  return own === undefined ? withSignalPath(found.value, signal) : found.value
}

/** `http://host/otlp` becomes `http://host/otlp/v1/logs`; a query stays behind the path. */
function withSignalPath(base: string, signal: Signal): string {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/${signal}`
  return url.href
}

function isHttpUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === ''
}

function encodingOf(protocol: string | undefined): Encoding | undefined {
  return protocol === 'http/json' ? 'json' : protocol === 'http/protobuf' ? 'proto' : undefined
}

function compressionOf(name: string | undefined): Compression | undefined {
  return name === 'gzip' || name === 'zstd' || name === 'none' ? name : undefined
}

/** The variable holds milliseconds without a unit; one with a unit is understood as well. */
function timeoutOf(text: string | undefined): number | undefined {
  const ms = text === undefined ? undefined : /^\d+$/.test(text) ? Number(text) : parseDuration(text)
  return ms !== undefined && ms > 0 ? ms : undefined
}

/** General variable, signal's variable and configuration, each over the one before, key by key. */
function headersOf(signal: Signal, block: Block, env: Environment): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const name of ['OTEL_EXPORTER_OTLP_HEADERS', `${signalPrefix(signal)}HEADERS`]) {
    for (const pair of (env[name] ?? '').split(',')) {
      const [key = '', ...rest] = pair.split('=')
      if (key.trim() !== '') headers[key.trim().toLowerCase()] = percentDecoded(rest.join('=').trim())
    }
  }
  for (const [key, value] of Object.entries(block.headers)) headers[key.toLowerCase()] = value
  for (const key of ownHeaders) delete headers[key]
  return headers
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
