import { type HealthCheckDefinition, healthCheckExtension } from './config/health-check.ts'
import { exporterDefinitions } from './exporters.ts'
import type {
  ExporterDefinition,
  ProcessorDefinition,
  ReceiverDefinition,
  StorageDefinition,
} from './pipeline/component.ts'
import { processorDefinitions } from './processors.ts'
import { receiverDefinitions } from './receivers.ts'
import { storageDefinitions } from './storages.ts'

/** Everything a configuration can name. `storages` and `healthCheck` stand under `extensions`. */
export interface Registry {
  readonly receivers: readonly ReceiverDefinition<unknown>[]
  readonly processors: readonly ProcessorDefinition<unknown>[]
  readonly exporters: readonly ExporterDefinition<unknown>[]
  readonly storages: readonly StorageDefinition<unknown>[]
  readonly healthCheck: HealthCheckDefinition
}

export const registry: Registry = {
  receivers: receiverDefinitions,
  processors: processorDefinitions,
  exporters: exporterDefinitions,
  storages: storageDefinitions,
  healthCheck: healthCheckExtension,
}
