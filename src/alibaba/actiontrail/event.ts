import { createHash } from 'node:crypto'
import { isIP } from 'node:net'
import type { AnyValue } from '@opentelemetry/api'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson, scalarText } from '../../lossless-json.ts'
import { NANOS_PER_MS } from '../../nanoseconds.ts'
import { severities } from '../../otlp/severity.ts'
import { Attributes, type BodyOption, eventBody } from '../event-parts.ts'

/**
 * The conversion of an ActionTrail event document, whichever way it came: from a logstore, from LookupEvents or inside a
 * queue message (actiontrail.md section 6).
 */

export type ActionTrailFamily = 'management' | 'data' | 'insight' | 'platform'

export interface ActionTrailRecord {
  readonly family: ActionTrailFamily
  /** The event's own id, which is `log.record.uid`. */
  readonly eventId: string
  /** True when the document had no id, and this one was made from its content. */
  readonly isIdSynthetic: boolean
  /** The event's time, else `fallbackUnixNano`. */
  readonly timeUnixNano: bigint
  readonly severityNumber: number
  readonly eventName: string
  readonly body: string | undefined
  readonly attributes: Readonly<Record<string, AnyValue>>
  /** For the resource: `cloud.account.id`, `cloud.region`. */
  readonly accountId: string | undefined
  readonly region: string | undefined
}

export interface ActionTrailContext {
  readonly body: BodyOption
  /** The time that the carrier of the event knows, nanoseconds since the epoch; 0 for none. */
  readonly fallbackUnixNano: bigint
  /** The account that the carrier knows (SLS `owner_id`); counts where the event names no recipient. */
  readonly accountId?: string | undefined
}

export type ParsedEvent =
  | { readonly status: 'event'; readonly event: JsonObject }
  | { readonly status: 'invalid'; readonly reason: string }

/** Parses the text of an event without losing digits of long ids. Only an object is an event. */
export function parseEventText(text: string): ParsedEvent {
  try {
    const event = parseJson(text)
    return isJsonObject(event)
      ? { status: 'event', event }
      : { status: 'invalid', reason: 'the event is no JSON object' }
  } catch {
    return { status: 'invalid', reason: 'the event is no JSON' }
  }
}

/** Codes that tell of a fault of the product, not of the caller (actiontrail.md 6.5). */
const internalFailures = ['InternalError', 'ServiceUnavailable', 'UnknownError']

/** Accepts any subset of the fields, any further ones, and any type in any place. */
export function convertActionTrailEvent(event: JsonObject, context: ActionTrailContext): ActionTrailRecord {
  const family = familyOf(event)
  const attributes = new Attributes('alibabacloud.actiontrail.truncated')
  const parts = family === 'platform' ? platformParts(event, attributes) : eventParts(event, family, attributes)
  attributes.finish()
  const ownId = scalarText(event['eventId']) ?? scalarText(event['EventID'])
  const identity = isJsonObject(event['userIdentity']) ? event['userIdentity'] : {}
  return {
    family,
    eventId: parts.eventId,
    isIdSynthetic: ownId === undefined,
    timeUnixNano: unixNanoOf(event['eventTime'] ?? event['EventTime']) ?? context.fallbackUnixNano,
    severityNumber: parts.severityNumber,
    eventName: `alibabacloud.actiontrail.${family}_event`,
    body: eventBody(context.body, parts.summary, event),
    attributes: attributes.values,
    accountId:
      scalarText(event['recipientAccountId']) ??
      scalarText(event['recipient']) ??
      scalarText(event['ResourceOwnerID']) ??
      context.accountId ??
      scalarText(identity['accountId']),
    region: scalarText(event['acsRegion']) ?? scalarText(event['ResourceRegionID']),
  }
}

interface Parts {
  readonly eventId: string
  readonly severityNumber: number
  readonly summary: string
}

/** By content, in this order (actiontrail.md 2.1). */
function familyOf(event: JsonObject): ActionTrailFamily {
  if (event['EventID'] !== undefined && event['eventId'] === undefined) return 'platform'
  if (event['eventType'] === 'ActionTrailInsight' || event['insightDetails'] !== undefined) return 'insight'
  return event['eventCategory'] === 'Data' ? 'data' : 'management'
}

