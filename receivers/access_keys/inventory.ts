import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import type { Clock } from '../../src/clock.ts'
import { formatDuration } from '../../src/config/duration.ts'
import { isJsonObject, type Json, type JsonObject, scalarText } from '../../src/lossless-json.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { type AccountKey, parseCredentialReport, timeOf, userNameOf } from './credential-report.ts'

/** Calls of RAM and IMS about users and their keys (actiontrail.md 5.2). */
export interface InventoryDeps {
  readonly ims: Pick<RpcClient, 'call'>
  readonly ram: Pick<RpcClient, 'call'>
  readonly clock: Clock
  readonly log: Log
}

const imsVersion = '2019-08-15'
const ramVersion = '2015-05-01'
const REPORT_POLL_MS = 2_000
/** A report of some thousand users takes seconds. */
const REPORT_WAIT_MS = 10 * 60 * 1000
const maxPages = 10_000
const pageItems = '100'

/** A key as a list of one user's keys has it. */
interface ListedKey {
  readonly id: string
  readonly isActive: boolean
  readonly createdAtMs: number | undefined
}

/**
 * The keys of the account. The report holds all of them, the root account's too, in a few calls, but no ids: those are
 * listed for the users that have keys. Where the report cannot be had, users and their keys are listed one by one, without
 * the root account's.
 *
 * @throws {RpcError} when neither can be had
 */
export async function readInventory(
  from: 'credential_report' | 'list',
  deps: InventoryDeps,
  signal: AbortSignal,
): Promise<AccountKey[]> {
  if (from === 'list') return listAllKeys(deps, signal)
  let reported: AccountKey[]
  try {
    reported = await readReport(deps, signal)
  } catch (error) {
    if (!isRefusal(error)) throw error
    deps.log.warn('The credential report is refused; keys are listed user by user, without those of the root account', {
      err: error,
    })
    return listAllKeys(deps, signal)
  }
  const users = Map.groupBy(reported, ({ principalName }) => principalName)
  const keys: AccountKey[] = []
  let mayList = true
  for (const [principalName, ofUser] of users) {
    const isRoot = ofUser.some((key) => key.isRoot)
    try {
      if (isRoot || !mayList) keys.push(...ofUser)
      else keys.push(...(await withIds(principalName, ofUser, deps, signal)))
    } catch (error) {
      if (!isRefusal(error)) throw error
      // Without the right to list, the report is what there is; a user may also be gone since it was made.
      mayList = error.kind !== 'permission'
      keys.push(...ofUser)
      deps.log.warn('The keys of a user are refused; they are known without their ids', { err: error })
    }
  }
  return keys
}

const isRefusal = (error: unknown): error is RpcError =>
  error instanceof RpcError && (error.kind === 'permission' || error.kind === 'refused')

// -------------------------------------------------------------------------------------------------------- the report

async function readReport({ ims, clock }: InventoryDeps, signal: AbortSignal): Promise<AccountKey[]> {
  const giveUpAtMs = clock.now() + REPORT_WAIT_MS
  for (;;) {
    const { body } = await ims.call({ action: 'GenerateCredentialReport', version: imsVersion }, signal)
    if (scalarText(body['State'])?.toUpperCase() === 'COMPLETED') break
    if (clock.now() >= giveUpAtMs) {
      throw new RpcError('bad_response', `The credential report was not made within ${formatDuration(REPORT_WAIT_MS)}`)
    }
    await clock.sleep(REPORT_POLL_MS, signal)
  }
  const pages: string[] = []
  let nextToken: string | undefined
  do {
    const query = nextToken === undefined ? {} : { NextToken: nextToken }
    const { body } = await ims.call({ action: 'GetCredentialReport', version: imsVersion, query }, signal)
    pages.push(Buffer.from(scalarText(body['Content']) ?? '', 'base64').toString('utf8'))
    nextToken = followingToken(body, 'NextToken', nextToken)
  } while (nextToken !== undefined && pages.length < maxPages)
  return parseCredentialReport(pages)
}

