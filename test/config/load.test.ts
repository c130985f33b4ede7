import { describe, expect, it } from 'vitest'
import type { ConfigFault } from '../../src/config/fault.ts'
import type { ServiceConfig } from '../../src/config/load.ts'
import { loadSample } from './sample-registry.ts'

function configOf(text: string, env: Record<string, string> = {}): ServiceConfig {
  const loaded = loadSample(text, env)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults, null, 2))
  return loaded.config
}

function faultsOf(text: string, env: Record<string, string> = {}): ConfigFault[] {
  const loaded = loadSample(text, env)
  if ('config' in loaded) throw new Error('No fault was found')
  return loaded.faults
}

/** A valid file whose receiver has these further lines, beginning on line 7. */
const withOptions = (...lines: string[]) => `exporters:
  sample_http:
processors:
receivers:
  sample_logs/a:
    project: web
${lines.map((line) => `    ${line}\n`).join('')}service:
  pipelines: { logs: { receivers: [sample_logs/a], exporters: [sample_http] } }
`

/** A valid file with these pipelines, beginning on line 7. */
const withPipelines = (...lines: string[]) => `receivers:
  sample_logs/a: { project: web }
exporters: { sample_http: , sample_http/b: }
processors: { batch: }
service:
  pipelines:
${lines.map((line) => `    ${line}\n`).join('')}`

describe('a valid configuration', () => {
  it('is read into typed components, with every default filled in', () => {
    const config = configOf(`
extensions:
  file_storage: { directory: /var/lib/receiver }
  health_check/probes: { endpoint: 0.0.0.0:8080 }
receivers:
  sample_logs/a: { project: web, poll_interval: 2m }
processors:
  resource: { attributes: { deployment.environment.name: prod, shard: 3, canary: false } }
  batch:
exporters:
  samplehttp/x: { endpoint: "http://collector:4318" }
service:
  extensions: [file_storage, health_check/probes]
  pipelines:
    logs/main: { receivers: [sample_logs/a], processors: [resource, batch], exporters: [samplehttp/x] }
  telemetry: { logs: { level: debug }, metrics: { otlp: { endpoint: "http://m:4318", interval: 10s } } }
`)
    expect(config.warnings).toEqual([])
    expect(config.storage).toMatchObject({ id: 'file_storage', options: { directory: '/var/lib/receiver' } })
    expect(config.healthCheck).toMatchObject({ id: 'health_check/probes', options: { endpoint: '0.0.0.0:8080' } })
    expect([...config.receivers.keys()]).toEqual(['sample_logs/a'])
    expect(config.receivers.get('sample_logs/a')).toMatchObject({
      type: 'sample_logs',
      options: { project: 'web', logstores: ['*'], poll_interval: 120_000, max_in_flight: 16_777_216, rate: 10 },
    })
    expect(config.processors.get('resource')?.options).toEqual({
      attributes: { 'deployment.environment.name': 'prod', shard: 3, canary: false },
    })
    expect(config.processors.get('batch')?.options).toEqual({ maxBytes: 4_194_304, timeoutMs: 200 })
    expect(config.exporters.get('samplehttp/x')).toMatchObject({ id: 'samplehttp/x', type: 'sample_http' })
    expect(config.pipelines).toEqual([
      {
        id: 'logs/main',
        signal: 'logs',
        receivers: ['sample_logs/a'],
        processors: ['resource', 'batch'],
        exporters: ['samplehttp/x'],
      },
    ])
    expect(config.telemetry).toEqual({
      logs: { level: 'debug', format: 'auto', otlp: undefined },
      metrics: { otlp: { endpoint: 'http://m:4318', headers: {}, intervalMs: 10_000 } },
    })
  })

  it('may repeat itself with anchors and merge keys', () => {
    const config = configOf(`
receivers:
  sample_logs/a: &base { project: web, rate: 5 }
  sample_logs/b: { <<: *base, rate: 7 }
exporters: { sample_http: }
service: { pipelines: { logs: { receivers: [sample_logs/a, sample_logs/b], exporters: [sample_http] } } }
`)
    expect(config.receivers.get('sample_logs/b')?.options).toMatchObject({ project: 'web', rate: 7 })
  })

  it('reads numbers out of the environment, and files from its own folder', () => {
    const text = withOptions(
      'rate: ${env:RATE}',
      'credentials: { type: key, id: x, access_key_secret: "${file:secrets/key}" }',
    )
    expect(configOf(text, { RATE: '42' }).receivers.get('sample_logs/a')?.options).toMatchObject({
      rate: 42,
      credentials: { access_key_secret: 'the secret' },
    })
  })

  it('keeps text out of the environment text, even where it looks like a number', () => {
    const text = withOptions().replace('project: web', 'project: ${env:PROJECT}')
    expect(configOf(text, { PROJECT: '0123' }).receivers.get('sample_logs/a')?.options).toMatchObject({
      project: '0123',
    })
  })

  it('warns of what is not used, and of positions that would be lost', () => {
    const config = configOf(
      `extensions: { health_check: }\n${withPipelines('logs: { receivers: [sample_logs/a], exporters: [sample_http] }')}`,
    )
    expect(config.storage.id).toBe('memory_storage')
    expect(config.warnings).toEqual([
      'service.extensions has no storage: positions are kept in memory and lost at exit',
      'extensions.health_check is defined but not listed in service.extensions',
      'processors.batch is defined but used by no pipeline',
      'exporters.sample_http/b is defined but used by no pipeline',
    ])
    expect([...config.exporters.keys()]).toEqual(['sample_http'])
    expect(config.healthCheck).toBeUndefined()
  })
})

