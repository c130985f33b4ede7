import { childText, escapeXml, parseXml, type XmlElement } from '../../src/alibaba/smq/xml.ts'
import { SmqFault } from './errors.ts'

export const namespace = 'http://mns.aliyuncs.com/doc/v1/'

/** How the server writes the text of message bodies; clients must read each form. */
export type TextStyle = 'entities' | 'cdata' | 'numeric'

/** Text for the inside of an element. */
export function styledText(text: string, style: TextStyle): string {
  if (style === 'numeric') {
    return text.replace(/[^\x20-\x7e]|[&<>"']/gu, (char) => `&#x${char.codePointAt(0)?.toString(16)};`)
  }
  // A carriage return inside CDATA would come out as a line feed.
  if (style === 'entities' || text.includes('\r')) return escapeXml(text)
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}

/** XML 1.0 has no way to hold these, not even as a reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/**
 * The root of a request's body.
 * @throws {SmqFault} MalformedXML when it is no XML, InvalidArgument when the root has another name
 */
export function parseBody(body: Buffer, ...roots: readonly string[]): XmlElement {
  let root: XmlElement
  try {
    root = parseXml(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw new SmqFault('MalformedXML', `The XML you provided was not well-formed: ${String(error)}`)
  }
  if (!roots.includes(root.name)) {
    throw new SmqFault('InvalidArgument', `The root of the body is ${root.name}, not ${roots.join(' or ')}.`)
  }
  return root
}

/** The text of a child. @throws {SmqFault} MalformedXML when it holds characters that XML cannot hold */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = childText(element, name)
  if (text !== undefined && unspeakable.test(text)) {
    throw new SmqFault('MalformedXML', `${name} holds a character that XML cannot hold.`)
  }
  return text
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** `<name>text</name>`, the text escaped. */
export function element(name: string, text: string | number): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`
}
