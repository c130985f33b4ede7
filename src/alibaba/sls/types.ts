/** A shard as ListShards tells it; ids and keys as SLS spells them (sls-protocol 2.1). */
export interface SlsShard {
  readonly shardId: number
  readonly status: 'readwrite' | 'readonly'
  /** 32 hex digits; the range is half-open. */
  readonly beginKey: string
  readonly endKey: string
  /** Unix seconds. */
  readonly createTime: number
}

/** A place in a shard. Opaque base64 text; see cursor.ts for the one thing we read from it. */
export type SlsCursor = string

export interface PullRequest {
  readonly logstore: string
  readonly shardId: number
  readonly cursor: SlsCursor
  /** LogGroups, 1 to 1000. */
  readonly count: number
  /** Server-side SPL, empty for none. */
  readonly query: string
}

/** One answer of PullLogs, checked: lengths and counts agree with the headers. */
export interface SlsPage {
  /** The uncompressed `LogGroupList`; empty when there are no groups. The caller's own: it may free them. */
  readonly bytes: Uint8Array
  readonly groupCount: number
  readonly nextCursor: SlsCursor
  /**
   * The decimal cursor number of the first group in the page, by which records are told apart (`log.record.uid`).
   * `undefined` where the server gives no way to know it (a query, cursors that are no numbers).
   */
  readonly firstGroupNumber: bigint | undefined
  /** Size on the wire. */
  readonly wireBytes: number
  /** A time of the read position, unix seconds, where the server sent one; a hint (sls-protocol 2.5). */
  readonly cursorTime: number | undefined
}

/** A consumer group of a logstore (sls-protocol 4). */
export interface SlsConsumerGroup {
  readonly logstore: string
  readonly name: string
  /** A consumer silent for longer loses its shards. Whole seconds on the wire. */
  readonly timeoutMs: number
}

/** Where a consumer group stands in a shard. */
export interface SlsGroupCheckpoint {
  readonly shardId: number
  /** Absent while none was written. */
  readonly cursor: SlsCursor | undefined
}

/** The calls for consumer groups; they reject as the other calls do. */
export interface SlsConsumerGroupCalls {
  /** Creates the group, in which children of a shard wait for the end of their parents. One that is there stays as it is. */
  createConsumerGroup(group: SlsConsumerGroup, signal: AbortSignal): Promise<void>
  /**
   * Tells that the consumer lives and holds these shards, and learns which it should hold. Repeated for no longer than
   * the group's timeout; rejects with kind `unknown_consumer` when the server has removed it meanwhile.
   */
  heartbeat(
    group: SlsConsumerGroup,
    consumer: string,
    heldShardIds: readonly number[],
    signal: AbortSignal,
  ): Promise<number[]>
  /** The checkpoints of all shards that the group has to do with. */
  getCheckpoints(group: SlsConsumerGroup, signal: AbortSignal): Promise<SlsGroupCheckpoint[]>
  /**
   * Saves that everything before the cursor is consumed. Never forced: the server refuses it from a consumer that does
   * not own the shard, with kind `not_owner`, `unknown_consumer` or `shard_gone`.
   */
  updateCheckpoint(
    group: SlsConsumerGroup,
    consumer: string,
    shardId: number,
    cursor: SlsCursor,
    signal: AbortSignal,
  ): Promise<void>
}

/** The calls of one project. Every call retries what may pass by itself, and rejects with SlsError or the signal's reason. */
export interface SlsClient extends SlsConsumerGroupCalls {
  /** All logstores of the project, all pages. */
  listLogStores(signal: AbortSignal): Promise<string[]>
  listShards(logstore: string, signal: AbortSignal): Promise<SlsShard[]>
  /** `from`: `begin`, `end`, or unix seconds of the server's receive time. */
  getCursor(logstore: string, shardId: number, from: 'begin' | 'end' | number, signal: AbortSignal): Promise<SlsCursor>
  /** Unix seconds at which the group at this cursor was received. */
  getCursorTime(logstore: string, shardId: number, cursor: SlsCursor, signal: AbortSignal): Promise<number>
  pullLogs(request: PullRequest, signal: AbortSignal): Promise<SlsPage>
  close(): Promise<void>
}
