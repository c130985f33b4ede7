/**
 * A key pair that the simulator knows. With `securityToken` it is a temporary one, and requests must carry the token.
 * `accountId` owns it: a key opens the projects of its own account only.
 */
export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly accountId: string
  readonly securityToken?: string
  /** Milliseconds since the epoch; absent: never. */
  readonly expiresAtMs?: number
}

export const defaultAccountId = '1234567890123456'

/** Printed by `simulate`; open nothing but a simulator. */
export const defaultAccessKey: AccessKey = {
  id: 'LTAIsimulatorNotARealKey',
  secret: 'simulator-secret-that-opens-nothing',
  accountId: defaultAccountId,
}

export type KeyState = 'active' | 'disabled' | 'expired'

/** The keys of all accounts, for every service. */
export class Accounts {
  readonly #keys = new Map<string, AccessKey>()
  readonly #disabled = new Set<string>()

  constructor(keys: readonly AccessKey[]) {
    for (const key of keys) this.add(key)
  }

  /** Adds a key, or replaces the one with the same id. */
  add(key: AccessKey): void {
    this.#keys.set(key.id, key)
    this.#disabled.delete(key.id)
  }

  disable(id: string): void {
    this.#disabled.add(id)
  }

  enable(id: string): void {
    this.#disabled.delete(id)
  }

  isDisabled(id: string): boolean {
    return this.#disabled.has(id)
  }

  find(id: string): AccessKey | undefined {
    return this.#keys.get(id)
  }

  state(key: AccessKey, nowMs: number): KeyState {
    if (this.#disabled.has(key.id)) return 'disabled'
    return key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs ? 'expired' : 'active'
  }
}
