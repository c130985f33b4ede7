import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { otlpHttpSchema } from '../../../src/exporters/otlp-http/config.ts'

const parse = (block: object, env: Record<string, string> = {}) => otlpHttpSchema(env).parse(block)
const faults = (block: object, env: Record<string, string> = {}) =>
  otlpHttpSchema(env)
    .safeParse(block)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('the options of otlp_http', () => {
  it('have defaults for everything but the endpoint', () => {
    const target = {
      encoding: 'proto',
      compression: 'gzip',
      headers: {},
      timeoutMs: 30_000,
      tls: { insecureSkipVerify: false },
    }
    expect(parse({ endpoint: 'http://127.0.0.1:4318' })).toEqual({
      targets: {
        logs: { url: 'http://127.0.0.1:4318/v1/logs', ...target },
        metrics: { url: 'http://127.0.0.1:4318/v1/metrics', ...target },
      },
      proxy: '',
      maxConcurrent: 8,
      retry: { initialIntervalMs: 1_000, maxIntervalMs: 10_000 },
      onRejected: 'park',
      deadLetterDirectory: undefined,
    })
  })

  it('add the path of the signal to a base URL, whatever it ends with', () => {
    const urlFor = (endpoint: string) => parse({ endpoint }).targets.logs?.url
    expect(urlFor('https://otlp.test/otlp/')).toBe('https://otlp.test/otlp/v1/logs')
    expect(urlFor('https://otlp.test/otlp')).toBe('https://otlp.test/otlp/v1/logs')
    expect(urlFor('https://otlp.test/?key=1')).toBe('https://otlp.test/v1/logs?key=1')
  })

  it('use the URL of a signal as it is', () => {
    const { targets } = parse({ endpoint: 'http://base.test', logs_endpoint: 'http://logs.test/intake' })
    expect(targets.logs?.url).toBe('http://logs.test/intake')
    expect(targets.metrics?.url).toBe('http://base.test/v1/metrics')
    expect(
      parse({ logs_endpoint: 'http://logs.test' }, { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x.test' }).targets.metrics,
    ).toBe(undefined)
  })

  it('fall back to the variable of the signal, then to the general one', () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://general.test/base',
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://logs.test/own',
      OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b=two%20words,Content-Type=text/plain',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'a=logs',
      OTEL_EXPORTER_OTLP_TIMEOUT: '7000',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '9000',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
      OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_CERTIFICATE: 'ca.pem',
      OTEL_EXPORTER_OTLP_METRICS_CERTIFICATE: ' ',
    }
    const { logs, metrics } = parse({}, env).targets
    expect(logs).toMatchObject({
      url: 'http://logs.test/own',
      headers: { a: 'logs', b: 'two words' },
      timeoutMs: 7_000,
      compression: 'none',
      encoding: 'json',
      tls: { caFile: 'ca.pem' },
    })
    expect(metrics).toMatchObject({
      url: 'http://general.test/base/v1/metrics',
      headers: { a: '1', b: 'two words' },
      timeoutMs: 9_000,
      encoding: 'proto',
      tls: { caFile: 'ca.pem' },
    })
  })

  it('stand above every variable', () => {
    const env = {
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'http://env.test',
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'X-Key=env,other=kept',
      OTEL_EXPORTER_OTLP_LOGS_TIMEOUT: '1',
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'none',
    }
    const block = { endpoint: 'http://file.test', headers: { 'x-key': 'file' }, timeout: '5s', compression: 'zstd' }
    expect(parse(block, env).targets.logs).toMatchObject({
      url: 'http://file.test/v1/logs',
      headers: { 'x-key': 'file', other: 'kept' },
      timeoutMs: 5_000,
      compression: 'zstd',
    })
  })

  it.each([
    [{}, 'endpoint: is required'],
    [{ endpoint: 'localhost:4318' }, 'endpoint: must be a URL that begins with http:// or https://'],
    [{ endpoint: 'http://user:key@otlp.test' }, 'endpoint: must be a URL'],
    [{ endpoint: 'http://otlp.test', headers: { 'content-type': 'x' } }, 'is set by the exporter itself'],
    [{ endpoint: 'http://otlp.test', headers: { 'x key': 'x' } }, 'is not a header name'],
    [{ endpoint: 'http://otlp.test', headers: { key: 'a\nb' } }, 'headers.key: holds characters'],
    [{ endpoint: 'http://otlp.test', tls: { cert_file: 'a.pem' } }, 'tls: cert_file and key_file belong together'],
    [{ endpoint: 'http://otlp.test', max_concurrent: 0 }, 'max_concurrent: must be a whole number from 1 to 256'],
    [{ endpoint: 'http://otlp.test', endpiont: 'x' }, 'Unrecognized key'],
  ])('refuse %j', (block, fault) => {
    expect(faults(block).join('\n')).toContain(fault)
  })

  it('refuse a variable that is no URL, by its name', () => {
    expect(faults({}, { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }).join('\n')).toContain(
      'OTEL_EXPORTER_OTLP_ENDPOINT is no URL',
    )
  })

  it('can be printed as a JSON schema', () => {
    const schema = z.toJSONSchema(otlpHttpSchema({}), { io: 'input', unrepresentable: 'any' })
    expect(Object.keys(schema.properties ?? {})).toContain('logs_endpoint')
    expect(schema.additionalProperties).toBe(false)
  })
})
