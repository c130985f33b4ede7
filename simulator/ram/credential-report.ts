import type { KeyUsage } from '../actiontrail/key-usage.ts'
import { isoSeconds } from '../rpc/call.ts'
import type { User, UserDirectory, UserKey } from './directory.ts'

/** The root may have five keys, a RAM user two; a report has columns for all of them. */
const KEY_COLUMNS = [
  'access_key_1',
  'access_key_2',
  'additional_access_key_1',
  'additional_access_key_2',
  'additional_access_key_3',
] as const

const KEY_FIELDS = ['exist', 'active', 'last_rotated', 'last_used'] as const

export const reportHeader = [
  'user',
  'user_creation_time',
  'user_last_logon',
  'password_exist',
  'password_active',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...KEY_COLUMNS.flatMap((column) => KEY_FIELDS.map((field) => `${column}_${field}`)),
].join(',')

/** One line of CSV for each user, root first, without the header (actiontrail.md 5.2). */
export function reportLines(users: UserDirectory, usage: KeyUsage, nowMs: number): string[] {
  return users.users().map((user) => {
    const name = user.name === 'root' ? '<root>' : users.principalNameOf(user)
    const keys = KEY_COLUMNS.flatMap((_, index) => keyFields(users, usage, user.keys[index], nowMs))
    return [name, isoSeconds(user.createdAtMs), ...passwordFields(user), ...keys].join(',')
  })
}

function passwordFields({ name, hasPassword, hasMfa, createdAtMs, lastSignInAtMs }: User): string[] {
  const lastLogon = lastSignInAtMs === undefined ? '-' : isoSeconds(lastSignInAtMs)
  if (!hasPassword) return ['-', 'FALSE', 'N/A', 'N/A', 'N/A', upper(hasMfa)]
  // Of the root's password the report tells only that there is one.
  const [isActive, changed] = name === 'root' ? ['N/A', 'N/A'] : ['TRUE', isoSeconds(createdAtMs)]
  return [lastLogon, 'TRUE', isActive, changed, '-', upper(hasMfa)]
}

function keyFields(users: UserDirectory, usage: KeyUsage, key: UserKey | undefined, nowMs: number): string[] {
  if (key === undefined) return ['FALSE', 'N/A', 'N/A', 'N/A']
  const use = usage.lastUseOf(key.id, nowMs)
  const lastUsed = use === undefined ? '-' : isoSeconds(use.timeMs)
  return ['TRUE', upper(users.isActive(key.id)), isoSeconds(key.createdAtMs), lastUsed]
}

const upper = (value: boolean) => (value ? 'TRUE' : 'FALSE')
