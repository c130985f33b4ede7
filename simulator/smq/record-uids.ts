/**
 * The `log.record.uid` of each record that a message stands for: `eventId` for an ActionTrail event,
 * CloudEvents `source` and `id`, else the message's own id; one for each event of an OSS notification.
 */
export function recordUids(body: string, messageId: string): string[] {
  const event = parseObject(decodedBody(body))
  const data = objectOf(event?.['data'])
  if (event?.['specversion'] !== undefined) {
    const { eventId } = data ?? {}
    const isAudit = event['source'] === 'acs.actiontrail' || /:ActionTrail:/.test(String(event['type']))
    if (isAudit && typeof eventId === 'string') return [eventId]
    if (typeof event['source'] === 'string' && typeof event['id'] === 'string') {
      return [`${event['source']}/${event['id']}`]
    }
  }
  const events = event?.['events']
  if (Array.isArray(events) && events.length > 0 && events.every((each) => objectOf(each)?.['oss'] !== undefined)) {
    return events.length === 1 ? [messageId] : events.map((_, index) => `${messageId}/${index}`)
  }
  return [messageId]
}

/** Base64 or text, told apart as smq.md 9 says. */
export function decodedBody(body: string): string {
  const trimmed = body.trim()
  const compact = trimmed.replace(/[\r\n]/g, '')
  if (/^[{[<]/.test(trimmed) || compact.length < 8 || compact.length % 4 !== 0) return body
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return body
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'))
    return /[^\P{Cc}\t\r\n]/u.test(text) ? body : text
  } catch {
    return body
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function parseObject(text: string): JsonObject | undefined {
  try {
    return objectOf(JSON.parse(text))
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}
