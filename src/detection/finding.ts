import type { AnyValue } from '@opentelemetry/api'
import { formatDuration } from '../config/duration.ts'
import { NANOS_PER_MS } from '../nanoseconds.ts'
import type { OutgoingRecord } from '../pipeline/record-encoder.ts'
import type { EventView } from './event-view.ts'
import { findingSeverities, type Rule } from './rule.ts'
import type { StoredFinding } from './seen-events.ts'

export const findingFormat = 'alibabacloud.finding'
const findingScope = 'alibabacloud-otel-receiver/detection'
const serviceName = 'actiontrail'
const MS_PER_SECOND = 1000

/** Attributes that a finding takes over from the record of its event: who did what, from where. */
const takenOver = [
  'alibabacloud.actiontrail.event_id',
  'alibabacloud.service.name',
  'alibabacloud.event.type',
  'alibabacloud.event.outcome',
  'alibabacloud.request_id',
  'alibabacloud.user_identity.access_key.id',
  'alibabacloud.user_identity.principal.type',
  'alibabacloud.insight.type',
  'alibabacloud.resources',
  'client.address',
  'cloud.resource_id',
  'error.type',
  'rpc.method',
  'source.address',
  'user.id',
  'user.name',
  'user_agent.original',
]

/**
 * The record of a finding. `log.record.uid` is made of the rule and the event that triggered it, so the same event brings
 * the same id each time it is read.
 *
 * @param counted for rules that look at more than one event
 * @param watchDelayMs from the event to our reading it, for watched keys
 */
export function toFinding(
  rule: Rule,
  view: EventView,
  counted: StoredFinding | undefined,
  watchDelayMs: number | undefined,
  observedAtMs: number,
): OutgoingRecord {
  const { record } = view
  const attributes: Record<string, AnyValue> = {
    'log.record.uid': `finding/${rule.id}/${record.eventId}`,
    'alibabacloud.finding.rule.id': rule.id,
    'alibabacloud.finding.title': rule.title,
    'alibabacloud.finding.severity': rule.severity,
    'alibabacloud.finding.event_ids': [...(counted?.eventIds ?? [record.eventId])],
  }
  if (rule.references.length > 0) attributes['alibabacloud.finding.references'] = [...rule.references]
  if (counted !== undefined) addCount(rule, counted, attributes)
  if (watchDelayMs !== undefined) attributes['alibabacloud.watch.delay'] = watchDelayMs / MS_PER_SECOND
  for (const name of takenOver) {
    const value = record.attributes[name]
    if (value !== undefined) attributes[name] = value
  }
  const resource = new Map([['service.name', serviceName]])
  if (record.accountId !== undefined) resource.set('cloud.account.id', record.accountId)
  if (record.region !== undefined) resource.set('cloud.region', record.region)
  return {
    resource,
    scopeName: findingScope,
    format: findingFormat,
    fields: {
      timeUnixNano: record.timeUnixNano,
      observedTimeUnixNano: BigInt(observedAtMs) * NANOS_PER_MS,
      severityNumber: findingSeverities[rule.severity],
      eventName: findingFormat,
      body: `${rule.title}: ${summaryOf(view)}${countText(rule, counted)}`,
      attributes,
    },
  }
}

function addCount({ trigger }: Rule, counted: StoredFinding, attributes: Record<string, AnyValue>): void {
  const { count, fromUnixMs, toUnixMs, group } = counted
  if (trigger.on === 'event') return
  attributes['alibabacloud.finding.group'] = trigger.groupBy.map((field, index) => `${field}=${group[index] ?? ''}`)
  if (trigger.on === 'new_value') return
  attributes['alibabacloud.finding.count'] = count
  attributes['alibabacloud.finding.window.start'] = new Date(fromUnixMs).toISOString()
  attributes['alibabacloud.finding.window.end'] = new Date(toUnixMs).toISOString()
  attributes['alibabacloud.finding.window.size'] = trigger.windowMs / MS_PER_SECOND
}

function countText({ trigger }: Rule, counted: StoredFinding | undefined): string {
  if (trigger.on !== 'window' || counted === undefined || counted.count < 2) return ''
  return `, ${counted.count} events in ${formatDuration(trigger.windowMs)}`
}

/** Who did what, from where, as the body of an event's own record tells it; that may be switched off. */
function summaryOf({ facts, record }: EventView): string {
  const { attributes, region } = record
  const text = (name: string) => (typeof attributes[name] === 'string' ? attributes[name] : undefined)
  const join = (separator: string, ...names: string[]) => names.map(text).filter(Boolean).join(separator)
  const what =
    join('.', 'alibabacloud.service.name', 'rpc.method') ||
    join(' ', 'alibabacloud.insight.type', 'alibabacloud.insight.object') ||
    'event'
  const who = [text('alibabacloud.user_identity.principal.type'), facts.user].filter(Boolean).join(' ')
  const outcome = facts.failed ? ` failed${facts.error_code === undefined ? '' : `: ${facts.error_code}`}` : ''
  const key = facts.access_key_id === undefined ? '' : ` with ${facts.access_key_id}`
  const address = text('source.address')
  const from = address === undefined ? '' : ` from ${address}`
  const where = region === undefined ? '' : ` (${region})`
  return `${who === '' ? '' : `${who}: `}${what}${outcome}${key}${from}${where}`
}
