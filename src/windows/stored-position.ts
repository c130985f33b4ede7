import { z } from 'zod'
import type { StartAt } from '../config/start-at.ts'
import { ReceiverError } from '../errors.ts'
import { parseStored } from '../storage/stored-json.ts'
import type { WindowPosition } from './next-window.ts'

const positionForm: z.ZodType<WindowPosition> = z.object({ start: z.int(), done: z.int(), settled: z.int() })

export function encodePosition({ start, done, settled }: WindowPosition): string {
  return JSON.stringify({ start, done, settled })
}

/** @throws {ReceiverError} STORAGE_FAILED when the text is not a position: better to fail than to start anew and skip or repeat */
export function parsePosition(text: string): WindowPosition {
  const position = parseStored(positionForm, text)
  if (position === undefined) throw new ReceiverError('STORAGE_FAILED', `Not a position: ${text.slice(0, 200)}`)
  return position
}

/** An API refuses to look further back than it keeps, and time goes by between our clock's reading and its. */
const retentionMarginMs = 60_000
/** A first window takes its time, too. */
const startMarginMs = 10 * 60_000

/** The first second that can be asked for now. */
export function oldestKept(nowMs: number, retentionMs: number): number {
  return Math.ceil((nowMs - retentionMs + retentionMarginMs) / 1000)
}

/** The second at which reading starts. `isCut`: what was asked for lies before all that is kept. */
export function startSecond(
  startAt: StartAt,
  nowMs: number,
  retentionMs: number,
): { readonly second: number; readonly isCut: boolean } {
  const wanted = secondOf(startAt, nowMs)
  const oldest = Math.ceil((nowMs - retentionMs + startMarginMs) / 1000)
  const isCut = Number.isFinite(wanted) && wanted < Math.floor((nowMs - retentionMs) / 1000)
  return { second: Math.max(wanted, oldest), isCut }
}

function secondOf(startAt: StartAt, nowMs: number): number {
  switch (startAt.at) {
    case 'earliest':
      return Number.NEGATIVE_INFINITY
    case 'latest':
      return Math.floor(nowMs / 1000)
    case 'time':
      return Math.floor(startAt.unixMs / 1000)
    case 'relative':
      return Math.floor((nowMs + startAt.ms) / 1000)
  }
}
