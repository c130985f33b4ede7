import type { DeleteFailure, QueueAttributes, Receipt, SmqMessage, SmqProperty } from './types.ts'
import { childText, escapeXml, type XmlElement } from './xml.ts'

const NAMESPACE = 'http://mns.aliyuncs.com/doc/v1/'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
/** Codes of a handle that is outdated, or whose message has gone (smq.md 6.3). */
const expiredCodes = ['receipthandleerror', 'messagenotexist']

// ---------------------------------------------------------------------------------------------------------- requests

/** Body of BatchDeleteMessage. */
export function receiptHandlesXml(handles: readonly string[]): string {
  const items = handles.map((handle) => `<ReceiptHandle>${escapeXml(handle)}</ReceiptHandle>`).join('')
  return `${DECLARATION}<ReceiptHandles xmlns="${NAMESPACE}">${items}</ReceiptHandles>`
}

/** Body of SendMessage; the text is escaped, not encoded. */
export function messageXml(body: string): string {
  return `${DECLARATION}<Message xmlns="${NAMESPACE}"><MessageBody>${escapeXml(body)}</MessageBody></Message>`
}

// ----------------------------------------------------------------------------------------------------------- answers

/** The messages of a `Messages` root, or of a `Message` alone. @throws {Error} where the answer is something else */
export function readMessages(root: XmlElement): SmqMessage[] {
  if (root.name === 'Message') return [readMessage(root)]
  expectRoot(root, 'Messages')
  return childrenNamed(root, 'Message').map(readMessage)
}

function readMessage(element: XmlElement): SmqMessage {
  const messageId = childText(element, 'MessageId')
  const body = childText(element, 'MessageBody')
  if (messageId === undefined || messageId === '') throw new Error('a message without MessageId')
  if (body === undefined) throw new Error(`message ${messageId} without MessageBody`)
  return {
    messageId,
    body,
    receiptHandle: childText(element, 'ReceiptHandle') || undefined,
    enqueueTimeMs: childNumber(element, 'EnqueueTime'),
    nextVisibleTimeMs: childNumber(element, 'NextVisibleTime'),
    firstDequeueTimeMs: childNumber(element, 'FirstDequeueTime'),
    dequeueCount: childNumber(element, 'DequeueCount') ?? 0,
    priority: childNumber(element, 'Priority'),
    groupId: childText(element, 'MessageGroupId') || undefined,
    userProperties: readProperties(element, 'UserProperties'),
    systemProperties: readProperties(element, 'SystemProperties'),
  }
}

/** `PropertyValue` or `SystemPropertyValue` entries. */
function readProperties(message: XmlElement, name: string): ReadonlyMap<string, SmqProperty> {
  const list = message.children.find((child) => child.name === name)
  const properties = new Map<string, SmqProperty>()
  for (const entry of list?.children ?? []) {
    const key = childText(entry, 'Name')
    const value = childText(entry, 'Value')
    if (key === undefined || value === undefined) continue
    properties.set(key, { type: childText(entry, 'Type') ?? 'STRING', value })
  }
  return properties
}

/** The failures of a batch delete; `undefined` where the answer is a failure of the whole call. */
export function readDeleteFailures(root: XmlElement): DeleteFailure[] | undefined {
  if (root.name !== 'Errors') return undefined
  return childrenNamed(root, 'Error').map((error) => {
    const code = childText(error, 'ErrorCode') ?? childText(error, 'Code') ?? ''
    return {
      receiptHandle: childText(error, 'ReceiptHandle') ?? '',
      code,
      message: childText(error, 'ErrorMessage') ?? childText(error, 'Message') ?? '',
      isExpired: expiredCodes.includes(code.toLowerCase()),
    }
  })
}

/** The new handle after ChangeMessageVisibility. @throws {Error} where the answer is something else */
export function readReceipt(root: XmlElement): Receipt {
  expectRoot(root, 'ChangeVisibility')
  const receiptHandle = childText(root, 'ReceiptHandle')
  if (!receiptHandle) throw new Error('a changed visibility without ReceiptHandle')
  return { receiptHandle, nextVisibleTimeMs: childNumber(root, 'NextVisibleTime') }
}

/** @throws {Error} where the answer is something else */
export function readSentMessageId(root: XmlElement): string {
  expectRoot(root, 'Message')
  const messageId = childText(root, 'MessageId')
  if (!messageId) throw new Error('a sent message without MessageId')
  return messageId
}

/** What a queue tells of itself; seconds become milliseconds. @throws {Error} where the answer is something else */
export function readAttributes(root: XmlElement): QueueAttributes {
  expectRoot(root, 'Queue')
  const visibilitySeconds = childNumber(root, 'VisibilityTimeout')
  return {
    visibilityTimeoutMs: visibilitySeconds === undefined ? undefined : visibilitySeconds * 1000,
    activeMessages: childNumber(root, 'ActiveMessages'),
    inactiveMessages: childNumber(root, 'InactiveMessages'),
    delayedMessages: childNumber(root, 'DelayMessages'),
  }
}

/** One page of queue names, from their URLs; without a marker it is the last. */
export function readQueueNames(root: XmlElement): { names: string[]; nextMarker: string | undefined } {
  expectRoot(root, 'Queues')
  const names = childrenNamed(root, 'Queue').flatMap((queue) => {
    const url = childText(queue, 'QueueURL')?.trim() ?? ''
    const name = /\/queues\/([^/?]+)\/?$/.exec(url)?.[1] ?? childText(queue, 'QueueName')
    return name === undefined ? [] : [name]
  })
  return { names, nextMarker: childText(root, 'NextMarker')?.trim() || undefined }
}

function expectRoot(root: XmlElement, name: string): void {
  if (root.name !== name) throw new Error(`<${root.name}> where <${name}> was expected`)
}

const childrenNamed = (element: XmlElement, name: string) => element.children.filter((child) => child.name === name)

/** A number not below zero; `undefined` for anything else. */
function childNumber(element: XmlElement, name: string): number | undefined {
  const text = childText(element, name)?.trim() ?? ''
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined
}
