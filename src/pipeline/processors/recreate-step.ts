import { ReceiverError } from '../../errors.ts'
import type { RecordStep } from '../outlet.ts'
import { filterProcessor } from './filter.ts'
import { redactionProcessor } from './redaction.ts'
import { parseStepIdentity } from './step-identity.ts'

/**
 * The step with this identity, made anew: functions do not go from one thread to another, an identity does.
 * @throws {ReceiverError} CONFIG_INVALID where it belongs to no processor of ours
 */
export function recreateStep(identity: string): RecordStep {
  const { type, block } = parseStepIdentity(identity) ?? {}
  const processor =
    type === 'filter'
      ? filterProcessor.create(filterProcessor.schema.parse(block))
      : type === 'redaction'
        ? redactionProcessor.create(redactionProcessor.schema.parse(block))
        : undefined
  if (processor?.role === 'record') return processor.step
  throw new ReceiverError('CONFIG_INVALID', `The processor "${type ?? identity}" does not run in worker threads`, {
    remedy: 'Set workers: 1 in the receivers of its pipelines.',
  })
}
