import { z } from 'zod'

const unitBytes: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
}
const sizePattern = /^(\d+(?:\.\d+)?)(B|KB|MB|GB|KiB|MiB|GiB)$/
const sizeForm = 'a size such as 512B, 64KiB, 16MiB, 1GiB or 1MB'

/** Bytes of `512B`, `4KiB`, `16MiB`, `1GiB` (powers of 1024) or `1KB`, `1MB`, `1GB` (of 1000); `undefined` for any other text. */
export function parseSize(text: string): number | undefined {
  const [, count, unit] = sizePattern.exec(text) ?? []
  if (count === undefined || unit === undefined) return undefined
  return Math.round(Number(count) * (unitBytes[unit] ?? 1))
}

/** Bounds (inclusive) and default, each written as in a configuration: `{ min: '64KiB', max: '64MiB', default: '4MiB' }`. */
export interface SizeLimits {
  min?: string
  max?: string
  default?: string
}

/** Reads a size as bytes. Required, unless `default` is given. A bare number is a fault: nobody can tell its unit. */
export function sizeSchema(limits: SizeLimits & { default: string }): z.ZodType<number, string | undefined>
export function sizeSchema(limits?: SizeLimits): z.ZodType<number, string>
export function sizeSchema(limits: SizeLimits = {}): z.ZodType<number, string | undefined> {
  const minBytes = limits.min === undefined ? 0 : sizeBytes(limits.min)
  const maxBytes = limits.max === undefined ? Number.POSITIVE_INFINITY : sizeBytes(limits.max)
  const allowed = describeRange(limits)
  const schema = z
    .string({
      error: ({ input }) =>
        typeof input === 'number' ? `needs a unit: write ${input}B, ${input}KiB or ${input}MiB` : undefined,
    })
    .regex(sizePattern, { error: `must be ${sizeForm}` })
    .transform((text, context) => {
      const bytes = sizeBytes(text)
      if (bytes < minBytes) context.addIssue({ code: 'custom', message: 'is too small', params: { allowed } })
      if (bytes > maxBytes) context.addIssue({ code: 'custom', message: 'is too large', params: { allowed } })
      return bytes
    })
  return limits.default === undefined ? schema : schema.prefault(limits.default)
}

function sizeBytes(text: string): number {
  const bytes = parseSize(text)
  if (bytes === undefined) throw new TypeError(`"${text}" is not ${sizeForm}`)
  return bytes
}

function describeRange({ min, max }: SizeLimits): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`
  if (min !== undefined) return `${min} or more`
  return max === undefined ? sizeForm : `up to ${max}`
}