describe('a fault of options', () => {
  const cases: [what: string, line: string, fault: Partial<ConfigFault>][] = [
    [
      'an unknown key',
      'poll_intervall: 5s',
      {
        path: 'receivers.sample_logs/a.poll_intervall',
        column: 5,
        message: 'is no known key',
        suggestion: 'poll_interval',
        allowed: expect.stringContaining('project, logstores, body'),
      },
    ],
    ['a key like no other', 'zebra: 1', { path: 'receivers.sample_logs/a.zebra', message: 'is no known key' }],
    [
      'a wrong type',
      'logstores: web',
      { path: 'receivers.sample_logs/a.logstores', column: 16, message: 'must be a list', found: '"web"' },
    ],
    [
      'a wrong type in a list',
      'logstores: [web, 5]',
      { path: 'receivers.sample_logs/a.logstores[1]', column: 22, message: 'must be text', found: '5' },
    ],
    [
      'a value that is none of the choice',
      'body: sumary',
      { message: 'is none of the values it can have', allowed: 'summary, original, none', suggestion: 'summary' },
    ],
    ['a duration without a unit', 'poll_interval: 5', { message: 'needs a unit: write 5s or 5ms', found: '5' }],
    [
      'a duration out of bounds',
      'poll_interval: 1h',
      { message: 'is too long', found: '"1h"', allowed: '200ms to 10m' },
    ],
    ['a size out of bounds', 'max_in_flight: 1KiB', { message: 'is too small', allowed: '1MiB or more' }],
    [
      'text where a number must be',
      'rate: ${env:WORD}',
      { message: 'must be a number from 1 to 100', found: '"many" (from ${env:WORD})' },
    ],
    [
      'an unknown type of a variant',
      'credentials: { type: kye }',
      { path: 'receivers.sample_logs/a.credentials.type', found: '"kye"', allowed: 'key, role', suggestion: 'key' },
    ],
    [
      'a key of another variant',
      'credentials: { type: role, role_arn: x, id: y }',
      { path: 'receivers.sample_logs/a.credentials.id', allowed: 'type, role_arn' },
    ],
    [
      'a key that is missing',
      'credentials: { type: role }',
      { path: 'receivers.sample_logs/a.credentials.role_arn', column: 5, message: 'is required' },
    ],
    [
      'a secret of the wrong type, which is not shown',
      'credentials: { type: key, id: x, access_key_secret: 123456 }',
      { path: 'receivers.sample_logs/a.credentials.access_key_secret', message: 'must be text', found: '***' },
    ],
    [
      'a variable that is not set',
      'proxy: ${env:NOWHERE}',
      { path: 'receivers.sample_logs/a.proxy', column: 12, message: expect.stringContaining('NOWHERE') },
    ],
    ['a key that is written twice', 'project: b', { message: 'is written twice; the first is on line 6', column: 5 }],
  ]
  it.each(cases)('tells %s: %s', (_what, line, fault) => {
    expect(faultsOf(withOptions(line), { WORD: 'many' })).toEqual([expect.objectContaining({ line: 7, ...fault })])
  })

  it('tells the place of a value that an alias or a merge brought', () => {
    const faults = faultsOf(`receivers:
  sample_logs/a: &base
    project: 5
  sample_logs/b:
    <<: *base
exporters: { sample_http: }
service: { pipelines: { logs: { receivers: [sample_logs/a, sample_logs/b], exporters: [sample_http] } } }
`)
    expect(faults.map(({ path, line }) => [path, line])).toEqual([
      ['receivers.sample_logs/a.project', 3],
      ['receivers.sample_logs/b.project', 3],
    ])
  })
})

