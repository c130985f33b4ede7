/** A value beside the body, as the sender set it. */
export interface SmqProperty {
  /** NUMBER, STRING, BOOLEAN or BINARY (Base64). */
  readonly type: string
  readonly value: string
}

/** One message of a queue (smq.md 6.2). Times in milliseconds since the epoch, by the server's clock. */
export interface SmqMessage {
  /** The same at every delivery. */
  readonly messageId: string
  /** Of this one delivery; absent in a peek. */
  readonly receiptHandle: string | undefined
  /** As it travels: text or Base64, nothing says which. */
  readonly body: string
  readonly enqueueTimeMs: number | undefined
  readonly nextVisibleTimeMs: number | undefined
  readonly firstDequeueTimeMs: number | undefined
  /** Deliveries so far, this one included; 0 in a peek of an untouched message. */
  readonly dequeueCount: number
  readonly priority: number | undefined
  readonly groupId: string | undefined
  readonly userProperties: ReadonlyMap<string, SmqProperty>
  readonly systemProperties: ReadonlyMap<string, SmqProperty>
}

/** A message that was received, so it can be deleted. */
export type ReceivedMessage = SmqMessage & { readonly receiptHandle: string }

export interface Received {
  readonly messages: readonly ReceivedMessage[]
  /** How long the server held the request, milliseconds. */
  readonly tookMs: number
  /** The server's clock as its answer tells it, milliseconds since the epoch. */
  readonly serverTimeMs: number | undefined
}

/** One handle of a batch that was not deleted. */
export interface DeleteFailure {
  readonly receiptHandle: string
  readonly code: string
  readonly message: string
  /** True when the delivery has expired or the message has gone: repeating cannot help. */
  readonly isExpired: boolean
}

export interface Receipt {
  readonly receiptHandle: string
  readonly nextVisibleTimeMs: number | undefined
}

/** What we use of a queue's attributes. The counts are approximate. */
export interface QueueAttributes {
  readonly visibilityTimeoutMs: number | undefined
  readonly activeMessages: number | undefined
  readonly inactiveMessages: number | undefined
  readonly delayedMessages: number | undefined
}

/** The most messages, or handles, that one call takes. */
export const maxBatch = 16
/** The longest that a message can be hidden by one call, seconds. */
export const maxVisibilitySeconds = 43_200

/** The calls of SMQ that a receiver makes. All reject with SmqError, or with the signal's reason. */
export interface SmqClient {
  /** Up to `count` messages, waiting for the first up to `waitSeconds`; none where the queue is empty. */
  receive(queue: string, count: number, waitSeconds: number, signal: AbortSignal): Promise<Received>
  /** The messages that come next, which stay as they are. */
  peek(queue: string, count: number, signal: AbortSignal): Promise<SmqMessage[]>
  /** Deletes up to 16 messages; resolves with those that were not deleted. */
  deleteMessages(queue: string, receiptHandles: readonly string[], signal: AbortSignal): Promise<DeleteFailure[]>
  /** Hides a message for so long from now. The old handle must not be used again. */
  changeVisibility(queue: string, receiptHandle: string, seconds: number, signal: AbortSignal): Promise<Receipt>
  /** Sends a message with this body, as it stands. Resolves with its id. */
  send(queue: string, body: string, signal: AbortSignal): Promise<string>
  /** Not repeated when it fails. */
  attributes(queue: string, signal: AbortSignal): Promise<QueueAttributes>
  /** The names of all queues that begin with `prefix`, which may be empty. */
  listQueues(prefix: string, signal: AbortSignal): Promise<string[]>
  close(): Promise<void>
}
