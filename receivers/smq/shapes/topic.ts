import { childText, parseXml } from '../../../src/alibaba/smq/xml.ts'
import { type JsonObject, scalarText } from '../../../src/lossless-json.ts'

/** What an SMQ topic puts around a publisher's text. */
export interface TopicEnvelope {
  readonly form: 'json' | 'xml'
  readonly message: string
  readonly topic: string
  readonly owner: string | undefined
  readonly subscription: string | undefined
  readonly messageId: string | undefined
  readonly tag: string | undefined
  /** Milliseconds since the epoch, as text. */
  readonly publishTime: string | undefined
}

/** The envelope in its JSON form; `undefined` for any other object. */
export function readTopicJson(json: JsonObject): TopicEnvelope | undefined {
  return readEnvelope('json', (name) => scalarText(json[name]) ?? (json[name] === '' ? '' : undefined))
}

/** The envelope in its XML form; `undefined` for any other text. */
export function readTopicXml(text: string): TopicEnvelope | undefined {
  if (!text.includes('<Notification') && !text.includes(':Notification')) return undefined
  try {
    const root = parseXml(text.trim())
    return root.name === 'Notification' ? readEnvelope('xml', (name) => childText(root, name)) : undefined
  } catch {
    return undefined
  }
}

function readEnvelope(
  form: TopicEnvelope['form'],
  member: (name: string) => string | undefined,
): TopicEnvelope | undefined {
  const topic = member('TopicName')
  const message = member('Message')
  if (topic === undefined || message === undefined) return undefined
  return {
    form,
    message,
    topic,
    owner: member('TopicOwner'),
    subscription: member('SubscriptionName'),
    messageId: member('MessageId'),
    tag: member('MessageTag'),
    publishTime: member('PublishTime'),
  }
}