/** The ids of the listed keys, with what the report says of their use. */
async function withIds(
  principalName: string,
  reported: readonly AccountKey[],
  deps: InventoryDeps,
  signal: AbortSignal,
): Promise<AccountKey[]> {
  const listed = await listKeys(principalName, deps, signal)
  const rest = reported.toSorted((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0))
  const isSameCount = rest.length === listed.length
  const keys: AccountKey[] = []
  for (const [index, key] of sorted(listed).entries()) {
    // A report is up to four hours old, so there may be keys that it does not know, and some that are gone.
    const match = isSameCount ? rest[index] : rest.find((each) => isSameSecond(each.createdAtMs, key.createdAtMs))
    const { id, isActive, createdAtMs } = key
    if (match === undefined) keys.push(await withLastUse(principalName, key, index, deps, signal))
    else keys.push({ ...match, id, isActive, createdAtMs: createdAtMs ?? match.createdAtMs })
  }
  return keys
}

const sorted = (keys: readonly ListedKey[]) => keys.toSorted((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0))

const isSameSecond = (a: number | undefined, b: number | undefined) =>
  a !== undefined && b !== undefined && Math.floor(a / 1000) === Math.floor(b / 1000)

// --------------------------------------------------------------------------------------------------------- the lists

async function listAllKeys(deps: InventoryDeps, signal: AbortSignal): Promise<AccountKey[]> {
  const keys: AccountKey[] = []
  for (const principalName of await listUsers(deps, signal)) {
    const listed = sorted(await listKeys(principalName, deps, signal))
    for (const [index, key] of listed.entries()) keys.push(await withLastUse(principalName, key, index, deps, signal))
  }
  return keys
}

async function listUsers({ ims }: InventoryDeps, signal: AbortSignal): Promise<string[]> {
  const users: string[] = []
  let marker: string | undefined
  for (let page = 0; page < maxPages; page++) {
    const query = { MaxItems: pageItems, ...(marker === undefined ? {} : { Marker: marker }) }
    const { body } = await ims.call(
      { action: 'ListUsers', version: imsVersion, query, ramAction: 'ram:ListUsers' },
      signal,
    )
    for (const user of itemsOf(body['Users'], 'User')) {
      const name = scalarText(user['UserPrincipalName']) ?? scalarText(user['UserName'])
      if (name !== undefined) users.push(name)
    }
    marker = followingToken(body, 'Marker', marker)
    if (marker === undefined) break
  }
  return users
}

async function listKeys(principalName: string, deps: InventoryDeps, signal: AbortSignal): Promise<ListedKey[]> {
  const { body } = await callAbout(principalName, 'ListAccessKeys', {}, deps, signal)
  return itemsOf(body['AccessKeys'], 'AccessKey').flatMap((key) => {
    const id = scalarText(key['AccessKeyId'])
    if (id === undefined) return []
    return { id, isActive: scalarText(key['Status']) === 'Active', createdAtMs: timeOf(scalarText(key['CreateDate'])) }
  })
}

async function withLastUse(
  principalName: string,
  { id, isActive, createdAtMs }: ListedKey,
  index: number,
  deps: InventoryDeps,
  signal: AbortSignal,
): Promise<AccountKey> {
  const { body } = await callAbout(principalName, 'GetAccessKeyLastUsed', { UserAccessKeyId: id }, deps, signal)
  const use = isJsonObject(body['AccessKeyLastUsed']) ? body['AccessKeyLastUsed'] : {}
  const lastUsedAtMs = timeOf(scalarText(use['LastUsedDate']))
  const names = { userName: userNameOf(principalName), principalName, isRoot: false, place: String(index + 1) }
  return { ...names, id, isActive, createdAtMs, lastUsedAtMs }
}

/** IMS knows users by their principal name, RAM by their plain one. */
function callAbout(
  principalName: string,
  action: string,
  query: Readonly<Record<string, string>>,
  { ims, ram }: InventoryDeps,
  signal: AbortSignal,
) {
  const ramAction = `ram:${action}`
  return principalName.includes('@')
    ? ims.call(
        { action, version: imsVersion, query: { UserPrincipalName: principalName, ...query }, ramAction },
        signal,
      )
    : ram.call({ action, version: ramVersion, query: { UserName: principalName, ...query }, ramAction }, signal)
}

// ----------------------------------------------------------------------------------------------------------- answers

/** `{ "AccessKeys": { "AccessKey": [...] } }`, or the list itself. */
export function itemsOf(value: Json | undefined, name: string): JsonObject[] {
  const list = isJsonObject(value) ? value[name] : value
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

/** The token of the next page; none on the last one, and none when a server repeats itself. */
export function followingToken(body: JsonObject, name: string, current: string | undefined): string | undefined {
  const isTruncated = body['IsTruncated']
  if (isTruncated === false || isTruncated === 'false') return undefined
  const token = scalarText(body[name])
  return token === current ? undefined : token
}
