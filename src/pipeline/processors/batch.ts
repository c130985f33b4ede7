import { z } from 'zod'
import { durationSchema } from '../../config/duration.ts'
import { sizeSchema } from '../../config/size.ts'
import type { ProcessorDefinition } from '../component.ts'

export interface BatchOptions {
  /** A batch is sent before it would grow past this. */
  maxBytes: number
  /** The longest a payload waits for others to join it. */
  timeoutMs: number
}

export const batchProcessor: ProcessorDefinition<BatchOptions> = {
  type: 'batch',
  summary: 'Joins small payloads to larger requests',
  signals: ['logs', 'metrics'],
  schema: z
    .strictObject({
      max_bytes: sizeSchema({ min: '64KiB', max: '64MiB', default: '4MiB' }).describe(
        'Size of a request before compression',
      ),
      timeout: durationSchema({ min: '1ms', max: '1m', default: '200ms' }).describe(
        'The longest that records wait for others to join them',
      ),
    })
    .transform(({ max_bytes, timeout }) => ({ maxBytes: max_bytes, timeoutMs: timeout })),
  create: ({ maxBytes, timeoutMs }) => ({ role: 'batch', maxBytes, timeoutMs }),
}
