import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Exporter } from '../../src/pipeline/component.ts'
import { acceptedWhole } from '../../src/pipeline/payload.ts'
import { registry } from '../../src/registry.ts'
import { buildOutlets } from '../../src/service/graph.ts'

const text = `
receivers:
  alibabacloud_sls: { endpoint: cn-hangzhou.log.aliyuncs.com, project: web-prod, logstores: [a] }
processors:
  filter: { drop: ['severity < WARN'] }
  filter/same: { drop: ['severity < WARN'] }
  filter/other: { drop: ['severity < ERROR'] }
  redaction: { rules: [{ keys: [url.query], action: hash }], hash_key: one }
  redaction/key: { rules: [{ keys: [url.query], action: hash }], hash_key: two }
exporters: { debug: {} }
service:
  pipelines:
    logs/1: { receivers: [alibabacloud_sls], processors: [filter], exporters: [debug] }
    logs/2: { receivers: [alibabacloud_sls], processors: [filter/same], exporters: [debug] }
    logs/3: { receivers: [alibabacloud_sls], processors: [filter/other], exporters: [debug] }
    logs/4: { receivers: [alibabacloud_sls], processors: [filter, redaction], exporters: [debug] }
    logs/5: { receivers: [alibabacloud_sls], processors: [redaction, filter], exporters: [debug] }
    logs/6: { receivers: [alibabacloud_sls], processors: [filter, redaction/key], exporters: [debug] }
    logs/7: { receivers: [alibabacloud_sls], processors: [], exporters: [debug] }
    logs/8: { receivers: [alibabacloud_sls], processors: [filter, redaction], exporters: [debug] }
`

it('pipelines share an outlet where their processors do the same in the same order', () => {
  const loaded = loadConfig(text, { path: 'otel-config.yaml', env: {}, registry })
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults))
  const exporter: Exporter = { export: async () => acceptedWhole, shutdown: async () => undefined }
  const outlets = buildOutlets(
    loaded.config,
    new Map([['debug', exporter]]),
    new AbortController().signal,
    systemClock,
  ).get('alibabacloud_sls')
  expect(outlets?.logs.map(({ processing }) => processing.steps.length)).toEqual([1, 1, 2, 2, 2, 0])
})
