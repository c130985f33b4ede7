import { z } from 'zod'
import { parseDuration } from './duration.ts'

/** Where reading starts that has no stored position. `relative`: `ms` is negative and counts from the time of use. */
export type StartAt =
  | { readonly at: 'earliest' }
  | { readonly at: 'latest' }
  | { readonly at: 'time'; readonly unixMs: number }
  | { readonly at: 'relative'; readonly ms: number }

const allowed = 'earliest, latest, a time such as 2026-01-31T08:00:00Z, or a time ago such as -6h'
const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/

/** Reads `earliest`, `latest`, an RFC 3339 time that has passed, or `-6h`. */
export const startAtSchema = z
  .string({ error: () => `must be ${allowed}` })
  .describe(allowed)
  .transform((text, context): StartAt => {
    const startAt = parseStartAt(text, Date.now())
    if (typeof startAt !== 'string') return startAt
    context.addIssue({ code: 'custom', message: startAt, params: { allowed } })
    return z.NEVER
  })

/** The place `text` names, or what is wrong with it. */
export function parseStartAt(text: string, nowMs: number): StartAt | string {
  if (text === 'earliest' || text === 'latest') return { at: text }
  const ms = parseDuration(text)
  if (ms !== undefined) return ms < 0 ? { at: 'relative', ms } : `needs a minus sign to mean a time ago: -${text}`
  if (!rfc3339.test(text)) return 'is no place to start'
  const unixMs = Date.parse(text)
  if (Number.isNaN(unixMs)) return 'is a time that does not exist'
  return unixMs > nowMs ? 'lies in the future' : { at: 'time', unixMs }
}
