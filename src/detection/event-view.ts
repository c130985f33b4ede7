import { isIP } from 'node:net'
import type { ActionTrailRecord } from '../alibaba/actiontrail/event.ts'
import { isJsonObject, type Json, type JsonObject, parseJson } from '../lossless-json.ts'
import { NANOS_PER_MS } from '../nanoseconds.ts'

/** What rules ask of an event and what no single field of the document tells. Absent where the event does not say. */
export interface EventFacts {
  /** The call or sign-in did not work (actiontrail.md 2.7). */
  readonly failed: boolean
  /** It was refused for want of a right, or because the key or signature does not hold. */
  readonly denied: boolean
  /** The account itself acted, not one of its users or roles. */
  readonly root: boolean
  /** Whether a second factor was used, where the event tells. */
  readonly mfa?: boolean
  /** ActionTrail marks the call as one of high risk. */
  readonly sensitive: boolean
  readonly read_only?: boolean
  /** The key is a permanent one, not the temporary one of a session. */
  readonly permanent_key: boolean
  /** The key is on the watch list. */
  readonly watched: boolean
  readonly access_key_id?: string
  /** The name of whoever acted, else the id. */
  readonly user?: string
  readonly account_id?: string
  /** Where the call came from, if that is an IP address: services and the console's own calls have none. */
  readonly source_address?: string
  readonly error_code?: string
  /** `management`, `data`, `insight` or `platform`. */
  readonly family: string
}

/** Every fact, with what it tells; what conditions may name after `fact.`. */
export const factDescriptions: Readonly<Record<keyof EventFacts, string>> = {
  failed: 'the call or sign-in did not work',
  denied: 'refused for want of a right, or because the key or its signature does not hold',
  root: 'the account itself acted, not a user or a role',
  mfa: 'whether a second factor was used; absent where the event does not tell',
  sensitive: 'ActionTrail marks the call as one of high risk',
  read_only: 'the call only reads; absent where the event does not tell',
  permanent_key: 'called with a permanent AccessKey, not with the temporary key of a session',
  watched: 'the AccessKey is on the watch list',
  access_key_id: 'the AccessKey that signed the call',
  user: 'the name of whoever acted, else the id',
  account_id: 'the account that the event belongs to',
  source_address: 'where the call came from, if that is an IP address',
  error_code: 'the code of the failure',
  family: '`management`, `data`, `insight` or `platform`',
}

/** An event as the conditions of rules see it. */
export interface EventView {
  readonly eventId: string
  readonly timeUnixMs: number
  readonly facts: EventFacts
  readonly record: ActionTrailRecord
  /** The members of the document that conditions may name, in the places where they are looked for. */
  readonly document: JsonObject
  /** What was found at paths that were asked for: rules ask for the same ones again and again. */
  readonly found: Map<string, readonly Scalar[]>
}

/** @param watched the AccessKeys on the watch list */
export function createEventView(
  event: JsonObject,
  record: ActionTrailRecord,
  watched: ReadonlySet<string> = new Set(),
): EventView {
  return {
    eventId: record.eventId,
    timeUnixMs: Number(record.timeUnixNano / NANOS_PER_MS),
    facts: factsOf(record, watched),
    record,
    document: withOneSpelling(event),
    found: new Map(),
  }
}

function factsOf(record: ActionTrailRecord, watched: ReadonlySet<string>): EventFacts {
  const { attributes, accountId, family } = record
  const text = (name: string): string | undefined => {
    const value = attributes[name]
    return typeof value === 'string' ? value : undefined
  }
  const truth = (name: string): boolean | undefined => {
    const value = attributes[name]
    return typeof value === 'boolean' ? value : undefined
  }
  const accessKeyId = text('alibabacloud.user_identity.access_key.id')
  const user = text('user.name') ?? text('user.id')
  const errorCode = text('alibabacloud.error.code')
  const address = text('client.address')
  const readOnly = truth('alibabacloud.event.read_only')
  const mfa =
    truth('alibabacloud.signin.mfa_used') ??
    truth('alibabacloud.user_identity.session_context.attributes.mfa_authenticated')
  return {
    failed: text('alibabacloud.event.outcome') === 'failure',
    denied: errorCode !== undefined && isDenial(errorCode),
    root: text('alibabacloud.user_identity.principal.type') === 'root-account',
    ...(mfa === undefined ? {} : { mfa }),
    sensitive: truth('alibabacloud.event.sensitive') === true,
    ...(readOnly === undefined ? {} : { read_only: readOnly }),
    permanent_key: accessKeyId !== undefined && !isTemporaryKey(accessKeyId),
    watched: accessKeyId !== undefined && watched.has(accessKeyId),
    ...(accessKeyId === undefined ? {} : { access_key_id: accessKeyId }),
    ...(user === undefined ? {} : { user }),
    ...(accountId === undefined ? {} : { account_id: accountId }),
    ...(address === undefined || isIP(address) === 0 ? {} : { source_address: address }),
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
    family,
  }
}

