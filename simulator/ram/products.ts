import type { JsonObject } from '../../src/lossless-json.ts'
import type { KeyUsage } from '../actiontrail/key-usage.ts'
import { isoSeconds, numberParameter, type RpcCall, type RpcProduct, requiredParameter } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import { reportHeader, reportLines } from './credential-report.ts'
import type { User, UserDirectory, UserKey } from './directory.ts'

const REPORT_VALID_MS = 4 * 3_600_000

/** May be changed while running. */
export interface RamBehaviour {
  /** How long a credential report is in the making; the first answer is `STARTED` even when it is 0. */
  reportSeconds: number
}

export const defaultRamBehaviour: RamBehaviour = { reportSeconds: 0 }

export interface RamContext {
  readonly usersOf: (accountId: string) => UserDirectory
  readonly usage: KeyUsage
  readonly behaviour: RamBehaviour
}

interface CredentialReport {
  readonly startedAtMs: number
  readonly readyAtMs: number
  readonly lines: readonly string[]
}

/** RAM 2015-05-01: users by their names (actiontrail.md 5.2). */
export function createRam(context: RamContext): RpcProduct {
  return {
    service: 'ram',
    version: '2015-05-01',
    actions: {
      ListUsers: (call) =>
        listUsers(context, call, (user) => ({
          UserId: user.id,
          UserName: user.name,
          DisplayName: user.displayName,
          CreateDate: isoSeconds(user.createdAtMs),
          UpdateDate: isoSeconds(user.createdAtMs),
        })),
      ListAccessKeys: (call) => listAccessKeys(context, call, findByName(context, call), describeKey),
      GetAccessKeyLastUsed(call) {
        const use = lastUseOf(context, call, findByName(context, call))
        return { AccessKeyLastUsed: { LastUsedDate: use === undefined ? '' : isoSeconds(use.timeMs) } }
      },
    },
  }
}

/** IMS 2019-08-15: users by their principal names, and the credential report (actiontrail.md 5.2). */
export function createIms(context: RamContext): RpcProduct {
  const reports = new Map<string, CredentialReport>()
  return {
    service: 'ims',
    version: '2019-08-15',
    actions: {
      ListUsers: (call) =>
        listUsers(context, call, (user, users) => ({
          UserId: user.id,
          UserPrincipalName: users.principalNameOf(user),
          DisplayName: user.displayName,
          CreateDate: isoSeconds(user.createdAtMs),
          UpdateDate: isoSeconds(user.createdAtMs),
          ...(user.lastSignInAtMs === undefined ? {} : { LastLoginDate: isoSeconds(user.lastSignInAtMs) }),
        })),
      ListAccessKeys: (call) =>
        listAccessKeys(context, call, findByPrincipalName(context, call), (key, isActive) => ({
          ...describeKey(key, isActive),
          UpdateDate: isoSeconds(key.createdAtMs),
        })),
      GetAccessKeyLastUsed(call) {
        const use = lastUseOf(context, call, findByPrincipalName(context, call))
        return {
          AccessKeyLastUsed:
            use === undefined
              ? { LastUsedDate: '' }
              : { LastUsedDate: isoSeconds(use.timeMs), ServiceName: use.serviceName },
        }
      },
      GenerateCredentialReport({ accountId, nowMs }) {
        const known = reports.get(accountId)
        if (known !== undefined && nowMs - known.startedAtMs < REPORT_VALID_MS) {
          return { State: nowMs >= known.readyAtMs ? 'COMPLETED' : 'INPROGRESS' }
        }
        const { usersOf, usage, behaviour } = context
        reports.set(accountId, {
          startedAtMs: nowMs,
          readyAtMs: nowMs + behaviour.reportSeconds * 1000,
          lines: reportLines(usersOf(accountId), usage, nowMs),
        })
        return { State: 'STARTED' }
      },
      GetCredentialReport: (call) => reportPage(call, reports.get(call.accountId)),
    },
  }
}

