import type { ProcessorDefinition } from './pipeline/component.ts'
import { batchProcessor } from './pipeline/processors/batch.ts'
import { resourceProcessor } from './pipeline/processors/resource.ts'

/** Every processor a configuration can name. */
export const processorDefinitions: readonly ProcessorDefinition<unknown>[] = [batchProcessor, resourceProcessor]
