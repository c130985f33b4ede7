import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { loadConfig, type ServiceConfig } from '../../src/config/load.ts'
import { registry } from '../../src/registry.ts'

const read = (path: string) => readFileSync(new URL(`../../deploy/${path}`, import.meta.url), 'utf8')

/** The configuration inside the manifest, as the receiver finds it in its container. */
function fromManifest(): string {
  for (const document of parseAllDocuments(read('kubernetes/sidecar.yaml'))) {
    const text = document.getIn(['data', 'config.yaml'])
    if (typeof text === 'string') return text
  }
  throw new Error('The manifest holds no config.yaml')
}

/** What the header comment of each file says must be set. */
const sls = { SLS_ENDPOINT: 'cn-hangzhou.log.aliyuncs.com', SLS_PROJECT: 'web-prod' }
const rrsa = {
  ALIBABA_CLOUD_ROLE_ARN: 'acs:ram::1234567890123456:role/otel-receiver',
  ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::1234567890123456:oidc-provider/ack-rrsa-c0123',
  ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/var/run/secrets/ack.alibabacloud.com/rrsa-tokens/token',
}
const files = [
  { name: 'receiver/sidecar.yaml', text: read('receiver/sidecar.yaml'), env: sls },
  {
    name: 'receiver/datadog.yaml',
    text: read('receiver/datadog.yaml'),
    env: { ...sls, DD_SITE: 'datadoghq.eu', DD_API_KEY: 'test' },
  },
  { name: 'kubernetes/sidecar.yaml', text: fromManifest(), env: { ...sls, ...rrsa } },
]

function load(text: string, env: Record<string, string>): ServiceConfig {
  const loaded = loadConfig(text, { path: 'config.yaml', env, registry })
  if ('faults' in loaded) throw new Error(loaded.faults.map(({ path, message }) => `${path}: ${message}`).join('\n'))
  return loaded.config
}

describe.each(files)('the receiver configuration of deploy/$name', ({ text, env }) => {
  it('has no fault and no warning', () => {
    const config = load(text, env)
    expect(config.warnings).toEqual([])
    expect(config.pipelines.map(({ signal }) => signal)).toEqual(['logs'])
    expect(config.storage.type).toBe('file_storage')
  })

  it.each(Object.keys(env))('names %s when it is not set', (name) => {
    const { [name]: _, ...others } = env as Record<string, string>
    expect(() => load(text, others)).toThrow(name)
  })

  it('listens on this machine only, unless HEALTH_HOST says otherwise', () => {
    expect(load(text, env).healthCheck?.options.endpoint).toBe('127.0.0.1:13133')
    expect(load(text, { ...env, HEALTH_HOST: '0.0.0.0' }).healthCheck?.options.endpoint).toBe('0.0.0.0:13133')
  })

  it('keeps its positions where STATE_DIRECTORY says', () => {
    expect(load(text, env).storage.options).toEqual({ directory: './state' })
    expect(load(text, { ...env, STATE_DIRECTORY: '/var/lib/x' }).storage.options).toEqual({ directory: '/var/lib/x' })
  })
})

it('deploy/receiver/datadog.yaml sends to the intake of the site, with the key as a header', () => {
  const [, datadog] = files
  const config = load(datadog?.text ?? '', datadog?.env ?? {})
  expect(config.exporters.get('otlp_http')?.options).toMatchObject({
    targets: { logs: { url: 'https://otlp.datadoghq.eu/v1/logs', headers: { 'dd-api-key': 'test' } } },
  })
})
