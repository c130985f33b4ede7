import type { ReceivedMessage, SmqClient } from '../../src/alibaba/smq/types.ts'
import type { Clock } from '../../src/clock.ts'
import { describeError, ReceiverError } from '../../src/errors.ts'
import { deadLetterPath } from '../../src/exporters/dead-letter.ts'
import { type LineFile, openLineFile } from '../../src/exporters/line-file.ts'

/** Where messages are kept that were delivered too often. */
export interface Park {
  /**
   * Keeps a message as it came. Resolves once it would survive a power cut.
   * @throws {ReceiverError} DEAD_LETTER_FAILED, or what the queue that takes it answers
   */
  park(queue: string, message: ReceivedMessage, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Sends what is parked to another queue, its body unchanged. */
export function createQueuePark(client: Pick<SmqClient, 'send'>, parkQueue: string): Park {
  return {
    park: async (_queue, { body }, signal) => void (await client.send(parkQueue, body, signal)),
    close: async () => {},
  }
}

/**
 * Writes what is parked to `<directory>/<receiver id>.jsonl`, opened with the first message: a line each, with `parkedAt`
 * (RFC 3339), `receiver`, `queue`, `messageId`, `dequeueCount`, `enqueuedAtMs` (since the epoch), the properties, and `body` as
 * it travelled, so that the line is all it takes to send the message again.
 */
export function createFilePark(directory: string, receiverId: string, clock: Pick<Clock, 'now'>): Park {
  const path = deadLetterPath(directory, receiverId)
  let opening: Promise<LineFile> | undefined

  async function opened(): Promise<LineFile> {
    opening ??= openLineFile(path, true)
    try {
      return await opening
    } catch (error) {
      // The folder may be writable next time.
      opening = undefined
      throw error
    }
  }

  return {
    async park(queue, message) {
      const { messageId, dequeueCount, enqueueTimeMs, userProperties, systemProperties, body } = message
      const line = JSON.stringify({
        parkedAt: new Date(clock.now()).toISOString(),
        receiver: receiverId,
        queue,
        messageId,
        dequeueCount,
        ...(enqueueTimeMs === undefined ? {} : { enqueuedAtMs: enqueueTimeMs }),
        ...(userProperties.size === 0 ? {} : { userProperties: Object.fromEntries(userProperties) }),
        ...(systemProperties.size === 0 ? {} : { systemProperties: Object.fromEntries(systemProperties) }),
        body,
      })
      try {
        await (await opened()).append(line)
      } catch (error) {
        throw new ReceiverError('DEAD_LETTER_FAILED', `Cannot write a message to ${path}: ${describeError(error)}`, {
          cause: error,
          retryable: true,
        })
      }
    },
    async close() {
      await (await opening?.catch(() => undefined))?.close()
    },
  }
}