describe('a fault of pipelines', () => {
  const used = 'logs: { receivers: [sample_logs/a], exporters: [sample_http] }'
  const cases: [what: string, lines: string[], fault: Partial<ConfigFault>][] = [
    [
      'a receiver that is not defined',
      ['logs: { receivers: [sample_log/a], exporters: [sample_http] }'],
      {
        path: 'service.pipelines.logs.receivers[0]',
        column: 25,
        message: 'is not defined under receivers',
        found: '"sample_log/a"',
        suggestion: 'sample_logs/a',
      },
    ],
    [
      'a receiver where a processor must be',
      ['logs: { receivers: [sample_logs/a], processors: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.logs.processors[0]', message: 'is not defined under processors', allowed: 'batch' },
    ],
    [
      'no receivers',
      ['logs: { exporters: [sample_http] }'],
      { path: 'service.pipelines.logs.receivers', message: 'is required: at least one of the receivers' },
    ],
    [
      'an empty list of exporters',
      ['logs: { receivers: [sample_logs/a], exporters: [] }'],
      { path: 'service.pipelines.logs.exporters', column: 52 },
    ],
    [
      'a receiver that does not bring the signal',
      ['metrics: { receivers: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.metrics.receivers[0]', message: 'does not do metrics, only logs' },
    ],
    [
      'a component that is listed twice',
      ['logs: { receivers: [sample_logs/a], exporters: [sample_http, sample_http] }'],
      { path: 'service.pipelines.logs.exporters[1]', message: 'is listed twice', found: 'sample_http' },
    ],
    [
      'traces',
      ['traces: { receivers: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.traces', column: 5, message: expect.stringContaining('logs and metrics only') },
    ],
    [
      'a name that is no signal',
      ['log/x: { receivers: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.log/x', message: 'is no name of a pipeline', suggestion: 'logs' },
    ],
    [
      'a name with a space',
      ['"logs/a b": { receivers: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.logs/a b', message: 'is no name of a pipeline' },
    ],
    [
      'text where a list must be',
      ['logs: { receivers: sample_logs/a, exporters: [sample_http] }'],
      { path: 'service.pipelines.logs.receivers', message: 'must be a list', found: '"sample_logs/a"' },
    ],
    [
      'an unknown key',
      ['logs: { reciever: [], receivers: [sample_logs/a], exporters: [sample_http] }'],
      { path: 'service.pipelines.logs.reciever', suggestion: 'receivers' },
    ],
  ]
  it.each(cases)('tells %s', (_what, lines, fault) => {
    expect(faultsOf(withPipelines(...lines))).toEqual([expect.objectContaining({ line: 7, ...fault })])
  })

  it('tells that there is no pipeline', () => {
    expect(faultsOf('receivers: {}\nexporters: {}\nservice:\n  pipelines: {}\n')).toEqual([
      expect.objectContaining({ path: 'service.pipelines', line: 4, message: expect.stringContaining('no pipeline') }),
    ])
  })

  it('tells that more than one store is used', () => {
    const text = `extensions: { file_storage: { directory: a }, memory_storage: }
${withPipelines(used)}  extensions: [file_storage, memory_storage]
`
    expect(faultsOf(text)).toEqual([
      expect.objectContaining({
        path: 'service.extensions',
        line: 9,
        message: 'uses more than one storage extension',
        found: 'file_storage, memory_storage',
      }),
    ])
  })
})