// ------------------------------------------------------------------------------------ management, data and insight

function eventParts(event: JsonObject, family: ActionTrailFamily, attributes: Attributes): Parts {
  const rest = new Rest(event)
  const eventId = rest.text('eventId') ?? syntheticId(event)
  const eventName = rest.text('eventName')
  const eventType = rest.text('eventType')
  const eventSource = rest.text('eventSource')
  const serviceName = rest.text('serviceName')
  const region = rest.text('acsRegion')
  const category = rest.text('eventCategory') ?? (family === 'insight' ? undefined : 'Management')
  attributes.text('log.record.uid', eventId)
  attributes.text('alibabacloud.actiontrail.event_id', eventId)
  attributes.text('alibabacloud.actiontrail.event_version', rest.text('eventVersion'))
  attributes.text('alibabacloud.actiontrail.api_version', rest.text('apiVersion'))
  attributes.text('rpc.method', eventName)
  attributes.text('rpc.service', eventSource)
  attributes.text('rpc.system', eventType)
  attributes.text('rpc.system.name', eventType)
  attributes.text('alibabacloud.service.name', serviceName)
  attributes.text('alibabacloud.event.type', eventType)
  attributes.text('alibabacloud.event.category', category)
  if (family !== 'insight') attributes.set('alibabacloud.event.management', category === 'Management')

  const readWrite = rest.text('eventRW')
  if (readWrite === 'Read' || readWrite === 'Write') {
    attributes.set('alibabacloud.event.read_only', readWrite === 'Read')
  } else if (readWrite !== undefined) rest.keep('eventRW', readWrite)
  const isSensitive = sensitivityOf(rest)
  if (isSensitive) attributes.set('alibabacloud.event.sensitive', true)
  attributes.set('alibabacloud.event.global', rest.boolean('isGlobal'))
  attributes.text('alibabacloud.request_id', rest.text('requestId'))
  addSource(rest, attributes)
  attributes.text('user_agent.original', rest.text('userAgent'))
  const who = addIdentity(rest, attributes)

  const failure = family === 'insight' ? undefined : addOutcome(rest, attributes)
  const parameters = rest.take('requestParameters')
  const parameterText = rest.take('requestParameterJson')
  attributes.json('alibabacloud.request.parameters', parameters ?? parsedText(parameterText))
  attributes.json('alibabacloud.response.elements', rest.take('responseElements'))
  addResources(resourcesOf(rest), attributes)
  attributes.text('alibabacloud.vpc.id', rest.text('vpcId'))

  // The index of the Log Audit Service misspells the name; whether documents do, nobody could say.
  const additional = rest.take('additionalEventData') ?? rest.take('addionalEventData')
  if (isJsonObject(additional)) {
    attributes.set('alibabacloud.signin.mfa_used', booleanOf(additional['mfaChecked'] ?? additional['isMFAChecked']))
  }
  attributes.json('alibabacloud.actiontrail.additional_event_data', additional)
  attributes.text('alibabacloud.shared_event_id', rest.text('sharedEventId'))
  const insight = rest.take('insightDetails')
  attributes.json('alibabacloud.insight_details', insight)
  const anomaly = family === 'insight' ? addInsight(insight, attributes) : undefined

  // These three are the record's time and its resource.
  rest.text('eventTime')
  rest.text('recipientAccountId')
  rest.text('recipient')
  attributes.json('alibabacloud.actiontrail.extra', rest.remaining())

  const where = region === undefined ? '' : ` (${region})`
  if (anomaly !== undefined) {
    return { eventId, severityNumber: anomaly.severityNumber, summary: `${anomaly.summary}${where}` }
  }
  const what = [serviceName, eventName].filter((name) => name !== undefined).join('.')
  const outcome = failure === undefined ? '' : ` failed${failure === '' ? '' : `: ${failure}`}`
  return {
    eventId,
    severityNumber: severityOf(failure, attributes.values['error.type'], isSensitive, readWrite),
    summary: `${who === '' ? '' : `${who}: `}${what || 'event'}${outcome}${where}`,
  }
}

