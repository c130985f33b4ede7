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
  /** The uncompressed `LogGroupList`; empty when there are no groups. */
  readonly bytes: Uint8Array
  readonly groupCount: number
  readonly nextCursor: SlsCursor
  /**
   * The decimal cursor number of the first group in the page, by which records are told apart (DESIGN section 6).
   * `undefined` where the server gives no way to know it (a query, cursors that are no numbers).
   */
  readonly firstGroupNumber: bigint | undefined
  /** Size on the wire. */
  readonly wireBytes: number
  /** A time of the read position, unix seconds, where the server sent one; a hint (sls-protocol 2.5). */
  readonly cursorTime: number | undefined
}

/** The calls of one project. Every call retries what may pass by itself, and rejects with SlsError or the signal's reason. */
export interface SlsClient {
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
