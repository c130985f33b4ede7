/** A request is refused for its date before its nonce is forgotten: dates may be off by 15 minutes either way. */
const REMEMBERED_MS = 31 * 60_000

/** Nonces of signatures, each good for one request. */
export class Nonces {
  /** By key and nonce, when it was used; oldest first. */
  readonly #used = new Map<string, number>()

  /** False: it was used before. */
  spend(accessKeyId: string, nonce: string, nowMs: number): boolean {
    for (const [id, usedAtMs] of this.#used) {
      if (nowMs - usedAtMs <= REMEMBERED_MS) break
      this.#used.delete(id)
    }
    const id = `${accessKeyId} ${nonce}`
    if (this.#used.has(id)) return false
    this.#used.set(id, nowMs)
    return true
  }
}
