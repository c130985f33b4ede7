import { describe, expect, it } from 'vitest'
import { childText, escapeXml, parseXml } from '../../../src/alibaba/smq/xml.ts'

const body = (content: string) =>
  childText(parseXml(`<Message><MessageBody>${content}</MessageBody></Message>`), 'MessageBody')

describe('parseXml', () => {
  it.each([
    ['the five named entities', '&lt;a b=&quot;c&quot;&gt; &amp; &apos;d&apos;', '<a b="c"> & \'d\''],
    ['numeric references', '&#20013;&#x4e2d;&#10;&#13;&#x1F600;', '中中\n\r😀'],
    ['CDATA, beside text', 'a<![CDATA[<b>&amp;&#27;]]>c', 'a<b>&amp;&#27;c'],
    ['blanks around and inside', '  \n\t two  blanks \n', '  \n\t two  blanks \n'],
    ['text that looks like a number', '007', '007'],
    ['a long number', '12345678901234567890', '12345678901234567890'],
    ['text that looks like a boolean', 'true', 'true'],
    ['nothing', '', ''],
    ['characters that XML does not have', 'a\u001b[31mb', 'a\u001b[31mb'],
    ['references to such', '&#27;[31m&#x1B;&amp;', '\u001b[31m\u001b&'],
    ['a double escape', '&amp;lt;', '&lt;'],
    ['comments', 'a<!-- b -->c', 'ac'],
  ])('keeps %s', (_what, written, read) => {
    expect(body(written)).toBe(read)
  })

  it('names elements without their prefix, whatever the namespace', () => {
    const root = parseXml(
      '<?xml version="1.0"?>\n<m:Message xmlns:m="urn:x"><m:MessageId a="1">i</m:MessageId></m:Message>\n',
    )
    expect(root.name).toBe('Message')
    expect(childText(root, 'MessageId')).toBe('i')
    expect(childText(root, 'Nothing')).toBeUndefined()
  })

  it.each([
    ['an entity of a DTD', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'],
    ['an element left open', '<a><b></a>'],
    ['a page of a gateway', 'Bad Gateway'],
    ['nothing at all', ''],
    ['deep nesting', '<a>'.repeat(40)],
  ])('refuses %s', (_what, text) => {
    expect(() => parseXml(text)).toThrow(SyntaxError)
  })

  it('reads what escapeXml wrote as it was', () => {
    const text = 'a\r\nb & <c> "d" ]]> \u0007 中'
    expect(body(escapeXml(text))).toBe(text)
  })
})
