import { createHash } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { loadSeenSet } from '../../src/windows/seen-set.ts'

/** What a backend has answered for, so that a message that comes again is deleted and not sent again. */
export interface Answered {
  has(queue: string, identity: string): boolean
  /** Resolves when it is durable. */
  add(queue: string, identities: readonly string[]): Promise<void>
}

/** EventBridge repeats an event for up to a day (smq.md section 10), a message waits in its queue for up to 15. */
const rememberSeconds = 16 * 24 * 3600
const expireEverySeconds = 60
const prefix = 'answered/'
const idCharacters = 16
const maxIds = 100_000

export const nothingAnswered: Answered = { has: () => false, add: async () => {} }

/** What earlier runs remembered. */
export async function loadAnswered(checkpoints: Checkpoints, clock: Clock, log: Log): Promise<Answered> {
  // The oldest are forgotten when there are too many; that is how this set is meant to work, and no news.
  const seen = await loadSeenSet(checkpoints, { prefix, maxIds }, { ...log, warn: log.debug })
  let expiredAt = 0
  return {
    has: (queue, identity) => seen.has(idOf(queue, identity)),
    async add(queue, identities) {
      const now = Math.floor(clock.now() / 1000)
      const ids = identities.map((identity) => idOf(queue, identity))
      await checkpoints.save([seen.add(queue, ids, now)])
      if (now - expiredAt < expireEverySeconds) return
      expiredAt = now
      await checkpoints.remove(seen.expire(queue, now - rememberSeconds))
    },
  }
}

/** Short, since there are many; the same event in two queues is two. */
function idOf(queue: string, identity: string): string {
  return createHash('sha256').update(`${queue}\n${identity}`).digest('base64url').slice(0, idCharacters)
}
