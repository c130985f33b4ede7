import type { Meter } from '@opentelemetry/api'
import type { ActionTrailRecord } from '../alibaba/actiontrail/event.ts'
import type { Clock } from '../clock.ts'
import type { JsonObject } from '../lossless-json.ts'
import type { AuditExaminer, Examination } from '../pipeline/audit-events.ts'
import type { OutgoingRecord } from '../pipeline/record-encoder.ts'
import type { Checkpoints } from '../storage/checkpoints.ts'
import type { Log } from '../telemetry/log.ts'
import { createDirtyEntries } from './dirty-entries.ts'
import { createEventCounts, type EventCount } from './event-counts.ts'
import { createEventView, type EventView, valuesAt } from './event-view.ts'
import { toFinding } from './finding.ts'
import {
  countInWindow,
  createGroupStates,
  type GroupStates,
  groupSize,
  groupsPrefix,
  learnValue,
  ruleIdOfKey,
  type WindowCount,
} from './group-state.ts'
import type { Rule, RuleTrigger } from './rule.ts'
import { createSeenEvents, type SeenEvents, type StoredFinding, seenPrefix } from './seen-events.ts'

export interface DetectionOptions {
  /** AccessKey ids. */
  readonly watch: readonly string[]
  /** The least severity of an event of a watched key. */
  readonly watchSeverityNumber: number
  readonly rules: readonly Rule[]
}

export interface DetectionLimits {
  /** Ids of events that are remembered, so that one that comes again does not count twice. */
  readonly maxSeenEvents: number
  /** Groups of one rule: users, keys, addresses. */
  readonly maxGroups: number
  /** Events and learnt values of all groups of one rule. */
  readonly maxItems: number
}

/** Some 10 MB of ids; and for each rule with a window, in the worst case, 3 MB. */
const detectionLimits: DetectionLimits = { maxSeenEvents: 100_000, maxGroups: 10_000, maxItems: 20_000 }

export interface DetectionDeps {
  readonly checkpoints: Checkpoints
  readonly log: Log
  readonly clock: Clock
  readonly meter: Meter
  /** The receiver that asked for it, for the attributes of the metrics. */
  readonly receiver: string
  readonly limits?: DetectionLimits
}

/** The rules, the watch list and the counts, over every audit event of the process. */
export interface Detection extends AuditExaminer {
  /** Counts of the event stream since this process started, for metrics. */
  eventCounts(): EventCount[]
}

/** Groups of windows without an event for longer than this and than two windows are forgotten. */
const minIdleMs = 24 * 60 * 60 * 1000

/** Knows nothing until `load` has read what was stored. */
export function createDetection(options: DetectionOptions, deps: DetectionDeps): Detection {
  const { checkpoints, clock, log, limits = detectionLimits } = deps
  const watched = new Set(options.watch)
  const counts = createEventCounts(watched)
  const metrics = createDetectionMetrics(deps)
  const dirty = createDirtyEntries(checkpoints, (key) =>
    key.startsWith(seenPrefix) ? seen.contentOf(key) : groups.get(ruleIdOfKey(key))?.contentOf(key),
  )
  const onBroken = (key: string) => {
    log.warn('A part of the stored state of the rules cannot be read and is forgotten', { key })
    dirty.changed(key)
  }
  let seen: SeenEvents = createSeenEvents(limits.maxSeenEvents, [], dirty.changed, onBroken)
  const groups = new Map<string, GroupStates>()
  metrics.observeState(() => ({
    events: seen.size,
    groups: [...groups].map(([rule, { size }]) => ({ rule, size })),
  }))

  /** What a rule that looks at more than one event finds at an event that is new. */
  function look(rule: Rule, view: EventView): StoredFinding | undefined {
    const states = groups.get(rule.id)
    if (states === undefined) throw new Error('Events are examined before the state is loaded')
    const { trigger } = rule
    if (trigger.on === 'event') return undefined
    const group = trigger.groupBy.map((field) => String(valuesAt(view, field)[0] ?? ''))
    const [value] = trigger.on === 'new_value' ? valuesAt(view, trigger.of) : []
    if (trigger.on === 'new_value' && value === undefined) return undefined
    const state = states.touch(group, clock.now())
    const sizeBefore = groupSize(state)
    if (trigger.on === 'window') {
      const counted = countInWindow(state.events, view, trigger)
      states.changed(state, sizeBefore)
      return counted && storedFinding(rule, group, counted)
    }
    const { isNews, changed } = learnValue(state.known, String(value), view.timeUnixMs, trigger)
    if (changed) states.changed(state, sizeBefore)
    const { timeUnixMs, eventId } = view
    const single: WindowCount = { count: 1, fromUnixMs: timeUnixMs, toUnixMs: timeUnixMs, eventIds: [eventId] }
    return isNews ? storedFinding(rule, group, single) : undefined
  }

  function examineNew(view: EventView, nowMs: number): readonly StoredFinding[] {
    counts.add(view)
    metrics.event()
    if (view.facts.watched) metrics.watched(view.facts.access_key_id ?? '', delayOf(view, nowMs))
    const found = options.rules.flatMap((rule) => {
      if (rule.trigger.on === 'event' || !rule.condition.matches(view)) return []
      return look(rule, view) ?? []
    })
    seen.add(view.eventId, found)
    return found
  }

  return {
    isActive: true,
    eventCounts: () => counts.read(),

    async load() {
      seen = createSeenEvents(limits.maxSeenEvents, await checkpoints.list(seenPrefix), dirty.changed, onBroken)
      const stored = await checkpoints.list(groupsPrefix)
      for (const { id, trigger } of options.rules) {
        if (trigger.on === 'event') continue
        const states = createGroupStates(
          id,
          { maxGroups: limits.maxGroups, maxItems: limits.maxItems, idleMs: idleMsOf(trigger) },
          stored,
          { onChanged: dirty.changed, onForgotten: (forgotten) => metrics.forgotten(id, forgotten), onBroken },
        )
        groups.set(id, states)
      }
      // Of rules that run no more; were they to come back, they would begin with what is long past.
      for (const { key } of stored) if (!groups.has(ruleIdOfKey(key))) dirty.changed(key)
    },

    examine(event: JsonObject, record: ActionTrailRecord): Examination {
      const nowMs = clock.now()
      const view = createEventView(event, record, watched)
      const before = seen.findingsAt(view.eventId)
      const counted = before ?? examineNew(view, nowMs)
      const watchDelayMs = view.facts.watched ? delayOf(view, nowMs) : undefined
      const findings = options.rules.flatMap((rule): OutgoingRecord[] => {
        const isSingle = rule.trigger.on === 'event'
        const stored = counted.find(({ ruleId }) => ruleId === rule.id)
        const isFound = isSingle ? rule.condition.matches(view) : stored !== undefined
        if (isFound && before === undefined) metrics.finding(rule)
        return isFound ? [toFinding(rule, view, isSingle ? undefined : stored, watchDelayMs, nowMs)] : []
      })
      const severityNumber = view.facts.watched
        ? Math.max(record.severityNumber, options.watchSeverityNumber)
        : record.severityNumber
      return { severityNumber, findings }
    },

    async save() {
      const nowMs = clock.now()
      for (const states of groups.values()) states.expire(nowMs)
      await dirty.save()
    },
  }
}

