import { type EventView, isTemporaryKey } from './event-view.ts'

/** Attributes of a count; the values of each are few. */
export type CountAttributes = Readonly<Record<string, string | boolean>>

export interface EventCount {
  readonly name: string
  readonly attributes: CountAttributes
  /** Since the counts began. */
  readonly value: number
}

export const actionTrailEventsMetric = 'alibabacloud.actiontrail.events'
export const accessKeyEventsMetric = 'alibabacloud.access_key.events'

/** Counts of the event stream (actiontrail.md 6.6); each event is to be counted once. */
export interface EventCounts {
  add(view: EventView): void
  read(): EventCount[]
}

const other = '_OTHER'
/** Different values that an attribute may have; those that come later count as `_OTHER`. */
const maxValues = { 'alibabacloud.service.name': 200, 'alibabacloud.event.type': 50, 'error.type': 50 } as const
/** Combinations of values; past this, a new one counts with all its texts `_OTHER`. */
const maxSeries = 1500

/** @param watched keys that are counted by themselves; all others are `_OTHER` */
export function createEventCounts(watched: ReadonlySet<string>): EventCounts {
  const series = new Map<string, { readonly name: string; readonly attributes: CountAttributes; value: number }>()
  const known = new Map<string, Set<string>>()

  function bounded(name: keyof typeof maxValues, value: string): string {
    const values = known.get(name) ?? new Set()
    known.set(name, values)
    if (!values.has(value) && values.size >= maxValues[name]) return other
    values.add(value)
    return value
  }

  function count(name: string, attributes: CountAttributes): void {
    const key = JSON.stringify([name, attributes])
    const found = series.get(key)
    if (found !== undefined) found.value++
    else if (series.size < maxSeries || isOverflow(attributes)) series.set(key, { name, attributes, value: 1 })
    else count(name, overflowOf(attributes))
  }

  return {
    add({ facts, record }) {
      const text = (name: string) => {
        const value = record.attributes[name]
        return typeof value === 'string' ? value : undefined
      }
      const attributes: Record<string, string | boolean> = {}
      for (const name of ['alibabacloud.service.name', 'alibabacloud.event.type', 'error.type'] as const) {
        const value = text(name)
        if (value !== undefined) attributes[name] = bounded(name, value)
      }
      if (facts.read_only !== undefined) attributes['alibabacloud.event.read_only'] = facts.read_only
      const outcome = text('alibabacloud.event.outcome')
      if (outcome !== undefined) attributes['alibabacloud.event.outcome'] = outcome
      const type = text('alibabacloud.user_identity.principal.type')
      if (type !== undefined)
        attributes['alibabacloud.user_identity.principal.type'] = principalTypes.has(type) ? type : other
      count(actionTrailEventsMetric, attributes)

      const key = facts.access_key_id
      if (key === undefined) return
      const isNamed = watched.has(key) && !isTemporaryKey(key)
      count(accessKeyEventsMetric, {
        'alibabacloud.user_identity.access_key.id': isNamed ? key : other,
        ...(outcome === undefined ? {} : { 'alibabacloud.event.outcome': outcome }),
      })
    },
    read: () => [...series.values()].map((each) => ({ ...each })),
  }
}

/** Those that documents or the vendor name (actiontrail.md 2.3). */
const principalTypes = new Set([
  'root-account',
  'ram-user',
  'assumed-role',
  'system',
  'cloudsso-user',
  'alibaba-cloud-account',
  'saml-user',
])

/** Few enough whatever came: the rest of the attributes has few values by itself. */
function overflowOf(attributes: CountAttributes): CountAttributes {
  const entries = Object.entries(attributes).map(([name, value]) => [name, name in maxValues ? other : value])
  return Object.fromEntries(entries)
}

const isOverflow = (attributes: CountAttributes) =>
  Object.entries(attributes).every(([name, value]) => !(name in maxValues) || value === other)
