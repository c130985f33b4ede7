import type { Received, ReceivedMessage, SmqClient } from '../../src/alibaba/smq/types.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import type { ByteBudget, ByteLease } from '../../src/pipeline/byte-budget.ts'
import type { ReceiverContext } from '../../src/pipeline/component.ts'
import { deliverRecords } from '../../src/pipeline/deliver-records.ts'
import type { DeliveredEvents } from '../../src/pipeline/delivered-events.ts'
import type { Outlet } from '../../src/pipeline/outlet.ts'
import type { RecordEncoder } from '../../src/pipeline/record-encoder.ts'
import { untilSaved } from '../../src/storage/until-saved.ts'
import type { TaskGroup } from '../../src/task-group.ts'
import type { ReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import type { SourceHealth } from '../../src/telemetry/source-health.ts'
import type { SmqOptions } from './config.ts'
import { type ConvertedMessage, convertMessage } from './convert.ts'
import { type DeleteDeps, deleteAll, slowRetryMs } from './delete.ts'
import { createHolding, type HeldEvent, type HeldReceipt } from './held.ts'
import type { QueueMetrics } from './metrics.ts'
import { earlyPauseMs, isEarly, nextExpectedBytes, pollLimits, pollsWanted } from './pace.ts'
import type { Park } from './poison.ts'
import type { Answered } from './seen.ts'
import { hiddenMs, leaveSeconds } from './visibility.ts'

/** Messages of one queue that may wait for their answers; each costs a call to hide it anew if the backend is slow. */
const maxHeldMessages = 1024
/** Small, because every queue that is quiet holds it. */
const firstExpectedBytes = 8 * 1024
/** With `run --once`: how long an empty queue is listened to, and how often it must come back early to count as empty. */
const onceWaitSeconds = 1
const onceEarlyAnswers = 3

/** What the queues of a receiver share. */
export interface SmqDeps extends Pick<ReceiverContext, 'log' | 'clock' | 'once' | 'audit'> {
  readonly options: SmqOptions
  readonly client: SmqClient
  readonly encoder: RecordEncoder
  readonly outlets: readonly Outlet[]
  readonly budget: ByteBudget
  readonly answered: Answered
  /** What any receiver of the service has delivered, where that is to be left out. */
  readonly delivered: DeliveredEvents | undefined
  readonly park: Park
  readonly metrics: ReceiverMetrics
  readonly queueMetrics: QueueMetrics
  readonly health: SourceHealth
  /** With `once`: takes what repeating does not cure, so that the run fails with it when all else is done. */
  readonly failAtEnd: (error: unknown) => void
  /** How many polls of each queue are under way. */
  readonly polls: Map<string, number>
}

/** A message that goes to the backend. */
interface Accepted {
  readonly held: HeldEvent
  readonly message: ReceivedMessage
  readonly converted: ConvertedMessage
}

/**
 * Follows one queue: receive, convert, deliver, delete. Several batches may wait for their answers; polling goes on
 * meanwhile, as far as memory allows.
 *
 * Ends at `stop`, with `once` when the queue is empty; what it has received by then goes on in `tasks`.
 * @throws with `once`, what repeating does not cure, where the queue cannot be read
 */
export async function followQueue(
  queue: string,
  deps: SmqDeps,
  tasks: TaskGroup,
  stop: AbortSignal,
  abandon: AbortSignal,
): Promise<void> {
  const { options, client, budget, clock, health, once, polls, queueMetrics } = deps
  const limits = pollLimits(options.polls)
  const waitSeconds = once ? Math.min(onceWaitSeconds, options.waitSeconds) : options.waitSeconds
  const holding = createHolding({
    queue,
    client,
    clock,
    health,
    metrics: queueMetrics,
    extendVisibilityMs: options.extendVisibilityMs,
    abandon,
  })
  const deleteDeps: DeleteDeps = {
    client,
    clock,
    health,
    metrics: queueMetrics,
    giveUp: once ? deps.failAtEnd : undefined,
  }
  let running = 0
  let expectedBytes = firstExpectedBytes
  let mayHoldMore = true

  /** One connection's polls, one after the other. */
  async function poll(): Promise<void> {
    let earlyAnswers = 0
    let lease: ByteLease | undefined
    try {
      for (;;) {
        await holding.room(maxHeldMessages, stop)
        lease = await budget.acquire(Math.min(expectedBytes, options.maxInFlightBytes / 4), stop)
        const received = await receive()
        const { messages } = received
        const bytes = messages.reduce((sum, { body }) => sum + body.length, 0)
        if (messages.length > 0) {
          expectedBytes = nextExpectedBytes(expectedBytes, bytes)
          take(received, lease)
        } else lease.release()
        lease = undefined

        const isFull = messages.length >= options.batchSize
        mayHoldMore = isFull
        const wanted = pollsWanted(running, isFull, limits)
        if (wanted > running && !stop.aborted) tasks.start(startPoll)
        else if (wanted < running) return
        if (messages.length > 0) {
          earlyAnswers = 0
          continue
        }
        const early = isEarly(received.tookMs, waitSeconds)
        // Without a wait every empty answer comes at once, and asking again at once would never end.
        earlyAnswers = early || waitSeconds === 0 ? earlyAnswers + 1 : 0
        queueMetrics.emptyPoll(queue, early)
        if (holding.size === 0) health.progressed(queue, { caughtUp: true })
        if (once && (!early || earlyAnswers >= onceEarlyAnswers)) return
        await clock.sleep(earlyPauseMs(earlyAnswers), stop)
      }
    } catch (error) {
      lease?.release()
      if (!stop.aborted) throw error
    } finally {
      polls.set(queue, --running)
    }
  }

  function startPoll(): Promise<void> {
    polls.set(queue, ++running)
    return poll()
  }

  async function receive(): Promise<Received> {
    for (;;) {
      try {
        const received = await client.receive(queue, options.batchSize, waitSeconds, stop)
        health.works(queue)
        return received
      } catch (error) {
        if (stop.aborted || once) throw error
        health.failed(queue, error)
        await clock.sleep(slowRetryMs, stop)
      }
    }
  }

  /** Sorts out what came, and sends on its way what is new. */
  function take(received: Received, lease: ByteLease): void {
    const receivedAtMs = clock.now()
    const { messages, serverTimeMs } = received
    const accepted: Accepted[] = []
    const known: HeldEvent[] = []
    const poisonous: ReceivedMessage[] = []
    health.behind(queue)
    queueMetrics.received(queue, messages.length)
    queueMetrics.redelivered(queue, messages.filter(({ dequeueCount }) => dequeueCount > 1).length)
    for (const message of messages) {
      const { messageId, dequeueCount } = message
      const hidden = hiddenMs(message.nextVisibleTimeMs, serverTimeMs)
      const receipt: HeldReceipt = {
        messageId,
        handle: message.receiptHandle,
        extendAtMs: receivedAtMs + hidden / 2,
      }
      // It came again while it waits for the backend: its new handle is the one that counts.
      const waiting = holding.byMessage(messageId)
      if (waiting !== undefined) {
        queueMetrics.receiptExpired(queue, 1)
        holding.replace(waiting, receipt)
        continue
      }
      if (deps.answered.has(queue, messageId)) {
        known.push(holding.hold(messageId, receipt))
        continue
      }
      // Before it is converted: that may be what ends the process each time.
      if (dequeueCount > options.poison.after) {
        poisonous.push(message)
        continue
      }
      const converted = convert(message)
      const identity = (options.deduplicate === 'none' ? undefined : converted.identity) ?? messageId
      const copy = holding.byIdentity(identity)
      if (copy !== undefined) {
        deps.metrics.duplicatesDropped(1)
        holding.attach(copy, receipt)
      } else if (deps.answered.has(queue, identity)) known.push(holding.hold(identity, receipt))
      else {
        const held = holding.hold(identity, receipt)
        const { auditEventId } = converted
        const taken = auditEventId === undefined ? 'mine' : (deps.delivered?.take(auditEventId) ?? 'mine')
        if (taken === 'mine') accepted.push({ held, message, converted })
        else if (taken === 'delivered' || auditEventId === undefined) known.push(held)
        else tasks.start(() => removeOnceAnswered(held, auditEventId))
      }
    }
    deps.metrics.duplicatesDropped(known.length)
    if (known.length > 0) tasks.start(() => remove(known))
    if (poisonous.length > 0) tasks.start(() => setAside(poisonous))
    if (accepted.length > 0) tasks.start(() => deliver(accepted, lease))
    else lease.release()
  }

  function convert(message: ReceivedMessage): ConvertedMessage {
    const source = { queue, region: options.region, accountId: options.accountId }
    return convertMessage(message, source, options, BigInt(clock.now()) * NANOS_PER_MS)
  }

  /** Resolves when every backend has answered and the messages are deleted. */
  async function deliver(accepted: readonly Accepted[], lease: ByteLease): Promise<void> {
    const { metrics, encoder, outlets } = deps
    const records = accepted.flatMap(({ converted }) => converted.toRecords(deps.audit))
    metrics.malformed(accepted.filter(({ converted }) => converted.isMalformed).length)
    const auditEventIds = accepted.flatMap(({ converted }) => converted.auditEventId ?? [])
    try {
      await deliverRecords(records, lease, { metrics, encoder, outlets })
    } catch (error) {
      deps.delivered?.release(auditEventIds)
      throw error
    }
    // After the answer, never before: a crash between these lines repeats messages, it cannot lose one.
    await untilSaved(queue, deps, abandon, () => deps.audit.save())
    if (auditEventIds.length > 0) await untilSaved(queue, deps, abandon, async () => deps.delivered?.add(auditEventIds))
    await remember(accepted.flatMap(({ held, message }) => [...new Set([held.identity, message.messageId])]))
    await remove(accepted.map(({ held }) => held))
    const sentAtMs = accepted.flatMap(({ message: { enqueueTimeMs } }) => enqueueTimeMs ?? [])
    health.progressed(queue, {
      caughtUp: !mayHoldMore && holding.size === 0,
      deliveredUpToMs: sentAtMs.length === 0 ? undefined : Math.min(...sentAtMs),
    })
  }

  /** Deletes a message whose event another receiver delivers, when that one has its answer. */
  async function removeOnceAnswered(event: HeldEvent, auditEventId: string): Promise<void> {
    deps.metrics.duplicatesDropped(1)
    try {
      await deps.delivered?.settled([auditEventId])
    } catch {
      // Given up by the receiver that had it, so the message must come again.
      holding.release(event)
      return
    }
    await remove([event])
  }

  /** Deletes what was answered for, and lets go of it. */
  async function remove(events: readonly HeldEvent[]): Promise<void> {
    const done = new Set<HeldReceipt>()
    try {
      for (;;) {
        // A copy may come while the others are deleted.
        const left = events.flatMap(({ receipts }) => receipts).filter((receipt) => !done.has(receipt))
        if (left.length === 0) return
        await deleteAll(queue, left, deleteDeps, abandon)
        for (const receipt of left) done.add(receipt)
      }
    } finally {
      for (const event of events) holding.release(event)
    }
  }

  async function remember(identities: readonly string[]): Promise<void> {
    await untilSaved(queue, deps, abandon, () => deps.answered.add(queue, identities))
  }

  /** Messages that were delivered too often are not converted again; what becomes of them is the user's choice. */
  async function setAside(messages: readonly ReceivedMessage[]): Promise<void> {
    const { log, park } = deps
    const { action, after } = options.poison
    const facts = { code: 'SMQ_POISON', queue, messages: messages.length, first: messages[0]?.messageId, after }
    queueMetrics.poison(queue, action, messages.length)
    try {
      if (action === 'leave') {
        log.warn('Messages were delivered too often, and are left in the queue', facts)
        for (const { receiptHandle, dequeueCount } of messages) {
          await client.changeVisibility(queue, receiptHandle, leaveSeconds(dequeueCount - after), abandon)
        }
        return
      }
      if (action === 'drop') log.error('Messages were delivered too often, and are dropped', facts)
      else {
        for (const message of messages) await park.park(queue, message, abandon)
        log.warn('Messages were delivered too often, and are parked', facts)
      }
    } catch (error) {
      // Nothing is deleted that is not kept elsewhere: it comes again.
      if (!abandon.aborted) health.failed(`${queue} (poison)`, error)
      if (once) deps.failAtEnd(error)
      return
    }
    health.works(`${queue} (poison)`)
    const receipts = messages.map(({ messageId, receiptHandle }) => ({
      messageId,
      handle: receiptHandle,
      extendAtMs: 0,
    }))
    await remember(messages.map(({ messageId }) => messageId))
    await deleteAll(queue, receipts, deleteDeps, abandon)
  }

  health.behind(queue)
  const first = Array.from({ length: limits.least }, startPoll)
  await Promise.all(first)
}