/** Not below zero: the clocks differ. */
const delayOf = ({ timeUnixMs }: EventView, nowMs: number) => Math.max(0, nowMs - timeUnixMs)

const idleMsOf = (trigger: RuleTrigger) =>
  trigger.on === 'window' ? Math.max(minIdleMs, 2 * trigger.windowMs) : Number.POSITIVE_INFINITY

const storedFinding = (rule: Rule, group: readonly string[], counted: WindowCount): StoredFinding => ({
  ruleId: rule.id,
  group,
  ...counted,
})

// ------------------------------------------------------------------------------------------------------ own telemetry

interface DetectionMetrics {
  event(): void
  finding(rule: Rule): void
  watched(accessKeyId: string, delayMs: number): void
  forgotten(rule: string, groups: number): void
  observeState(read: () => { events: number; groups: { rule: string; size: number }[] }): void
}

function createDetectionMetrics({ meter, receiver }: Pick<DetectionDeps, 'meter' | 'receiver'>): DetectionMetrics {
  const events = meter.createCounter('alibabacloud_detection_events', {
    description: 'Audit events that were examined, each once',
  })
  const findings = meter.createCounter('alibabacloud_detection_findings', { description: 'Findings, each once' })
  const watched = meter.createCounter('alibabacloud_detection_watched_key_events', {
    description: 'Audit events of AccessKeys on the watch list, each once',
  })
  const delay = meter.createHistogram('alibabacloud_detection_watch_delay_seconds', {
    description: 'From an event of a watched AccessKey to our reading it',
    unit: 's',
    advice: { explicitBucketBoundaries: [1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 6 * 3600, 24 * 3600] },
  })
  const forgotten = meter.createCounter('alibabacloud_detection_forgotten_groups', {
    description: 'Groups of a rule that were forgotten for want of room',
  })
  const own = { receiver }
  events.add(0, own)
  return {
    event: () => events.add(1, own),
    finding: ({ id, severity }) => findings.add(1, { ...own, rule: id, severity }),
    watched(accessKeyId, delayMs) {
      watched.add(1, { ...own, access_key_id: accessKeyId })
      delay.record(delayMs / 1000, own)
    },
    forgotten: (rule, groups) => forgotten.add(groups, { ...own, rule }),
    observeState(read) {
      meter
        .createObservableGauge('alibabacloud_detection_groups', { description: 'Groups that a rule keeps state of' })
        .addCallback((result) => {
          for (const { rule, size } of read().groups) result.observe(size, { ...own, rule })
        })
      meter
        .createObservableGauge('alibabacloud_detection_remembered_events', {
          description: 'Ids of examined events that are remembered',
        })
        .addCallback((result) => result.observe(read().events, own))
    },
  }
}
