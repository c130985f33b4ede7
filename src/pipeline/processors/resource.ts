import { z } from 'zod'
import type { ProcessorDefinition } from '../component.ts'

export interface ResourceOptions {
  /** Set on every resource, over whatever the record brought. */
  attributes: Record<string, string | number | boolean>
}

export const resourceProcessor: ProcessorDefinition<ResourceOptions> = {
  type: 'resource',
  summary: 'Sets attributes on every resource',
  signals: ['logs', 'metrics'],
  schema: z.strictObject({
    attributes: z
      .record(z.string().min(1), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Set on every resource, over whatever the record brought'),
  }),
  create: ({ attributes }) => ({ role: 'encode', resourceAttributes: new Map(Object.entries(attributes)) }),
}