/** The beginnings of codes that tell of a denial (actiontrail.md 2.7); the misspelling was seen in the vendor's rules. */
const denials = [
  'Forbidden',
  'Forbbiden',
  'NoPermission',
  'AccessDenied',
  'AccessForbidden',
  'NotAuthorized',
  'InvalidAccessKeyId',
  'InvalidSecurityToken',
  'SignatureDoesNotMatch',
  'InvalidAuthorization',
]

const isDenial = (code: string) => denials.some((beginning) => code.startsWith(beginning))

/** Keys of sessions (`STS.…`) live for hours: nobody watches or counts one. */
export const isTemporaryKey = (accessKeyId: string) => accessKeyId.startsWith('STS.')

/** What has two spellings or places in documents has one here (actiontrail.md 2.2, 3.4). */
function withOneSpelling(event: JsonObject): JsonObject {
  const { requestParameters, requestParameterJson, additionalEventData, addionalEventData } = event
  const members: JsonObject = { ...event }
  if (requestParameters === undefined && typeof requestParameterJson === 'string') {
    const parsed = parsedObject(requestParameterJson)
    if (parsed !== undefined) members['requestParameters'] = parsed
  }
  if (additionalEventData === undefined && addionalEventData !== undefined) {
    members['additionalEventData'] = addionalEventData
  }
  return members
}

function parsedObject(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

export type Scalar = string | number | bigint | boolean

/**
 * The values at a dotted path, empty texts and nulls left out. A list stands for each of its members, `*` for any one
 * member. Keys that hold dots themselves (`Permissions.1.SourceCidrIp`, the flat form of SDKs) are found as well as
 * nested objects and lists.
 */
export function valuesAt(view: EventView, path: string): readonly Scalar[] {
  let values = view.found.get(path)
  if (values === undefined) {
    values = findValues(view, path.split('.'))
    view.found.set(path, values)
  }
  return values
}

function findValues(view: EventView, path: readonly string[]): Scalar[] {
  const [first, second] = path
  if (first === 'fact' && second !== undefined) {
    const value = view.facts[second as keyof EventFacts]
    return value === undefined ? [] : [value]
  }
  const found: Scalar[] = []
  collect(view.document, path, 0, found, 0)
  return found
}

/** Deeper than any event; a document may come from anywhere. */
const maxDepth = 50

function collect(value: Json | undefined, path: readonly string[], at: number, found: Scalar[], depth: number): void {
  if (value === undefined || value === null || depth > maxDepth) return
  if (Array.isArray(value)) {
    for (const item of value) {
      collect(item, path, at, found, depth + 1)
      if (path[at] === '*') collect(item, path, at + 1, found, depth + 1)
    }
  } else if (isJsonObject(value)) {
    if (at === path.length) return
    for (const [key, item] of Object.entries(value)) {
      const taken = stepsTaken(key, path, at)
      if (taken > 0) collect(item, path, at + taken, found, depth + 1)
    }
  } else if (at === path.length && value !== '') found.push(value)
}

/** How many steps of the path a key stands for; 0 when it is not on the path. */
function stepsTaken(key: string, path: readonly string[], at: number): number {
  if (!key.includes('.')) return path[at] === key || path[at] === '*' ? 1 : 0
  const parts = key.split('.')
  if (at + parts.length > path.length) return 0
  return parts.every((part, index) => path[at + index] === part || path[at + index] === '*') ? parts.length : 0
}
