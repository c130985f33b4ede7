import type { Reply } from '../http-frame.ts'
import { queueOf, type SmqCall, type SmqContext, wholeNumber } from './call.ts'
import { SmqFault } from './errors.ts'
import { defaultAttributes, type Queue, type QueueAttributes } from './queue.ts'
import { emptyReply, xmlReply } from './reply.ts'
import { element, parseBody, textOf } from './xml-text.ts'

const MAX_NAME_LENGTH = 120
const MAX_LIST = 1000

/** Element, field, and bounds of each attribute that is a number (smq.md 8). */
const numbers = [
  ['VisibilityTimeout', 'visibilityTimeoutS', 1, 43_200],
  ['MaximumMessageSize', 'maximumMessageSize', 1024, 65_536],
  // Older queues may keep messages for 15 days.
  ['MessageRetentionPeriod', 'messageRetentionPeriodS', 60, 1_296_000],
  ['DelaySeconds', 'delayS', 0, 604_800],
  ['PollingWaitSeconds', 'pollingWaitS', 0, 30],
] as const

export function getQueueAttributes(call: SmqCall, context: SmqContext): Reply {
  return xmlReply(200, 'Queue', queueElements(queueOf(call, context), context), context.behaviour)
}

/** Changes the attributes that are given. */
export function setQueueAttributes(call: SmqCall, context: SmqContext): Reply {
  const queue = queueOf(call, context)
  queue.attributes = readAttributes(call, queue.attributes)
  return emptyReply()
}

/** 201; 204 when it exists with the same attributes. */
export function createQueue(call: SmqCall, context: SmqContext): Reply {
  const { queueName, place } = call
  checkName(queueName)
  const attributes = readAttributes(call, defaultAttributes)
  const existing = context.store.find(queueName, place)
  const location = { location: urlOf(call, queueName) }
  if (existing === undefined) {
    context.store.create(place, queueName, attributes)
    return emptyReply(201, location)
  }
  if (JSON.stringify(existing.attributes) === JSON.stringify(attributes)) return emptyReply(204, location)
  throw new SmqFault('QueueAlreadyExist', 'The queue you want to create is already exist with other attributes.')
}

export function deleteQueue(call: SmqCall, context: SmqContext): Reply {
  queueOf(call, context)
  context.store.remove(call.place, call.queueName)
  return emptyReply()
}

/** ListQueue: its parameters are headers (smq.md 6.6). The marker is the base64 of the last name. */
export function listQueues(call: SmqCall, context: SmqContext): Reply {
  const { headers } = call.request
  const prefix = headers['x-mns-prefix'] ?? ''
  const limitText = headers['x-mns-ret-number']
  const limit = limitText === undefined ? MAX_LIST : wholeNumber('x-mns-ret-number', limitText, 1, MAX_LIST)
  const after = Buffer.from(headers['x-mns-marker'] ?? '', 'base64').toString()
  const withMeta = headers['x-mns-with-meta'] === 'true'
  const found = context.store.queues(call.place).filter(({ name }) => name.startsWith(prefix) && name > after)
  const page = found.slice(0, limit)
  const list = page.map((queue) => {
    const meta = withMeta ? queueElements(queue, context) : ''
    return `<Queue>${element('QueueURL', urlOf(call, queue.name))}${meta}</Queue>`
  })
  const last = page.at(-1)
  const isEnd = last === undefined || page.length === found.length
  const marker = isEnd ? '' : element('NextMarker', Buffer.from(last.name).toString('base64'))
  return xmlReply(200, 'Queues', list.join('') + marker, context.behaviour)
}

/** @throws {SmqFault} QueueNameLengthError, InvalidQueueName */
function checkName(name: string): void {
  if (name.length > MAX_NAME_LENGTH) {
    throw new SmqFault(
      'QueueNameLengthError',
      `The queue name has ${name.length} characters, more than ${MAX_NAME_LENGTH}.`,
    )
  }
  if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name)) {
    throw new SmqFault(
      'InvalidQueueName',
      `A queue name begins with a letter and holds letters, digits and hyphens: ${name}`,
    )
  }
}

function urlOf({ request }: SmqCall, name: string): string {
  return `http://${request.headers['host']}/queues/${name}`
}

/** @throws {SmqFault} MalformedXML, InvalidArgument */
function readAttributes({ request }: SmqCall, before: QueueAttributes): QueueAttributes {
  if (request.body.length === 0) return before
  const root = parseBody(request.body, 'Queue')
  const attributes: { -readonly [Key in keyof QueueAttributes]: QueueAttributes[Key] } = { ...before }
  for (const [name, field, low, high] of numbers) {
    const text = textOf(root, name)
    if (text !== undefined) attributes[field] = wholeNumber(name, text, low, high)
  }
  const logging = textOf(root, 'LoggingEnabled')
  if (logging !== undefined) {
    if (!/^(?:true|false)$/i.test(logging)) throw new SmqFault('InvalidArgument', `LoggingEnabled is ${logging}.`)
    attributes.loggingEnabled = logging.toLowerCase() === 'true'
  }
  return attributes
}

/** Times are seconds here, unlike those of messages. */
function queueElements(queue: Queue, { behaviour }: SmqContext): string {
  const counts = queue.counts()
  return [
    element('QueueName', queue.name),
    element('CreateTime', Math.floor(queue.createdAtMs / 1000)),
    element('LastModifyTime', Math.floor(queue.modifiedAtMs / 1000)),
    ...numbers.map(([name, field]) => element(name, queue.attributes[field])),
    element('ActiveMessages', counts.active),
    element('InactiveMessages', counts.inactive),
    element('DelayMessages', counts.delayed),
    element('LoggingEnabled', queue.attributes.loggingEnabled ? 'True' : 'False'),
    ...(behaviour.unknownElements
      ? ['<QueueType>normal</QueueType><DlqPolicy><Enabled>false</Enabled></DlqPolicy>']
      : []),
  ].join('')
}
