import { z } from 'zod'
import type { ProcessorDefinition } from '../component.ts'
import { attributesIn, compileExpression, ExpressionError, type RecordTest } from './filter-expression.ts'
import { stepIdentity } from './step-identity.ts'

export interface FilterOptions {
  /** The expressions as written, which tell filters apart. */
  drop: string[]
  tests: RecordTest[]
}

export const filterProcessor: ProcessorDefinition<FilterOptions> = {
  type: 'filter',
  summary: 'Leaves out records that an expression is true of',
  signals: ['logs'],
  schema: z
    .strictObject({
      drop: z
        .array(z.string())
        .min(1)
        .describe('Expressions; a record is left out where one is true, such as severity < WARN'),
    })
    .transform(({ drop }, context) => {
      const tests = drop.flatMap((expression, index) => {
        try {
          return [compileExpression(expression)]
        } catch (error) {
          if (!(error instanceof ExpressionError)) throw error
          const message = `${error.message} (character ${error.at + 1})`
          context.addIssue({ code: 'custom', path: ['drop', index], message })
          return []
        }
      })
      return { drop, tests }
    }),
  create: ({ drop, tests }) => {
    const attributes = new Set(drop.flatMap((expression) => [...attributesIn(expression)]))
    return {
      role: 'record',
      step: {
        identity: stepIdentity('filter', { drop }),
        looksAt: (attribute) => attributes.has(attribute),
        changeResource: (resource) => resource,
        changeRecord: (record, resource) => {
          for (const test of tests) if (test(record, resource)) return 'dropped'
          return 'kept'
        },
      },
    }
  },
}
