import type { KindTable } from './kind-table.ts'

/** The record does not name the operation. */
export const mnsQueueOperation: KindTable = {
  id: 'mns-queue-operation',
  title: 'SMQ (MNS) queue operation log',
  product: 'mns',
  fieldPrefix: 'smq',
  topics: [],
  signatureFields: [
    'QueueName',
    'MessageId',
    ['ReceiptHandleInRequest', 'ReceiptHandleInResponse', 'NextVisibleTime', 'RemoteAddress'],
  ],
  timeField: 'Time',
  fields: [
    { name: 'MessageId', to: 'messaging.message.id' },
    { name: 'QueueName', to: 'messaging.destination.name' },
    { name: 'AccountId', to: 'resource:cloud.account.id' },
    { name: 'RemoteAddress', to: 'client.address' },
    { name: 'NextVisibleTime', to: 'alibabacloud.smq.next_visible_time' },
    { name: 'ReceiptHandleInRequest', to: 'alibabacloud.smq.receipt_handle_request' },
    { name: 'ReceiptHandleInResponse', to: 'alibabacloud.smq.receipt_handle_response' },
  ],
  severity: { rules: [], otherwise: 'INFO' },
  summary: ['{messaging.destination.name}', ' {messaging.message.id}'],
}

/** `NotifyStatus` is an HTTP status, or a word that tells why the push failed. */
export const mnsTopicOperation: KindTable = {
  id: 'mns-topic-operation',
  title: 'SMQ (MNS) topic operation log',
  product: 'mns',
  fieldPrefix: 'smq',
  topics: [],
  signatureFields: ['TopicName', 'MessageId', ['NotifyStatus', 'SubscriptionName', 'RemoteAddress']],
  timeField: 'Time',
  fields: [
    { name: 'MessageId', to: 'messaging.message.id' },
    { name: 'TopicName', to: 'messaging.destination.name' },
    { name: 'SubscriptionName', to: 'messaging.destination.subscription.name' },
    { name: 'AccountId', to: 'resource:cloud.account.id' },
    { name: 'RemoteAddress', to: 'client.address' },
    {
      name: 'NotifyStatus',
      to: [{ attribute: 'http.response.status_code', form: 'int', when: { field: 'NotifyStatus', atLeast: 0 } }],
    },
  ],
  severity: {
    rules: [
      { when: { field: 'NotifyStatus', atLeast: 200, below: 300 }, severity: 'INFO' },
      { when: { field: 'NotifyStatus', present: true }, severity: 'WARN', errorType: 'NotifyStatus' },
    ],
    otherwise: 'INFO',
  },
  summary: ['{messaging.destination.name}', ' {messaging.message.id}', ' {http.response.status_code}'],
}
