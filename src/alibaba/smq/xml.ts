import { SaxesParser } from 'saxes'

/** An element by its local name: SMQ's namespace is written in several ways, or not at all (smq.md section 6). */
export interface XmlElement {
  readonly name: string
  readonly children: readonly XmlElement[]
  /** The character data directly inside, exactly as sent: nothing trimmed, numbers left as text. */
  readonly text: string
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

/** No answer of SMQ nests deeper than six. */
const maxDepth = 32
/** XML has no way to write these, but a message may hold them, and servers pass them on. */
const toleratedFaults = ['disallowed character.', 'malformed character entity.']

/**
 * The root element of a document. Namespaces, attributes, comments and instructions are passed over; nothing is loaded from
 * outside, and entities of a DTD are unknown.
 *
 * @throws {SyntaxError} where the text is not well-formed, or nested too deeply
 */
export function parseXml(document: string): XmlElement {
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let sawReference = false
  const parser = new SaxesParser({ position: false })
  parser.on('error', ({ message }) => {
    const fault = toleratedFaults.find((each) => message.endsWith(each))
    if (fault === undefined) throw new SyntaxError(`not well-formed XML: ${message}`)
    if (fault === 'malformed character entity.') sawReference = true
  })
  parser.on('opentagstart', ({ name }) => {
    if (open.length >= maxDepth) throw new SyntaxError(`XML nested deeper than ${maxDepth}`)
    const element: OpenElement = { name: name.slice(name.indexOf(':') + 1), children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  const append = (text: string) => {
    const current = open.at(-1)
    if (current !== undefined) current.text += text
  }
  parser.on('cdata', append)
  parser.on('text', (text) => {
    append(sawReference ? withControlCharacters(text) : text)
    sawReference = false
  })
  parser.write(document).close()
  if (root === undefined) throw new SyntaxError('an XML document without an element')
  return root
}

/** The text of the first child of that name; `undefined` where there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

/** Text for the inside of an element. A carriage return would come out as a line feed if it were written as it is. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>\r]/g, (character) => escapes[character] ?? character)
}

/** `&#27;` and the like, which the parser leaves as they stand because XML 1.0 has no such characters. */
function withControlCharacters(text: string): string {
  return text.replaceAll(/&#(?:x([0-9a-f]{1,4})|([0-9]{1,5}));/gi, (reference, hex: string, decimal: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code < 0x20 || code === 0xfffe || code === 0xffff ? String.fromCharCode(code) : reference
  })
}