function severityOf(
  failure: string | undefined,
  errorType: AnyValue | undefined,
  isSensitive: boolean,
  readWrite: string | undefined,
): number {
  if (failure !== undefined) {
    const isInternal = internalFailures.some((code) => errorType === code || String(errorType).startsWith(`${code}.`))
    return isInternal ? severities.error : severities.warn
  }
  if (isSensitive) return severities.info3
  return readWrite === 'Write' ? severities.info2 : severities.info
}

/** `eventAttributes.SensitiveAction`; further attributes stay for the extras. */
function sensitivityOf(rest: Rest): boolean {
  const eventAttributes = rest.take('eventAttributes')
  if (!isJsonObject(eventAttributes)) {
    if (eventAttributes !== undefined) rest.keep('eventAttributes', eventAttributes)
    return false
  }
  const { SensitiveAction: sensitive, ...others } = eventAttributes
  if (Object.keys(others).length > 0) rest.keep('eventAttributes', others)
  return booleanOf(sensitive) === true
}

/** An address, the domain of a service that called on the user's behalf, or the word `Internal`. */
function addSource(rest: Rest, attributes: Attributes): void {
  const source = rest.text('sourceIpAddress')
  if (source === undefined) return
  if (source === 'Internal') attributes.set('alibabacloud.event.internal_source', true)
  else if (isIP(source) !== 0) addAddress(source, attributes)
  else if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(source)) attributes.text('source.address', source)
  else rest.keep('sourceIpAddress', source)
}

function addAddress(address: string, attributes: Attributes): void {
  attributes.text('client.address', address)
  attributes.text('source.address', address)
}

/** @returns who it was, for the summary; empty when nobody is named */
function addIdentity(rest: Rest, attributes: Attributes): string {
  const raw = rest.take('userIdentity')
  if (!isJsonObject(raw)) {
    if (raw !== undefined) rest.keep('userIdentity', raw)
    return ''
  }
  const identity = new Rest(raw)
  const type = identity.text('type')
  const principalId = identity.text('principalId')
  const userName = identity.text('userName')
  attributes.text('user.id', principalId)
  attributes.text('alibabacloud.user_identity.principal.id', principalId)
  attributes.text('user.name', userName)
  attributes.text('alibabacloud.user_identity.principal.type', type)
  attributes.text('alibabacloud.user_identity.account_id', identity.text('accountId'))
  const accessKeyId = identity.text('accessKeyId')
  if (accessKeyId !== 'NULL') attributes.text('alibabacloud.user_identity.access_key.id', accessKeyId)
  if (type === 'assumed-role') {
    const [roleId, idSession] = splitAtColon(principalId)
    const [roleName, nameSession] = splitAtColon(userName)
    attributes.text('alibabacloud.role.id', roleId)
    attributes.text('alibabacloud.role.name', roleName)
    attributes.text('alibabacloud.role.session_name', nameSession ?? idSession)
  }
  addSession(identity, attributes)
  const others = identity.remaining()
  if (others !== undefined) rest.keep('userIdentity', others)
  return [type, userName ?? principalId].filter((part) => part !== undefined).join(' ')
}

function addSession(identity: Rest, attributes: Attributes): void {
  const raw = identity.take('sessionContext')
  if (!isJsonObject(raw)) {
    if (raw !== undefined) identity.keep('sessionContext', raw)
    return
  }
  const session = new Rest(raw)
  // The documents of 2015 call it sessionAttributes.
  const name = raw['attributes'] === undefined ? 'sessionAttributes' : 'attributes'
  const inner = session.take(name)
  if (isJsonObject(inner)) {
    const facts = new Rest(inner)
    const prefix = 'alibabacloud.user_identity.session_context.attributes'
    attributes.set(`${prefix}.mfa_authenticated`, facts.boolean('mfaAuthenticated'))
    attributes.text(`${prefix}.creation_date`, facts.text('creationDate'))
    const others = facts.remaining()
    if (others !== undefined) session.keep(name, others)
  }
  const others = session.remaining()
  if (others !== undefined) identity.keep('sessionContext', others)
}

