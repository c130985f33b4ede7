import { z } from 'zod'

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/
const durationForm = 'a duration such as 250ms, 30s, 10m, 24h, 7d or 1h30m'

/** Milliseconds of `250ms`, `30s`, `1h30m`, `7d`, also with a leading `-`; `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  const negative = text.startsWith('-')
  const parts = negative ? text.slice(1) : text
  if (!durationPattern.test(parts)) return undefined
  let ms = 0
  for (const [, count, unit] of parts.matchAll(/([\d.]+)(ms|[smhd])/g)) ms += Number(count) * (unitMs[unit ?? ''] ?? 0)
  return Math.round(negative ? -ms : ms)
}

/** The shortest text `parseDuration` reads back: `90000` is `1m30s`. */
export function formatDuration(ms: number): string {
  let rest = Math.abs(Math.round(ms))
  let text = ms < 0 ? '-' : ''
  if (rest === 0) return '0s'
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const size = unitMs[unit] ?? 1
    if (rest >= size) text += `${Math.floor(rest / size)}${unit}`
    rest %= size
  }
  return text
}

/** Bounds (inclusive) and default, each written as in a configuration: `{ min: '200ms', max: '10m', default: '1s' }`. */
export interface DurationLimits {
  min?: string
  max?: string
  default?: string
}

/** Reads a duration as milliseconds. Required, unless `default` is given. A bare number is a fault: nobody can tell its unit. */
export function durationSchema(limits: DurationLimits & { default: string }): z.ZodType<number, string | undefined>
export function durationSchema(limits?: DurationLimits): z.ZodType<number, string>
export function durationSchema(limits: DurationLimits = {}): z.ZodType<number, string | undefined> {
  const minMs = limits.min === undefined ? 0 : durationMs(limits.min)
  const maxMs = limits.max === undefined ? Number.POSITIVE_INFINITY : durationMs(limits.max)
  const allowed = describeRange(limits)
  const schema = z
    .string({
      error: ({ input }) => (typeof input === 'number' ? `needs a unit: write ${input}s or ${input}ms` : undefined),
    })
    .regex(durationPattern, { error: `must be ${durationForm}` })
    .transform((text, context) => {
      const ms = durationMs(text)
      if (ms < minMs) context.addIssue({ code: 'custom', message: 'is too short', params: { allowed } })
      if (ms > maxMs) context.addIssue({ code: 'custom', message: 'is too long', params: { allowed } })
      return ms
    })
  return limits.default === undefined ? schema : schema.prefault(limits.default)
}

function durationMs(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined) throw new TypeError(`"${text}" is not ${durationForm}`)
  return ms
}

function describeRange({ min, max }: DurationLimits): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`
  if (min !== undefined) return `${min} or longer`
  return max === undefined ? durationForm : `up to ${max}`
}