/** Of each page the CSV is whole: with a header line. The reference leaves open whether only the first one has it. */
function reportPage(call: RpcCall, report: CredentialReport | undefined) {
  if (report === undefined || call.nowMs < report.readyAtMs) {
    throw new RpcFault('EntityNotExist.CredentialReport', 'The credential report does not exist.', 404)
  }
  const { items, next } = pageOf(call, 'NextToken', report.lines, 1000)
  return {
    Content: Buffer.from([reportHeader, ...items, ''].join('\n')).toString('base64'),
    GeneratedTime: isoSeconds(report.readyAtMs),
    IsTruncated: next !== undefined ? 'true' : 'false',
    NextToken: next,
  }
}

function listUsers({ usersOf }: RamContext, call: RpcCall, describe: (user: User, users: UserDirectory) => JsonObject) {
  const users = usersOf(call.accountId)
  const ramUsers = users.users().filter(({ name }) => name !== 'root')
  const { items, next } = pageOf(call, 'Marker', ramUsers, 100)
  return {
    IsTruncated: next !== undefined,
    Marker: next,
    Users: { User: items.map((user) => describe(user, users)) },
  }
}

function listAccessKeys(
  { usersOf }: RamContext,
  call: RpcCall,
  user: User,
  describe: (key: UserKey, isActive: boolean) => JsonObject,
) {
  const users = usersOf(call.accountId)
  return { AccessKeys: { AccessKey: user.keys.map((key) => describe(key, users.isActive(key.id))) } }
}

function describeKey({ id, createdAtMs }: UserKey, isActive: boolean): JsonObject {
  return { AccessKeyId: id, Status: isActive ? 'Active' : 'Inactive', CreateDate: isoSeconds(createdAtMs) }
}

/** @throws {RpcFault} EntityNotExist.User.AccessKey */
function lastUseOf({ usage }: RamContext, call: RpcCall, user: User) {
  const keyId = requiredParameter(call, 'UserAccessKeyId')
  if (!user.keys.some(({ id }) => id === keyId)) {
    throw new RpcFault('EntityNotExist.User.AccessKey', `The access key ${keyId} does not exist.`, 404)
  }
  return usage.lastUseOf(keyId, call.nowMs)
}

/** The user of that name, without one the caller. @throws {RpcFault} EntityNotExist.User */
function findByName(context: RamContext, call: RpcCall): User {
  return findUser(context, call, call.parameters.get('UserName') ?? '', ({ name }) => name)
}

/** @throws {RpcFault} EntityNotExist.User */
function findByPrincipalName(context: RamContext, call: RpcCall): User {
  const users = context.usersOf(call.accountId)
  const wanted = call.parameters.get('UserPrincipalName') ?? ''
  return findUser(context, call, wanted, (user) => users.principalNameOf(user))
}

function findUser({ usersOf }: RamContext, call: RpcCall, wanted: string, nameOf: (user: User) => string): User {
  const users = usersOf(call.accountId)
  const user =
    wanted === ''
      ? users.ownerOf(call.accessKeyId)
      : users.users().find((each) => each.name !== 'root' && nameOf(each) === wanted)
  if (user === undefined) throw new RpcFault('EntityNotExist.User', 'The user does not exist.', 404)
  return user
}

/** `MaxItems` of a list from the place that the token tells. @throws {RpcFault} InvalidParameter.MaxItems, …Marker, …NextToken */
function pageOf<Item>(
  call: RpcCall,
  tokenName: 'Marker' | 'NextToken',
  list: readonly Item[],
  byDefault: number,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const range = { low: 1, high: 1000, byDefault, code: 'InvalidParameter.MaxItems' }
  const end = (start: number) => start + numberParameter(call, 'MaxItems', range)
  const sent = call.parameters.get(tokenName) ?? ''
  const start = sent === '' ? '0' : Buffer.from(sent, 'base64').toString('utf8')
  if (!/^\d{1,9}$/.test(start)) throw new RpcFault(`InvalidParameter.${tokenName}`, `${tokenName} is invalid.`)
  const next = end(Number(start))
  return {
    items: list.slice(Number(start), next),
    next: next < list.length ? Buffer.from(next.toString()).toString('base64') : undefined,
  }
}
