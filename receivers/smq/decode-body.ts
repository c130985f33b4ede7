import { isUtf8 } from 'node:buffer'

export type DecodeMode = 'auto' | 'base64' | 'raw'

/** What a message holds. `bytes`: Base64 that is no text. `undecodable`: no Base64 where it should be; kept as it came. */
export type DecodedBody =
  | { readonly form: 'text'; readonly text: string }
  | { readonly form: 'bytes'; readonly bytes: Uint8Array }
  | { readonly form: 'undecodable'; readonly text: string }

/** Line breaks apart, which encoders put in after so many characters. */
const base64 = /^[A-Za-z0-9+/]+={0,2}$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells bytes from text
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/**
 * The content of a message body, which is text or Base64 as the producer chose; no field says which (smq.md section 9).
 * `auto` takes for Base64 what can be nothing else: a text that is mistaken for Base64 could not be told any more.
 */
export function decodeBody(body: string, mode: DecodeMode): DecodedBody {
  if (mode === 'raw') return { form: 'text', text: body }
  const packed = body.replaceAll(/[\r\n]/g, '').trim()
  const isBase64 = packed.length % 4 === 0 && base64.test(packed)
  if (mode === 'base64') {
    if (!isBase64) return body === '' ? { form: 'text', text: '' } : { form: 'undecodable', text: body }
    const bytes = Buffer.from(packed, 'base64')
    return isUtf8(bytes) ? { form: 'text', text: bytes.toString('utf8') } : { form: 'bytes', bytes }
  }
  // What begins like JSON or XML has a character that Base64 has not.
  if (!isBase64 || packed.length < 8) return { form: 'text', text: body }
  const bytes = Buffer.from(packed, 'base64')
  const text = bytes.toString('utf8')
  return isUtf8(bytes) && !controlCharacter.test(text) ? { form: 'text', text } : { form: 'text', text: body }
}
