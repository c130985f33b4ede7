import { encodeLogGroup } from '../../src/alibaba/sls/log-group.ts'
import type { Random } from '../random.ts'
import type { SlsStore } from '../sls/store.ts'
import type { EventFamily } from './audit-event.ts'

/** A single-account trail that delivers the events of all regions to a logstore. */
export interface TrailSpec {
  readonly name: string
  readonly accountId: string
  readonly region: string
  readonly project: string
  /** The vendor's is `actiontrail_{name}`. */
  readonly logstore: string
  readonly eventRW: 'All' | 'Read' | 'Write'
  /** Beside the management events, which a trail always has; `platform` makes it a trail for the vendor's own actions only. */
  readonly families?: readonly ('data' | 'insight' | 'platform')[]
  /** False: it was created and never started. */
  readonly isLogging: boolean
}

export interface Trail extends TrailSpec {
  isLogging: boolean
  startedAtMs: number | undefined
  stoppedAtMs: number | undefined
  deliveredAtMs: number | undefined
}

/** An event on its way to the trails. */
export interface TrailEvent {
  readonly id: string
  readonly timeMs: number
  readonly text: string
  readonly family: EventFamily
  /** `Read`, `Write`, or empty where the document does not tell. */
  readonly eventRW: string
}

/** Writes the events that a trail covers into its logstore, as one group; some a second time (actiontrail.md 3.1). */
export function deliver(
  trail: Trail,
  events: readonly TrailEvent[],
  { sls, random, nowMs, duplicates }: { sls: SlsStore; random: Random; nowMs: number; duplicates: number },
): void {
  const covered = events.filter((event) => isCovered(trail, event))
  if (covered.length === 0) return
  const logstore = sls.logstore(trail.project, trail.logstore)
  const write = (group: readonly TrailEvent[], isRepeat: boolean): void => {
    const bytes = encodeLogGroup({
      topic: 'actiontrail_audit_event',
      source: 'actiontrail_internal',
      tags: [['__pack_id__', `${random.hex(16).toUpperCase()}-${random.integer(1, 99)}`]],
      logs: group.map(({ timeMs, text }) => ({ time: Math.floor(timeMs / 1000), contents: [['event', text]] })),
    })
    const ids = group.map(({ id }) => id)
    sls.append(logstore, sls.route(logstore, BigInt(`0x${random.hex(32)}`)), {
      bytes,
      logCount: group.length,
      ids: ids.includes('') ? undefined : ids,
      origin: 'traffic',
      clientAddress: '203.0.113.250',
      isRepeat,
    })
  }
  write(covered, false)
  const repeated = covered.filter(() => random.chance(duplicates))
  if (repeated.length > 0) write(repeated, true)
  trail.deliveredAtMs = nowMs
}

function isCovered({ families = [], eventRW }: Trail, event: TrailEvent): boolean {
  if (families.includes('platform')) return event.family === 'platform'
  if (event.family !== 'management' && !families.some((family) => family === event.family)) return false
  // Old documents and insights do not tell.
  return eventRW === 'All' || event.eventRW === '' || event.eventRW === eventRW
}
