import type { Meter } from '@opentelemetry/api'
import type { QueueAttributes } from '../../src/alibaba/smq/types.ts'
import type { PoisonOptions } from './config.ts'

/** What only queues have to count, beside what every receiver does. */
export interface QueueMetrics {
  /** Messages that came, repeats among them. */
  received(queue: string, messages: number): void
  /** Messages that had been delivered before. */
  redelivered(queue: string, messages: number): void
  deleted(queue: string, messages: number): void
  /** Deletes that the service refused for a reason that may pass; each is repeated. */
  deleteFailed(queue: string, messages: number): void
  /** Deliveries that ended before the message was deleted: it comes again, and is known then. */
  receiptExpired(queue: string, messages: number): void
  extended(queue: string): void
  poison(queue: string, action: PoisonOptions['action'], messages: number): void
  /** Polls that found nothing; early: long before the wait was over. */
  emptyPoll(queue: string, isEarly: boolean): void
  /** How many polls are under way. */
  observePolls(read: () => Iterable<readonly [queue: string, polls: number]>): void
  /** What the queues say they hold. */
  observeQueues(read: () => Iterable<readonly [queue: string, attributes: QueueAttributes]>): void
}

/** The instruments of one receiver; `receiver` in their attributes is its id as configured, `source` the queue. */
export function createQueueMetrics(meter: Meter, receiver: string): QueueMetrics {
  const counter = (name: string, description: string) => {
    const instrument = meter.createCounter(`alibabacloud_receiver_${name}`, { description })
    // A counter that exists only after the first trouble cannot be alerted on: its first increase would go unseen.
    instrument.add(0, { receiver })
    return (queue: string, value: number, more: Record<string, string | boolean> = {}) => {
      if (value > 0) instrument.add(value, { receiver, source: queue, ...more })
    }
  }
  const received = counter('received_messages', 'Messages that came from a queue, repeats among them')
  const redelivered = counter('redelivered_messages', 'Messages that had been delivered before')
  const deleted = counter('deleted_messages', 'Messages that were answered for and deleted')
  const failedDeletes = counter('failed_deletes', 'Deletes of a message that the service refused; each is repeated')
  const expired = counter('expired_receipts', 'Deliveries that ended before their message was deleted; it comes again')
  const extended = counter('extended_visibilities', 'Times that a message was hidden for longer while it waited')
  const poison = counter('poison_messages', 'Messages that were delivered too often, by what became of them')
  const emptyPolls = counter('empty_polls', 'Polls that found nothing; early ones came back before their wait')
  return {
    received,
    redelivered,
    deleted,
    deleteFailed: failedDeletes,
    receiptExpired: expired,
    extended: (queue) => extended(queue, 1),
    poison: (queue, action, messages) => poison(queue, messages, { action }),
    emptyPoll: (queue, isEarly) => emptyPolls(queue, 1, { early: isEarly }),
    observePolls: (read) =>
      meter
        .createObservableGauge('alibabacloud_receiver_polls', { description: 'Polls of a queue that are under way' })
        .addCallback((result) => {
          for (const [queue, polls] of read()) result.observe(polls, { receiver, source: queue })
        }),
    observeQueues(read) {
      meter
        .createObservableGauge('alibabacloud_receiver_lag_items', { description: 'Messages waiting in a queue' })
        .addCallback((result) => {
          for (const [queue, { activeMessages }] of read()) {
            if (activeMessages !== undefined) result.observe(activeMessages, { receiver, source: queue })
          }
        })
      meter
        .createObservableGauge('alibabacloud_receiver_queue_messages', {
          description: 'Messages of a queue by state, as the queue counts them',
        })
        .addCallback((result) => {
          for (const [queue, attributes] of read()) {
            const states = {
              active: attributes.activeMessages,
              inactive: attributes.inactiveMessages,
              delayed: attributes.delayedMessages,
            }
            for (const [state, value] of Object.entries(states)) {
              if (value !== undefined) result.observe(value, { receiver, source: queue, state })
            }
          }
        })
    },
  }
}
