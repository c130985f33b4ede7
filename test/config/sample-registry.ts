import { z } from 'zod'
import { durationSchema } from '../../src/config/duration.ts'
import { healthCheckExtension } from '../../src/config/health-check.ts'
import { type Loaded, loadConfig } from '../../src/config/load.ts'
import { numberSchema } from '../../src/config/scalars.ts'
import { sizeSchema } from '../../src/config/size.ts'
import type { ExporterDefinition, ReceiverDefinition } from '../../src/pipeline/component.ts'
import { processorDefinitions } from '../../src/processors.ts'
import type { Registry } from '../../src/registry.ts'
import { storageDefinitions } from '../../src/storages.ts'

function neverStarted(): never {
  throw new Error('A test of configuration starts nothing')
}

const keyCredentials = z.strictObject({ type: z.literal('key'), id: z.string(), access_key_secret: z.string() })
const roleCredentials = z.strictObject({ type: z.literal('role'), role_arn: z.string() })

const sampleReceiver: ReceiverDefinition<unknown> = {
  type: 'sample_logs',
  summary: 'Brings logs',
  signals: ['logs'],
  schema: z.strictObject({
    project: z.string().min(1),
    logstores: z.array(z.string()).default(['*']),
    body: z.enum(['summary', 'original', 'none']).default('summary'),
    poll_interval: durationSchema({ min: '200ms', max: '10m', default: '1s' }),
    max_in_flight: sizeSchema({ min: '1MiB', default: '16MiB' }),
    rate: numberSchema({ min: 1, max: 100, default: 10 }),
    credentials: z.discriminatedUnion('type', [keyCredentials, roleCredentials]).optional(),
    proxy: z.string().optional(),
  }),
  create: neverStarted,
}

const sampleExporter: ExporterDefinition<unknown> = {
  type: 'sample_http',
  aliases: ['samplehttp'],
  summary: 'Takes logs and metrics',
  signals: ['logs', 'metrics'],
  schema: z.strictObject({
    endpoint: z.url().default('http://127.0.0.1:4318'),
    headers: z.record(z.string(), z.string()).default({}),
  }),
  create: neverStarted,
}

/** Components with a bit of everything that options can be, and the real extensions and processors. */
export const sampleRegistry: Registry = {
  receivers: [sampleReceiver],
  processors: processorDefinitions,
  exporters: [sampleExporter],
  storages: storageDefinitions,
  healthCheck: healthCheckExtension,
}

export function loadSample(text: string, env: Record<string, string> = {}): Loaded {
  const readFile = (path: string) => {
    if (path === '/etc/receiver/secrets/key') return 'the secret\n'
    throw new Error(`ENOENT: no such file ${path}`)
  }
  return loadConfig(text, { path: '/etc/receiver/config.yaml', env, registry: sampleRegistry, readFile })
}
