import type { ReceivedMessage } from '../../../src/alibaba/smq/types.ts'

/** A message in the form of samples/smq/received-messages.json. */
export interface SampleMessage {
  readonly MessageId: string
  readonly ReceiptHandle?: string
  readonly MessageBody: string
  readonly EnqueueTime?: number
  readonly NextVisibleTime?: number
  readonly FirstDequeueTime?: number
  readonly DequeueCount: number
  readonly Priority?: number
  readonly MessageGroupId?: string
  readonly UserProperties?: Readonly<Record<string, { type: string; value: string }>>
  readonly SystemProperties?: Readonly<Record<string, string>>
}

export function sampleMessage(sample: SampleMessage): ReceivedMessage {
  return {
    messageId: sample.MessageId,
    receiptHandle: sample.ReceiptHandle ?? 'handle',
    body: sample.MessageBody,
    enqueueTimeMs: sample.EnqueueTime,
    nextVisibleTimeMs: sample.NextVisibleTime,
    firstDequeueTimeMs: sample.FirstDequeueTime,
    dequeueCount: sample.DequeueCount,
    priority: sample.Priority,
    groupId: sample.MessageGroupId,
    userProperties: new Map(Object.entries(sample.UserProperties ?? {})),
    systemProperties: new Map(
      Object.entries(sample.SystemProperties ?? {}).map(([name, value]) => [name, { type: 'STRING', value }]),
    ),
  }
}