/**
 * Sign-ins that worked carry empty errors, or the message `success` (actiontrail.md 2.7).
 * @returns the code or the message of a failure; `undefined` for success
 */
function addOutcome(rest: Rest, attributes: Attributes): string | undefined {
  const code = rest.text('errorCode')
  const message = rest.text('errorMessage')
  const realCode = code !== undefined && !/^(null|success)$/i.test(code) ? code : undefined
  const realMessage = message !== undefined && !/^(null|success)$/i.test(message) ? message : undefined
  const hasFailed = realCode !== undefined || realMessage !== undefined
  attributes.text('alibabacloud.event.outcome', hasFailed ? 'failure' : 'success')
  if (!hasFailed) return undefined
  attributes.text('error.type', realCode ?? '_OTHER')
  attributes.text('alibabacloud.error.code', realCode)
  attributes.text('alibabacloud.error.message', realMessage)
  return realCode ?? realMessage
}

function addInsight(details: Json | undefined, attributes: Attributes): { severityNumber: number; summary: string } {
  const insight = isJsonObject(details) ? details : {}
  const state = scalarText(insight['state'])
  const type = scalarText(insight['insightType'])
  // The documents of 2021 have the address in a field of its own.
  const object = scalarText(insight['insightObject']) ?? scalarText(insight['sourceIpAddress'])
  attributes.text('alibabacloud.insight.state', state)
  attributes.text('alibabacloud.insight.type', type)
  attributes.text('alibabacloud.insight.object', object)
  if (type === 'IpInsight' && object !== undefined && isIP(object) !== 0) addAddress(object, attributes)
  if (type === 'AkInsight') attributes.text('alibabacloud.user_identity.access_key.id', object)
  const what = [type ?? 'Insight', state].filter((part) => part !== undefined).join(' ')
  return {
    severityNumber: state === 'End' ? severities.info : severities.warn,
    summary: object === undefined ? what : `${what}: ${object}`,
  }
}

interface NamedResource {
  readonly type: string | undefined
  readonly name: string
}

/** Three notations for one thing (actiontrail.md 2.6). The flat one counts only where neither of the others is there. */
function resourcesOf(rest: Rest): NamedResource[] {
  const referenced = rest.take('referencedResources')
  const types = rest.text('resourceType')
  const names = rest.text('resourceName')
  const listed = Array.isArray(referenced)
    ? referenced.flatMap((item) => {
        const name = isJsonObject(item) ? scalarText(item['resourceName']) : scalarText(item)
        return name === undefined
          ? []
          : [{ type: isJsonObject(item) ? scalarText(item['resourceType']) : undefined, name }]
      })
    : isJsonObject(referenced)
      ? Object.entries(referenced).flatMap(([type, list]) =>
          (Array.isArray(list) ? list : [list]).flatMap((item) => {
            const name = scalarText(item)
            return name === undefined ? [] : [{ type, name }]
          }),
        )
      : []
  if (listed.length > 0) return listed
  if (names === undefined) return types === undefined ? [] : types.split(';').map((type) => ({ type, name: '' }))
  const groups = names.split(';')
  const typeList = types === undefined ? [] : types.split(';')
  const isPaired = groups.length === typeList.length
  return groups.flatMap((group, index) =>
    group.split(',').flatMap((name) => (name === '' ? [] : [{ type: typeList[isPaired ? index : 0], name }])),
  )
}

function addResources(resources: readonly NamedResource[], attributes: Attributes): void {
  const list = resources.map(({ type, name }) => ({
    ...(type === undefined ? {} : { type }),
    ...(name === '' ? {} : { name }),
  }))
  if (list.length > 0) attributes.json('alibabacloud.resources', list)
  const [only] = resources
  if (resources.length === 1 && only !== undefined) attributes.text('cloud.resource_id', only.name)
}

// ---------------------------------------------------------------------------------------------------------- platform

