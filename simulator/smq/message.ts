/** An entry of `UserProperties` or `SystemProperties`. */
export interface MessageProperty {
  readonly name: string
  readonly value: string
  readonly type: string
}

/** What a producer sends. */
export interface MessageDraft {
  readonly body: string
  readonly priority?: number
  readonly delayS?: number
  readonly groupId?: string
  readonly userProperties?: readonly MessageProperty[]
  readonly systemProperties?: readonly MessageProperty[]
}

/** `inactive`: handed out and hidden; `delayed`: sent and not yet visible; `gone`: deleted or over its retention. */
export type MessageState = 'active' | 'inactive' | 'delayed' | 'gone'

/** A message as the queue keeps it. Times are milliseconds since the epoch. */
export interface QueuedMessage {
  readonly id: string
  readonly serial: number
  readonly draft: MessageDraft
  readonly priority: number
  readonly enqueuedAtMs: number
  /** `log.record.uid` of each record that the message stands for. */
  readonly uids: readonly string[]
  state: MessageState
  /** When an inactive or delayed message becomes active. */
  visibleAtMs: number
  firstDequeuedAtMs: number
  dequeueCount: number
  /** Grows with every handle given out, so that one handle at most is valid. */
  handleSerial: number
}
