import type { Accounts } from '../accounts.ts'
import type { Caller, Person } from '../actiontrail/documents.ts'
import type { UserKeySpec, UserSpec } from './user-spec.ts'

const DAY_MS = 86_400_000

export interface UserKey {
  readonly id: string
  readonly createdAtMs: number
  readonly addresses: readonly string[]
}

/** The account itself (`root`) or one of its RAM users. */
export interface User {
  readonly name: string
  readonly id: string
  readonly displayName: string
  readonly createdAtMs: number
  readonly hasPassword: boolean
  readonly hasMfa: boolean
  readonly lastSignInAtMs: number | undefined
  readonly keys: readonly UserKey[]
}

/** The users of one account and their keys. Whether a key is active, the accounts know. */
export class UserDirectory {
  readonly accountId: string
  readonly #accounts: Accounts
  readonly #now: () => number
  readonly #users = new Map<string, User>()

  constructor(accountId: string, accounts: Accounts, now: () => number, users: readonly UserSpec[]) {
    this.accountId = accountId
    this.#accounts = accounts
    this.#now = now
    for (const user of users) this.add(user)
  }

  /** Adds a user, or replaces the one of the same name. */
  add(spec: UserSpec): void {
    const nowMs = this.#now()
    const { name, id, displayName = name, createdDaysAgo, hasPassword = false, hasMfa = false } = spec
    this.#users.set(name, {
      name,
      id,
      displayName,
      createdAtMs: nowMs - createdDaysAgo * DAY_MS,
      hasPassword,
      hasMfa,
      lastSignInAtMs: spec.lastSignInDaysAgo === undefined ? undefined : nowMs - spec.lastSignInDaysAgo * DAY_MS,
      keys: [],
    })
    for (const key of spec.keys) this.addKey(name, key)
  }

  /** @throws {RangeError} when there is no such user */
  addKey(userName: string, spec: UserKeySpec): void {
    const user = this.#users.get(userName)
    if (user === undefined) throw new RangeError(`There is no user ${userName}`)
    const { id, createdDaysAgo, addresses = [], secret, inactive = false } = spec
    const key: UserKey = { id, createdAtMs: this.#now() - createdDaysAgo * DAY_MS, addresses }
    this.#users.set(userName, { ...user, keys: [...user.keys.filter((other) => other.id !== id), key] })
    if (secret !== undefined) this.#accounts.add({ id, secret, accountId: this.accountId })
    if (inactive) this.#accounts.disable(id)
  }

  removeKey(id: string): void {
    for (const user of this.#users.values()) {
      this.#users.set(user.name, { ...user, keys: user.keys.filter((key) => key.id !== id) })
    }
  }

  remove(userName: string): void {
    this.#users.delete(userName)
  }

  /** `root` first, then by name. */
  users(): User[] {
    const byName = [...this.#users.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return [...byName.filter(({ name }) => name === 'root'), ...byName.filter(({ name }) => name !== 'root')]
  }

  find(userName: string): User | undefined {
    return this.#users.get(userName)
  }

  ownerOf(keyId: string): User | undefined {
    return this.users().find(({ keys }) => keys.some(({ id }) => id === keyId))
  }

  isActive(keyId: string): boolean {
    return !this.#accounts.isDisabled(keyId)
  }

  /** `name@account.onaliyun.com`, how IMS and the credential report call a user. */
  principalNameOf(user: User): string {
    return `${user.name}@${this.accountId}.onaliyun.com`
  }

  /** Every active key of a RAM user that is in use, once for each of its addresses. */
  callers(): Caller[] {
    return this.users()
      .filter(({ name }) => name !== 'root')
      .flatMap((user) =>
        user.keys
          .filter(({ id }) => this.isActive(id))
          .flatMap(({ id, addresses }) =>
            addresses.map((address) => ({ userName: user.name, userId: user.id, accessKeyId: id, address })),
          ),
      )
  }

  /** The RAM users who can sign in to the console. */
  people(): Person[] {
    const people = this.users().filter(({ name, hasPassword }) => name !== 'root' && hasPassword)
    return people.map(({ name, id }) => ({ userName: name, userId: id }))
  }
}