/** What the vendor's staff did, in a document of its own (actiontrail.md 2.10). */
function platformParts(event: JsonObject, attributes: Attributes): Parts {
  const rest = new Rest(event)
  const eventId = rest.text('EventID') ?? syntheticId(event)
  const product = rest.text('EventProduct')
  const name = rest.text('EventName')
  const level = rest.text('EventLevel')
  const region = rest.text('ResourceRegionID')
  const resource = rest.text('ResourceID')
  attributes.text('log.record.uid', eventId)
  attributes.text('alibabacloud.actiontrail.event_id', eventId)
  attributes.text('alibabacloud.actiontrail.event_version', rest.text('EventVersion'))
  attributes.text('rpc.method', name)
  attributes.text('alibabacloud.service.name', product)
  attributes.text('alibabacloud.event.type', rest.text('EventType'))
  attributes.text('alibabacloud.actiontrail.platform.method', rest.text('EventMethod'))
  attributes.text('alibabacloud.actiontrail.platform.description', rest.text('EventDescription'))
  attributes.text('alibabacloud.actiontrail.platform.level', level)
  attributes.text('alibabacloud.actiontrail.platform.location', rest.text('EventLocation'))
  attributes.text('alibabacloud.actiontrail.platform.employee_id', rest.text('EmployeeID'))
  attributes.json('alibabacloud.actiontrail.platform.additional_detail', parsedText(rest.take('EventAdditionalDetail')))
  const type = rest.text('ResourceType')
  if (resource !== undefined || type !== undefined) addResources([{ type, name: resource ?? '' }], attributes)
  rest.text('EventTime')
  rest.text('ResourceOwnerID')
  attributes.json('alibabacloud.actiontrail.extra', rest.remaining())
  const what = [product, name].filter((part) => part !== undefined).join('.')
  return {
    eventId,
    severityNumber: level === 'WARNING' ? severities.warn : level === 'NOTICE' ? severities.info2 : severities.info,
    summary: `Alibaba Cloud staff: ${what || 'event'}${resource === undefined ? '' : ` on ${resource}`}${
      region === undefined ? '' : ` (${region})`
    }`,
  }
}

// ------------------------------------------------------------------------------------------------------------ values

/** The members of an object, taken one by one; what nobody took remains, so that nothing is lost. */
class Rest {
  private readonly members: Map<string, Json>

  constructor(object: JsonObject) {
    this.members = new Map(Object.entries(object))
  }

  take(name: string): Json | undefined {
    const value = this.members.get(name)
    this.members.delete(name)
    return value === null ? undefined : value
  }

  keep(name: string, value: Json): void {
    this.members.set(name, value)
  }

  /** Text, or what can be written as one; an object or list stays. `undefined` for an empty text. */
  text(name: string): string | undefined {
    const value = this.take(name)
    if (typeof value === 'object') this.keep(name, value)
    return scalarText(value)
  }

  boolean(name: string): boolean | undefined {
    const value = this.take(name)
    const result = booleanOf(value)
    if (result === undefined && value !== undefined && value !== '') this.keep(name, value)
    return result
  }

  remaining(): JsonObject | undefined {
    return this.members.size === 0 ? undefined : Object.fromEntries(this.members)
  }
}

function booleanOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : undefined
}

/** The JSON inside a text, or the text when it is none. */
function parsedText(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || value === '') return value
  try {
    return parseJson(value)
  } catch {
    return value
  }
}

function splitAtColon(text: string | undefined): [string | undefined, string | undefined] {
  if (text === undefined) return [undefined, undefined]
  const at = text.indexOf(':')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** Whole seconds in every event seen, but a fraction would be read. */
function unixNanoOf(value: Json | undefined): bigint | undefined {
  if (typeof value !== 'string') return undefined
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:\d\d)$/.exec(value)
  if (match === null) return undefined
  const milliseconds = Date.parse(`${match[1]}${match[3]}`)
  if (!Number.isFinite(milliseconds) || milliseconds < 0) return undefined
  return BigInt(milliseconds) * NANOS_PER_MS + BigInt((match[2] ?? '').padEnd(9, '0'))
}

/** The same for the same content, however its members are ordered. */
function syntheticId(event: JsonObject): string {
  return createHash('sha256').update(formatJson(event, true)).digest('hex').slice(0, 32)
}
