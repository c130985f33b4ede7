import { createHash } from 'node:crypto'
import type { XmlElement } from '../../src/alibaba/smq/xml.ts'
import { effectOf } from '../faults.ts'
import type { Reply } from '../http-frame.ts'
import { queueOf, type SmqCall, type SmqContext, wholeNumber } from './call.ts'
import { SmqFault } from './errors.ts'
import type { MessageDraft, MessageProperty, QueuedMessage } from './message.ts'
import type { Delivery, Queue } from './queue.ts'
import { emptyReply, xmlReply } from './reply.ts'
import { childrenOf, element, parseBody, styledText, textOf } from './xml-text.ts'

/** Messages, or handles, of one call. */
const MAX_BATCH = 16
const MAX_WAIT_S = 30
const MAX_VISIBILITY_S = 43_200
const MAX_DELAY_S = 604_800

/** ReceiveMessage and BatchReceiveMessage: held until a message comes, at most for `waitseconds` (smq.md 6.1). */
export async function receiveMessages(call: SmqCall, context: SmqContext): Promise<Reply> {
  const queue = queueOf(call, context)
  const count = batchSize(call)
  const waitText = call.parameters.get('waitseconds')
  const waitS =
    waitText === undefined ? queue.attributes.pollingWaitS : wholeNumber('waitseconds', waitText, 0, MAX_WAIT_S)
  const hanging = context.store.queues(call.place).reduce((sum, { waitingPolls }) => sum + waitingPolls, 0)
  const isTurnedAway = effectOf(call.effects, 'early_empty') !== undefined || hanging >= context.behaviour.maxLongPolls
  const deliveries = await queue.receive(
    count ?? 1,
    isTurnedAway ? 0 : waitS * 1000,
    call.gone,
    effectOf(call.effects, 'duplicate_delivery') !== undefined,
  )
  if (deliveries.length === 0) throw noMessage()
  return messagesReply(
    count,
    deliveries.map((delivery) => messageElements(context, delivery.message, delivery)),
    context,
  )
}

/** PeekMessage and BatchPeekMessage: without handles, and nothing is changed. */
export function peekMessages(call: SmqCall, context: SmqContext): Reply {
  const count = batchSize(call)
  const messages = queueOf(call, context).peek(count ?? 1)
  if (messages.length === 0) throw noMessage()
  return messagesReply(
    count,
    messages.map((message) => messageElements(context, message)),
    context,
  )
}

/** SendMessage and BatchSendMessage (smq.md 6.5). */
export function sendMessages(call: SmqCall, context: SmqContext): Reply {
  const queue = queueOf(call, context)
  const root = parseBody(call.request.body, 'Message', 'Messages')
  if (root.name === 'Message') {
    const sent = context.store.send(queue, readDraft(root, queue), 'client')
    return xmlReply(201, 'Message', sentElements(queue, sent), context.behaviour)
  }
  const entries = childrenOf(root, 'Message')
  checkBatch(entries.length, 'Message')
  const failures = effectOf(call.effects, 'partial_failure')?.count ?? 0
  let isComplete = true
  const results = entries.map((entry, index) => {
    try {
      if (index < failures) throw new SmqFault('InternalError', 'Injected fault')
      return sentElements(queue, context.store.send(queue, readDraft(entry, queue), 'client'))
    } catch (error) {
      if (!(error instanceof SmqFault)) throw error
      isComplete = false
      return element('ErrorCode', error.code) + element('ErrorMessage', error.message)
    }
  })
  const list = results.map((result) => `<Message>${result}</Message>`).join('')
  return xmlReply(isComplete ? 201 : 500, 'Messages', list, context.behaviour)
}

/** DeleteMessage: the handle as a parameter, escaped or not. */
export function deleteMessage(call: SmqCall, context: SmqContext): Reply {
  const queue = queueOf(call, context)
  queue.delete(requiredHandle(call))
  return emptyReply()
}

/** BatchDeleteMessage: what could not be deleted is listed, the rest is gone (smq.md 6.3). */
export function batchDeleteMessages(call: SmqCall, context: SmqContext): Reply {
  const queue = queueOf(call, context)
  const root = parseBody(call.request.body, 'ReceiptHandles')
  const handles = childrenOf(root, 'ReceiptHandle').map(({ text }) => text.trim())
  checkBatch(handles.length, 'ReceiptHandle')
  const failures = effectOf(call.effects, 'partial_failure')?.count ?? 0
  const errors = handles.flatMap((handle, index) => {
    try {
      if (index < failures) throw new SmqFault('InternalError', 'Injected fault')
      queue.delete(handle)
      return []
    } catch (error) {
      if (!(error instanceof SmqFault)) throw error
      const inside = element('ErrorCode', error.code) + element('ErrorMessage', error.message)
      return [`<Error>${inside}${element('ReceiptHandle', handle)}</Error>`]
    }
  })
  // The status of a partial failure is documented nowhere (smq.md 13).
  return errors.length === 0 ? emptyReply() : xmlReply(404, 'Errors', errors.join(''), context.behaviour)
}

/** ChangeMessageVisibility: a new handle, and a new time counted from now (smq.md 6.4). */
export function changeVisibility(call: SmqCall, context: SmqContext): Reply {
  const queue = queueOf(call, context)
  const handle = requiredHandle(call)
  const text = call.parameters.get('visibilitytimeout')
  if (text === undefined) throw new SmqFault('MissingVisibilityTimeout', 'VisibilityTimeout is required.')
  const delivery = queue.changeVisibility(handle, wholeNumber('VisibilityTimeout', text, 1, MAX_VISIBILITY_S))
  const inside = element('ReceiptHandle', delivery.handle) + element('NextVisibleTime', delivery.nextVisibleAtMs)
  return xmlReply(200, 'ChangeVisibility', inside, context.behaviour)
}