describe('a fault of sections', () => {
  it.each<[string, string, Partial<ConfigFault>]>([
    [
      'an unknown section',
      'reciever: {}',
      { path: 'reciever', line: 1, column: 1, message: 'is no known key', suggestion: 'receivers' },
    ],
    [
      'a component of an unknown type',
      'extensions: { file_store/x: { directory: a } }',
      {
        path: 'extensions.file_store/x',
        column: 15,
        message: 'is of a type that is not known under extensions',
        found: 'file_store',
        suggestion: 'file_storage',
      },
    ],
    [
      'a component of another section',
      'extensions: { batch: }',
      { path: 'extensions.batch', allowed: 'file_storage, memory_storage, health_check' },
    ],
    [
      'an id that is none',
      'extensions: { "memory storage": }',
      { path: 'extensions.memory storage', message: 'is no name of a component' },
    ],
    [
      'a list of components',
      'extensions: [memory_storage]',
      { path: 'extensions', message: 'must be a map', found: 'a list' },
    ],
  ])('tells %s', (_what, line, fault) => {
    const rest = withPipelines('logs: { receivers: [sample_logs/a], exporters: [sample_http] }')
    expect(faultsOf(`${line}\n${rest}`)).toEqual([expect.objectContaining({ line: 1, ...fault })])
  })

  it('does not tell a second time, at the pipeline, that the type of a component is unknown', () => {
    const text = withOptions().replaceAll('sample_logs/a', 'simple_logs/a')
    expect(faultsOf(text).map(({ path }) => path)).toEqual(['receivers.simple_logs/a'])
  })
})

describe('a file that is no configuration', () => {
  it.each<[string, string, Partial<ConfigFault>]>([
    ['nothing', '', { message: 'The file is empty' }],
    ['only a comment', '# later\n', { message: 'The file is empty' }],
    ['a list', '- a\n', { line: 1, column: 1, message: 'The file must be a map', found: 'a list' }],
    ['a word', 'hello', { message: 'The file must be a map', found: '"hello"' }],
    [
      'broken YAML',
      'receivers:\n  a: [1\nb: 2\n',
      { line: 3, message: expect.stringContaining('Cannot be read as YAML') },
    ],
    [
      'a reference within braces without quotes',
      'a: 1\nb: { c: ${env:X}, d: 1 }\n',
      { line: 2, column: 10, suggestion: '"${env:X}"' },
    ],
    ['an unquoted star', 'a: [*, b]\n', { line: 1, column: 5, suggestion: '"*"' }],
    ['an unquoted exclusion', 'a: [b, !internal]\n', { line: 1, column: 8, suggestion: '"!internal"' }],
    ['two documents', 'a: 1\n---\nb: 1\n', { line: 2, message: expect.stringContaining('second document') }],
    [
      'an alias of nothing',
      'a: *b\n',
      { path: 'a', line: 1, message: expect.stringContaining('nothing before it is marked &b') },
    ],
    ['an alias of itself', 'a: &b [*b]\n', { path: 'a[0]', line: 1, message: 'uses *b inside of &b itself' }],
    ['a merge of no map', 'a: 1\n<<: 3\n', { message: expect.stringContaining('Merge sources must be maps') }],
  ])('tells one fault of %s', (_what, text, fault) => {
    expect(faultsOf(text)).toEqual([expect.objectContaining(fault)])
  })

  it('does not multiply itself for ever', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf']) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`)
    }
    expect(faultsOf(bomb.join('\n'))).toEqual([expect.objectContaining({ message: expect.stringContaining('alias') })])
  })
})

describe('loadConfig', () => {
  it('tells all faults at once, in the order of the file', () => {
    const faults = faultsOf(`extensions:
  file_storage: {}
receivers:
  sample_logs/a:
    project: ""
    bodi: none
    rate: 1000
  samplelogs: {}
exporters:
  sample_http:
    endpoint: nowhere
    headers: { authorization: [1] }
service:
  extensions: [file_storag]
  pipelines:
    logs: { receivers: [sample_logs/a, sample_logs/b], exporters: [sample_http] }
    traces: {}
  telemetry: { logs: { level: loud } }
`)
    expect(faults.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '2 extensions.file_storage.directory',
      '5 receivers.sample_logs/a.project',
      '6 receivers.sample_logs/a.bodi',
      '7 receivers.sample_logs/a.rate',
      '8 receivers.samplelogs',
      '11 exporters.sample_http.endpoint',
      '12 exporters.sample_http.headers.authorization',
      '14 service.extensions[0]',
      '16 service.pipelines.logs.receivers[1]',
      '17 service.pipelines.traces',
      '18 service.telemetry.logs.level',
    ])
  })

  it('shows no secret, not even one that came out of a file or stands in a URL', () => {
    const faults = faultsOf(`receivers:
  sample_logs/a: { project: web, body: "http://user:hunter2@proxy" }
exporters:
  sample_http: { headers: { x-key: [hunter2] } }
service: { pipelines: { logs: { receivers: [sample_logs/a], exporters: [sample_http] } } }
`)
    expect(faults).toHaveLength(2)
    expect(JSON.stringify(faults)).not.toContain('hunter2')
  })
})
