import type { ProcessorDefinition } from './pipeline/component.ts'
import { batchProcessor } from './pipeline/processors/batch.ts'
import { filterProcessor } from './pipeline/processors/filter.ts'
import { redactionProcessor } from './pipeline/processors/redaction.ts'
import { resourceProcessor } from './pipeline/processors/resource.ts'

/** Every processor a configuration can name. */
export const processorDefinitions: readonly ProcessorDefinition<unknown>[] = [
  batchProcessor,
  filterProcessor,
  redactionProcessor,
  resourceProcessor,
]