function noMessage(): SmqFault {
  return new SmqFault('MessageNotExist', 'Message not exist.')
}

/** `undefined`: the form for a single message, whose answer has another root. */
function batchSize({ parameters }: SmqCall): number | undefined {
  const text = parameters.get('numofmessages')
  return text === undefined ? undefined : wholeNumber('numOfMessages', text, 1, MAX_BATCH)
}

function checkBatch(size: number, what: string): void {
  if (size < 1 || size > MAX_BATCH) {
    throw new SmqFault('InvalidArgument', `The body has ${size} ${what} elements, allowed is 1 to ${MAX_BATCH}.`)
  }
}

function requiredHandle({ parameters }: SmqCall): string {
  const handle = parameters.get('receipthandle')
  if (handle === undefined || handle === '') throw new SmqFault('MissingReceiptHandle', 'ReceiptHandle is required.')
  return handle
}

/** @throws {SmqFault} InvalidArgument, MalformedXML */
function readDraft(message: XmlElement, queue: Queue): MessageDraft {
  const body = textOf(message, 'MessageBody') ?? ''
  const size = Buffer.byteLength(body)
  const { maximumMessageSize } = queue.attributes
  if (size < 1 || size > maximumMessageSize) {
    throw new SmqFault('InvalidArgument', `MessageBody has ${size} bytes, allowed is 1 to ${maximumMessageSize}.`)
  }
  const delay = textOf(message, 'DelaySeconds')
  const priority = textOf(message, 'Priority')
  const groupId = textOf(message, 'MessageGroupId')
  return {
    body,
    ...(delay === undefined ? {} : { delayS: wholeNumber('DelaySeconds', delay, 0, MAX_DELAY_S) }),
    ...(priority === undefined ? {} : { priority: wholeNumber('Priority', priority, 1, 16) }),
    ...(groupId === undefined ? {} : { groupId }),
    userProperties: readProperties(message, 'UserProperties', 'PropertyValue'),
    systemProperties: readProperties(message, 'SystemProperties', 'SystemPropertyValue'),
  }
}

function readProperties(message: XmlElement, list: string, entry: string): MessageProperty[] {
  return childrenOf(message, list)
    .flatMap((properties) => childrenOf(properties, entry))
    .map((property) => {
      const type = textOf(property, 'Type') ?? 'STRING'
      if (!['BINARY', 'BOOLEAN', 'NUMBER', 'STRING'].includes(type)) {
        throw new SmqFault('InvalidArgument', `The type ${type} of a property is unknown.`)
      }
      return { name: textOf(property, 'Name') ?? '', value: textOf(property, 'Value') ?? '', type }
    })
}

function sentElements(queue: Queue, message: QueuedMessage): string {
  const handle = message.state === 'delayed' ? element('ReceiptHandle', queue.handleOf(message)) : ''
  return element('MessageId', message.id) + element('MessageBodyMD5', md5Of(message)) + handle
}

function md5Of({ draft }: QueuedMessage): string {
  return createHash('md5').update(draft.body).digest('hex').toUpperCase()
}

/** The elements of a message; with a delivery those that only a receiver gets (smq.md 6.2). */
function messageElements({ behaviour }: SmqContext, message: QueuedMessage, delivery?: Delivery): string {
  const { draft } = message
  return [
    element('MessageId', message.id),
    ...(delivery === undefined ? [] : [element('ReceiptHandle', delivery.handle)]),
    `<MessageBody>${styledText(draft.body, behaviour.textStyle)}</MessageBody>`,
    element('MessageBodyMD5', md5Of(message)),
    element('EnqueueTime', message.enqueuedAtMs),
    ...(delivery === undefined ? [] : [element('NextVisibleTime', delivery.nextVisibleAtMs)]),
    element('FirstDequeueTime', message.firstDequeuedAtMs),
    element('DequeueCount', delivery?.dequeueCount ?? message.dequeueCount),
    element('Priority', message.priority),
    ...(draft.groupId === undefined ? [] : [element('MessageGroupId', draft.groupId)]),
    propertyElements('UserProperties', 'PropertyValue', draft.userProperties),
    propertyElements('SystemProperties', 'SystemPropertyValue', draft.systemProperties),
    ...(behaviour.unknownElements ? ['<Unheard><Of>1</Of></Unheard>'] : []),
  ].join('')
}

function propertyElements(list: string, entry: string, properties: readonly MessageProperty[] = []): string {
  if (properties.length === 0) return ''
  const entries = properties.map(
    ({ name, value, type }) =>
      `<${entry}>${element('Name', name)}${element('Value', value)}${element('Type', type)}</${entry}>`,
  )
  return `<${list}>${entries.join('')}</${list}>`
}

/** @param count `undefined` for the single form, whose root is the message itself */
function messagesReply(count: number | undefined, messages: readonly string[], { behaviour }: SmqContext): Reply {
  if (count === undefined) return xmlReply(200, 'Message', messages.join(''), behaviour)
  const list = messages.map((message) => `<Message>${message}</Message>`)
  return xmlReply(200, 'Messages', list.join(''), behaviour)
}
