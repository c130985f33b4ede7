import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CheckpointEntry } from '../storage/checkpoints.ts'
import { parseStored } from '../storage/stored-json.ts'

/** An event that counts towards a windowed rule. */
interface CountedEvent {
  readonly timeUnixMs: number
  readonly eventId: string
  /** It brought a finding; others near it bring none. */
  fired: boolean
}

/** How many events of one group lay within one window. */
export interface WindowCount {
  readonly count: number
  readonly fromUnixMs: number
  readonly toUnixMs: number
  readonly eventIds: readonly string[]
}

/** Ids of events that a finding names. */
const maxNamedEvents = 20

interface WindowLimits {
  readonly threshold: number
  readonly windowMs: number
}

/**
 * Counts an event of a group, by its own time whatever the order of arrival. It fires when a window that holds it has
 * enough events, unless one nearer to it than a window has fired before.
 *
 * @param events of the group, in the order of arrival; changed in place
 */
export function countInWindow(
  events: CountedEvent[],
  event: { readonly timeUnixMs: number; readonly eventId: string },
  { threshold, windowMs }: WindowLimits,
): WindowCount | undefined {
  if (events.some(({ eventId }) => eventId === event.eventId)) return undefined
  const isNear = ({ timeUnixMs }: CountedEvent) => Math.abs(timeUnixMs - event.timeUnixMs) < windowMs
  const hasFired = events.some((each) => each.fired && isNear(each))
  const counted: CountedEvent = { ...event, fired: false }
  events.push(counted)
  const window = hasFired ? [] : fullestWindow(events.filter(isNear), counted, windowMs)
  counted.fired = !hasFired && window.length >= threshold
  forgetOldest(events, 2 * threshold + spareEvents)
  const [first] = window
  const last = window.at(-1)
  if (!counted.fired || first === undefined || last === undefined) return undefined
  return {
    count: window.length,
    fromUnixMs: first.timeUnixMs,
    toUnixMs: last.timeUnixMs,
    eventIds: namedEvents(window, event.eventId),
  }
}

/** Room in a group beyond two findings' worth of events. */
const spareEvents = 14
const maxFired = 8

/** The first to come goes first. Those that fired stay longer: without them a long burst would fire again and again. */
function forgetOldest(events: CountedEvent[], maxEvents: number): void {
  for (const [kind, most] of [
    [true, maxFired],
    [false, maxEvents],
  ] as const) {
    const isOfKind = ({ fired }: CountedEvent) => fired === kind
    if (events.filter(isOfKind).length > most) events.splice(events.findIndex(isOfKind), 1)
  }
}

/** Of the windows that hold the event, the one with most events, sorted by time. */
function fullestWindow(events: readonly CountedEvent[], event: CountedEvent, windowMs: number): CountedEvent[] {
  const sorted = events.toSorted((a, b) => a.timeUnixMs - b.timeUnixMs)
  const at = sorted.indexOf(event)
  let best: CountedEvent[] = []
  let end = at + 1
  for (const [start, { timeUnixMs }] of sorted.slice(0, at + 1).entries()) {
    if (event.timeUnixMs - timeUnixMs >= windowMs) continue
    while ((sorted[end]?.timeUnixMs ?? Number.POSITIVE_INFINITY) - timeUnixMs < windowMs) end++
    if (end - start > best.length) best = sorted.slice(start, end)
  }
  return best
}

function namedEvents(events: readonly CountedEvent[], trigger: string): string[] {
  const ids = events.map(({ eventId }) => eventId)
  if (ids.length <= maxNamedEvents) return ids
  return [...ids.filter((id) => id !== trigger).slice(-(maxNamedEvents - 1)), trigger]
}

/** Values a group was seen with, in the order of their last use. */
export interface KnownValues {
  firstUnixMs: number
  readonly values: Set<string>
}

/** Values of one group that are remembered; the one that was not used for longest is forgotten. */
const maxKnownValues = 100

interface LearningLimits {
  readonly learnForMs: number
  readonly learnValues: number
}

/**
 * Remembers a value of a group.
 * @returns whether it is news (the group had learnt, and did not know it), and whether what is remembered changed
 */
export function learnValue(
  known: KnownValues,
  value: string,
  timeUnixMs: number,
  { learnForMs, learnValues }: LearningLimits,
): { isNews: boolean; changed: boolean } {
  if (known.values.delete(value)) {
    known.values.add(value)
    return { isNews: false, changed: false }
  }
  const hasLearnt = known.values.size >= learnValues || timeUnixMs - known.firstUnixMs >= learnForMs
  const isNews = known.values.size > 0 && hasLearnt
  known.firstUnixMs = Math.min(known.firstUnixMs, timeUnixMs)
  known.values.add(value)
  const [oldest] = known.values
  if (known.values.size > maxKnownValues && oldest !== undefined) known.values.delete(oldest)
  return { isNews, changed: true }
}

/** What is remembered of one group of one rule. */
export interface GroupState {
  readonly key: string
  /** For windowed rules, in the order of arrival; empty for others. */
  readonly events: CountedEvent[]
  readonly known: KnownValues
  /** When an event of the group last came, by our clock, milliseconds since the epoch. */
  touchedAtMs: number
}

