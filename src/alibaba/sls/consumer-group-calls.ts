import { parseCheckpoints, parseShardIds, readAnswerBody, readJson, type SlsAnswer } from './answer.ts'
import type { SlsCall } from './client.ts'
import { SlsError } from './errors.ts'
import { logstorePath } from './request.ts'
import { percentEncode } from './signature.ts'
import type { SlsConsumerGroup, SlsConsumerGroupCalls } from './types.ts'

/** An attempt that hangs must leave time for others before the group's timeout is over. */
const HEARTBEAT_ATTEMPTS_PER_TIMEOUT = 4
const MAX_IGNORED_BYTES = 64 * 1024

/** The consumer-group calls (sls-protocol 4.1) over the client's `call`, which signs, sends and repeats. */
export function consumerGroupCalls(
  call: <Result>(request: SlsCall<Result>, signal: AbortSignal) => Promise<Result>,
): SlsConsumerGroupCalls {
  return {
    async createConsumerGroup(group, signal) {
      const { logstore, name, timeoutMs } = group
      try {
        await call(
          {
            api: 'CreateConsumerGroup',
            action: 'log:CreateConsumerGroup',
            logstore,
            consumerGroup: name,
            method: 'POST',
            path: groupsPath(logstore),
            query: [],
            body: { consumerGroup: name, timeout: Math.ceil(timeoutMs / 1000), order: true },
            read: readNothing,
          },
          signal,
        )
      } catch (error) {
        if (!(error instanceof SlsError) || error.kind !== 'group_exists') throw error
      }
    },

    heartbeat: (group, consumer, heldShardIds, signal) =>
      call(
        {
          api: 'ConsumerGroupHeartBeat',
          action: 'log:ConsumerGroupHeartBeat',
          logstore: group.logstore,
          consumerGroup: group.name,
          method: 'POST',
          path: groupPath(group),
          query: [
            ['type', 'heartbeat'],
            ['consumer', consumer],
          ],
          body: heldShardIds,
          timeoutMs: group.timeoutMs / HEARTBEAT_ATTEMPTS_PER_TIMEOUT,
          repeatForMs: group.timeoutMs,
          read: (answer) => readJson(answer, parseShardIds),
        },
        signal,
      ),

    getCheckpoints: (group, signal) =>
      call(
        {
          api: 'GetCheckPoint',
          action: 'log:GetConsumerGroupCheckPoint',
          logstore: group.logstore,
          consumerGroup: group.name,
          path: groupPath(group),
          query: [],
          read: (answer) => readJson(answer, parseCheckpoints),
        },
        signal,
      ),

    updateCheckpoint: (group, consumer, shardId, cursor, signal) =>
      call(
        {
          api: 'ConsumerGroupUpdateCheckPoint',
          action: 'log:ConsumerGroupUpdateCheckPoint',
          logstore: group.logstore,
          consumerGroup: group.name,
          shardId,
          method: 'POST',
          path: groupPath(group),
          query: [
            ['type', 'checkpoint'],
            ['consumer', consumer],
            ['forceSuccess', 'false'],
          ],
          body: { shard: shardId, checkpoint: cursor },
          read: readNothing,
        },
        signal,
      ),
  }
}

/** Read to its end, so that the connection can be used again. */
async function readNothing(answer: SlsAnswer): Promise<void> {
  await readAnswerBody(answer, MAX_IGNORED_BYTES)
}

const groupsPath = (logstore: string) => `${logstorePath(logstore)}/consumergroups`
const groupPath = ({ logstore, name }: SlsConsumerGroup) => `${groupsPath(logstore)}/${percentEncode(name)}`
