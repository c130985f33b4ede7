import { z } from 'zod'

/** Bounds (inclusive) and default of a number. */
export interface NumberLimits {
  min?: number
  max?: number
  integer?: boolean
  default?: number
}

/**
 * Reads a number, or its exact text: what `${env:NAME}` puts in is always text, and `port: ${env:PORT}` should work.
 * Required, unless `default` is given.
 */
export function numberSchema(limits: NumberLimits & { default: number }): z.ZodType<number, number | string | undefined>
export function numberSchema(limits?: NumberLimits): z.ZodType<number, number | string>
export function numberSchema(limits: NumberLimits = {}): z.ZodType<number, number | string | undefined> {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits
  const allowed = describeNumber(limits)
  const error = `must be ${allowed}`
  const schema = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, { error })], { error })
  const checked = schema.transform((written, context) => {
    const value = Number(written)
    if (value < min || value > max || (limits.integer && !Number.isInteger(value))) {
      context.addIssue({ code: 'custom', message: error, params: { allowed } })
    }
    return value
  })
  return limits.default === undefined ? checked : checked.prefault(limits.default)
}

/** Reads `true` or `false`, also as text (see numberSchema). Required, unless `byDefault` is given. */
export function booleanSchema(byDefault: boolean): z.ZodType<boolean, boolean | 'true' | 'false' | undefined>
export function booleanSchema(): z.ZodType<boolean, boolean | 'true' | 'false'>
export function booleanSchema(byDefault?: boolean): z.ZodType<boolean, boolean | 'true' | 'false' | undefined> {
  const schema = z
    .union([z.boolean(), z.literal(['true', 'false'])], { error: 'must be true or false' })
    .transform((written) => written === true || written === 'true')
  return byDefault === undefined ? schema : schema.prefault(byDefault)
}

function describeNumber({ min, max, integer }: NumberLimits): string {
  const kind = integer ? 'a whole number' : 'a number'
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`
  if (min !== undefined) return `${kind}, ${min} or more`
  return max === undefined ? kind : `${kind}, at most ${max}`
}
