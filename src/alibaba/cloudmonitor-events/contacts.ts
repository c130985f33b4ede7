import { formatJson, isJsonObject, type Json, type JsonObject, jsonInText } from '../../lossless-json.ts'

/** Who is told of an alert, and how: personal data, and webhooks with tokens (cloudmonitor.md 3.2). */
const contactName = /contact|mail|sms|phone|on_?call|webhook|dingding|dingtalk|^ding|^send(?:detail|resultlist)$/i

const isContactName = (name: Json | undefined) => typeof name === 'string' && contactName.test(name)

/** An alert without contacts at any depth, also inside of JSON that is kept as text. */
export function withoutContacts(alert: JsonObject): JsonObject {
  const kept = Object.entries(alert).filter(([name]) => !isContactName(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, cleaned(value)]))
}

function cleaned(value: Json): Json {
  if (Array.isArray(value)) return value.filter((item) => !isContactPair(item)).map(cleaned)
  if (isJsonObject(value)) return withoutContacts(value)
  const inner = jsonInText(value)
  return inner === value || inner === undefined ? value : formatJson(cleaned(inner))
}

/** `{ Key: "Mail", Value: … }`, as the vendor writes maps. */
function isContactPair(item: Json): boolean {
  return isJsonObject(item) && 'Value' in item && (isContactName(item['Key']) || isContactName(item['Name']))
}

const mask = 'REDACTED'

/**
 * A text in which what looks like a mail address, a phone number or a URL is masked: for what cannot be told by its name.
 * Mobile numbers of mainland China, numbers with a country code, and numbers with an area code are known.
 */
export function maskContacts(text: string): string {
  return text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>\\]+/gi, mask)
    .replace(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu, mask)
    .replace(/(?<![\d.])\+\d[\d ()-]{6,17}\d/g, mask)
    .replace(/(?<!\d)(?:86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/g, mask)
    .replace(/(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/g, mask)
}