/**
 * The groups of one rule, bounded in number and in events: of what is too much, the group without events for longest is
 * forgotten. Groups of windows are also forgotten when they are idle for so long that nothing can come of them.
 */
export interface GroupStates {
  /** The state of a group, made when there is none. It counts as used last. */
  touch(group: readonly string[], nowMs: number): GroupState
  /** To be called after the state of a group was changed, with its `groupSize` before that. */
  changed(state: GroupState, sizeBefore: number): void
  expire(nowMs: number): void
  contentOf(key: string): string | undefined
  readonly size: number
}

export interface GroupLimits {
  readonly maxGroups: number
  /** Events and values of all groups together, about 150 bytes each. */
  readonly maxItems: number
  /** Idle groups are forgotten after this; infinity for what was learnt. */
  readonly idleMs: number
}

export interface GroupEvents {
  /** The group with this key is to be written or removed. */
  onChanged(key: string): void
  /** So many groups were forgotten for want of room. */
  onForgotten(groups: number): void
  /** The stored entry with this key cannot be read, and is passed over. */
  onBroken(key: string): void
}

export const groupsPrefix = 'group/'
const groupPrefix = (ruleId: string) => `${groupsPrefix}${ruleId}/`
export const ruleIdOfKey = (key: string): string => key.split('/')[1] ?? ''

/**
 * @param stored entries of the store whose key starts with `groupsPrefix`; those of other rules are passed over
 */
export function createGroupStates(
  ruleId: string,
  limits: GroupLimits,
  stored: readonly CheckpointEntry[],
  { onChanged, onForgotten, onBroken }: GroupEvents,
): GroupStates {
  const prefix = groupPrefix(ruleId)
  /** In the order of their last use. */
  const groups = new Map<string, GroupState>()
  let items = 0

  const mine = stored.filter(({ key }) => key.startsWith(prefix))
  for (const entry of mine.toSorted((a, b) => a.savedAtMs - b.savedAtMs)) {
    const state = parseState(entry)
    if (state === undefined) {
      onBroken(entry.key)
      continue
    }
    groups.set(entry.key, state)
    items += groupSize(state)
  }

  function forget(state: GroupState): void {
    groups.delete(state.key)
    items -= groupSize(state)
    onChanged(state.key)
  }

  function bound(): void {
    let forgotten = 0
    for (const state of groups.values()) {
      const isTooMuch = groups.size > limits.maxGroups || items > limits.maxItems
      if (!isTooMuch || groups.size === 1) break
      forget(state)
      forgotten++
    }
    if (forgotten > 0) onForgotten(forgotten)
  }

  return {
    touch(group, nowMs) {
      const key = `${prefix}${keyOf(group)}`
      const known: KnownValues = { firstUnixMs: Number.POSITIVE_INFINITY, values: new Set() }
      const state = groups.get(key) ?? { key, events: [], known, touchedAtMs: nowMs }
      groups.delete(key)
      groups.set(key, state)
      state.touchedAtMs = nowMs
      return state
    },
    changed(state, sizeBefore) {
      items += groupSize(state) - sizeBefore
      onChanged(state.key)
      bound()
    },
    expire(nowMs) {
      for (const state of groups.values()) {
        if (nowMs - state.touchedAtMs < limits.idleMs) break
        forget(state)
      }
    },
    contentOf(key) {
      const state = groups.get(key)
      return state && formatState(state)
    },
    get size() {
      return groups.size
    },
  }
}

/** What a group counts towards `maxItems`. */
export const groupSize = ({ events, known }: GroupState): number => events.length + known.values.size

const maxReadableKey = 120

/** Readable where it is short, so that `state show` tells something. */
function keyOf(group: readonly string[]): string {
  const text = JSON.stringify(group)
  return text.length <= maxReadableKey ? text : createHash('sha256').update(text).digest('hex')
}

const stateForm = z.object({
  /** Time, id, and 1 for those that brought a finding. */
  events: z.array(z.tuple([z.number(), z.string(), z.literal([0, 1])])).default([]),
  first: z.number().default(Number.POSITIVE_INFINITY),
  values: z.array(z.string()).default([]),
})

function formatState({ events, known }: GroupState): string {
  const state: z.input<typeof stateForm> =
    known.values.size > 0
      ? { first: known.firstUnixMs, values: [...known.values] }
      : { events: events.map(({ timeUnixMs, eventId, fired }) => [timeUnixMs, eventId, fired ? 1 : 0]) }
  return JSON.stringify(state)
}

function parseState({ key, value, savedAtMs }: CheckpointEntry): GroupState | undefined {
  const parsed = parseStored(stateForm, value)
  if (parsed === undefined) return undefined
  const { events, first, values } = parsed
  return {
    key,
    events: events.map(([timeUnixMs, eventId, fired]) => ({ timeUnixMs, eventId, fired: fired === 1 })),
    known: { firstUnixMs: first, values: new Set(values) },
    touchedAtMs: savedAtMs,
  }
}
