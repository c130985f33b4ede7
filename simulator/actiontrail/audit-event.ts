import { isJsonObject, type Json, type JsonObject, parseJson } from '../../src/lossless-json.ts'
import { parseIsoSeconds } from '../rpc/call.ts'

/** Which call, or which trail, an event is for (actiontrail.md 2.1). */
export type EventFamily = 'management' | 'data' | 'insight' | 'platform'

/** An event as it is kept. */
export interface AuditEvent {
  /** Empty where the document has none. */
  readonly id: string
  readonly timeMs: number
  readonly visibleFromMs: number
  /** Grows with every event issued; settles the order within a second. */
  readonly sequence: number
  /** The document, character for character as it was issued. */
  readonly text: string
}

/** The services without a region; their events are kept in one region of the account (actiontrail.md 1.2). */
const globalServices = new Set(['AasCustomer', 'AasSub', 'Cdn', 'Cen', 'Ims', 'Ram', 'ResourceManager'])

/**
 * Parses the text of a document.
 * @throws {RangeError} when it is no JSON object
 */
export function parseDocument(text: string): JsonObject {
  let document: Json
  try {
    document = parseJson(text)
  } catch (cause) {
    throw new RangeError(`An event must be a JSON object, this is no JSON: ${text.slice(0, 100)}`, { cause })
  }
  if (!isJsonObject(document)) throw new RangeError(`An event must be a JSON object: ${text.slice(0, 100)}`)
  return document
}

export function familyOf(document: JsonObject): EventFamily {
  if ('EventID' in document && !('eventId' in document)) return 'platform'
  if (document['eventType'] === 'ActionTrailInsight' || 'insightDetails' in document) return 'insight'
  return document['eventCategory'] === 'Data' ? 'data' : 'management'
}

export function isGlobal(document: JsonObject): boolean {
  const { isGlobal: told, serviceName } = document
  return typeof told === 'boolean' ? told : globalServices.has(String(serviceName))
}

export function eventIdOf(document: JsonObject): string {
  return textOf(document['eventId'] ?? document['EventID'])
}

/** Milliseconds since the epoch; `undefined` when the document tells no time that can be read. */
export function eventTimeOf(document: JsonObject): number | undefined {
  return parseIsoSeconds(textOf(document['eventTime'] ?? document['EventTime']))
}

/** What a filter compares: the values that a document has under a filter's key (actiontrail.md 1.5, 1.6). */
export const filterValues = {
  ServiceName: (document) => [textOf(document['serviceName'])],
  EventName: (document) => [textOf(document['eventName'])],
  User: (document) => [identityOf(document, 'userName')],
  EventId: (document) => [eventIdOf(document)],
  ResourceType: (document) => resourcesOf(document).map(({ type }) => type),
  ResourceName: (document) => resourcesOf(document).map(({ name }) => name),
  EventRW: (document) => [textOf(document['eventRW'])],
  EventAccessKeyId: (document) => [identityOf(document, 'accessKeyId')],
  SensitiveAction: (document) => [fieldOf(document['eventAttributes'], 'SensitiveAction')],
  SourceIpAddress: (document) => [textOf(document['sourceIpAddress'])],
  EventType: (document) => [textOf(document['eventType'])],
  RoleName: (document) =>
    identityOf(document, 'type') === 'assumed-role' ? [identityOf(document, 'userName').split(':')[0] ?? ''] : [],
} as const satisfies Readonly<Record<string, (document: JsonObject) => readonly string[]>>

export const insightFilterValues = {
  ServiceName: filterValues.ServiceName,
  EventName: filterValues.EventName,
  EventId: filterValues.EventId,
  SourceIpAddress: (document) => [fieldOf(document['insightDetails'], 'sourceIpAddress')],
  InsightType: (document) => [fieldOf(document['insightDetails'], 'insightType')],
  InsightObject: (document) => [fieldOf(document['insightDetails'], 'insightObject')],
  AccessKeyId: (document) => {
    const isOfKey = fieldOf(document['insightDetails'], 'insightType') === 'AkInsight'
    return isOfKey ? [fieldOf(document['insightDetails'], 'insightObject')] : []
  },
} as const satisfies Readonly<Record<string, (document: JsonObject) => readonly string[]>>

export interface EventResource {
  readonly type: string
  readonly name: string
}

/** The resources in whichever of the three notations they stand (actiontrail.md 2.6). */
export function resourcesOf(document: JsonObject): EventResource[] {
  const referenced = document['referencedResources']
  if (Array.isArray(referenced)) {
    return referenced.map((each) => ({ type: fieldOf(each, 'resourceType'), name: fieldOf(each, 'resourceName') }))
  }
  if (isJsonObject(referenced)) {
    return Object.entries(referenced).flatMap(([type, names]) =>
      Array.isArray(names) ? names.map((name) => ({ type, name: textOf(name) })) : [],
    )
  }
  const types = textOf(document['resourceType']).split(';')
  const groups = textOf(document['resourceName']).split(';')
  return types.flatMap((type, index) =>
    type === '' ? [] : (groups[index] ?? '').split(',').map((name) => ({ type, name })),
  )
}

export function identityOf(document: JsonObject, field: string): string {
  return fieldOf(document['userIdentity'], field)
}

function fieldOf(value: Json | undefined, field: string): string {
  return isJsonObject(value) ? textOf(value[field]) : ''
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
