import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { registry } from '../../src/registry.ts'

const path = fileURLToPath(new URL('../../otel-config.example.yaml', import.meta.url))
const text = readFileSync(path, 'utf8')

/** Uncomments the lines of the example that are a variant, not a sentence. */
function withDatadog(): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line) => line.includes('# otlp_http/datadog:'))
  const variant = lines.slice(first, first + 4).map((line) => line.replace('# ', ''))
  return [...lines.slice(0, first), ...variant, ...lines.slice(first + 4)]
    .join('\n')
    .replace('exporters: [otlp_http]', 'exporters: [otlp_http/datadog]')
}

describe('otel-config.example.yaml', () => {
  it('is valid as it is, without a variable set and without a warning', () => {
    const loaded = loadConfig(text, { path, env: {}, registry })
    expect(loaded).toMatchObject({ config: { warnings: [] } })
  })

  it('is valid with its Datadog exporter', () => {
    const loaded = loadConfig(withDatadog(), { path, env: { DD_API_KEY: 'key' }, registry })
    expect(loaded).toMatchObject({ config: { pipelines: [{ exporters: ['otlp_http/datadog'] }] } })
  })

  it('is valid with its redaction and its filter', () => {
    const lines = text.split('\n')
    const first = lines.findIndex((line) => line.includes('# redaction:'))
    const last = lines.findIndex((line) => line.includes('# Joins small pages'))
    const variant = lines.slice(first, last).filter((line) => !line.includes('What need not be sent'))
    const whole = [...lines.slice(0, first), ...variant.map((line) => line.replace('# ', '')), ...lines.slice(last)]
      .join('\n')
      .replace('processors: [resource, batch]', 'processors: [filter, redaction, resource, batch]')
    const loaded = loadConfig(whole, { path, env: { REDACTION_HASH_KEY: 'key' }, registry })
    expect(loaded).toMatchObject({
      config: { pipelines: [{ processors: ['filter', 'redaction', 'resource', 'batch'] }], warnings: [] },
    })
  })

  it.each(['alibabacloud_actiontrail', 'alibabacloud_cloudmonitor_events', 'alibabacloud_smq'])(
    'is valid with its %s',
    (type) => {
      const lines = text.split('\n')
      const first = lines.findIndex((line) => line.includes(`# ${type}:`))
      // Up to what is no comment of the block: its keys stand deeper, and so do the comments on them.
      const count = lines.slice(first + 1).findIndex((line) => !line.startsWith('  #   ')) + 1
      const block = lines.slice(first, first + count).map((line) => line.replace('# ', ''))
      const whole = [...lines.slice(0, first), ...block, ...lines.slice(first + count)]
        .join('\n')
        .replace('receivers: [alibabacloud_sls]', `receivers: [alibabacloud_sls, ${type}]`)
      const loaded = loadConfig(whole, { path, env: {}, registry })
      expect(loaded).toMatchObject({ config: { pipelines: [{ receivers: { length: 2 } }], warnings: [] } })
    },
  )

  it('is valid with its CloudMonitor receiver', () => {
    const lines = text.split('\n')
    const first = lines.findIndex((line) => line.includes('# alibabacloud_cloudmonitor:'))
    const count = lines.slice(first).findIndex((line) => !line.startsWith('  # '))
    const block = lines.slice(first, first + count).map((line) => line.replace('# ', ''))
    const whole = [...lines.slice(0, first), ...block, ...lines.slice(first + count)]
      .join('\n')
      .replace(/( +)logs:\n/, '$1metrics: { receivers: [alibabacloud_cloudmonitor], exporters: [otlp_http] }\n$&')
    const loaded = loadConfig(whole, { path, env: {}, registry })
    expect(loaded).toMatchObject({ config: { pipelines: { length: 2 }, warnings: [] } })
  })

  it('shows every receiver and every exporter', () => {
    for (const { type } of [...registry.receivers, ...registry.exporters]) {
      expect(text).toMatch(new RegExp(`^ {2}(# )?${type}:`, 'm'))
    }
  })
})
