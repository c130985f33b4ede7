import { describe, expect, it } from 'vitest'
import { substitute } from '../../src/config/substitute.ts'
import { parseYaml } from '../../src/config/yaml-tree.ts'

const sources = {
  env: { NAME: 'web', EMPTY: '', DOLLARS: 'a$$b${env:NAME}', NUMBER: '0123', YAML: '[1, {a: b}] # no' },
  readFile: (path: string) => {
    const files: Record<string, string> = { 'secret.txt': 'p:a"s\n', 'crlf.txt': 'x\r\n', 'two.txt': 'x\n\n' }
    const text = files[path]
    if (text === undefined) throw new Error('ENOENT: no such file')
    return text
  },
}

describe('substitute', () => {
  it.each([
    ['plain', 'plain'],
    ['${env:NAME}', 'web'],
    ['http://${env:NAME}:${env:NUMBER}/', 'http://web:0123/'],
    ['${env:MISSING:-x}', 'x'],
    ['${env:MISSING:-}', ''],
    ['${env:MISSING:-http://h:1/a:-b}', 'http://h:1/a:-b'],
    ['${env:NAME:-x}', 'web'],
    ['${env:EMPTY:-x}', ''],
    ['${file:secret.txt}', 'p:a"s'],
    ['${file:crlf.txt}', 'x'],
    ['${file:two.txt}', 'x\n'],
    ['$$', '$'],
    ['$${env:NAME}', '${env:NAME}'],
    ['$$$${env:NAME}', '$${env:NAME}'],
    ['$$${env:NAME}', '$web'],
    ['costs $5', 'costs $5'],
    ['${env:DOLLARS}', 'a$$b${env:NAME}'],
  ])('turns %j into %j', (text, expected) => {
    expect(substitute(text, sources)).toEqual({ text: expected })
  })

  it.each([
    ['${env:MISSING}', 'needs the environment variable MISSING, which is not set'],
    ['${NAME}', 'uses ${NAME}: write ${env:NAME}'],
    ['${NAME:-x}', 'uses ${NAME:-x}: write ${env:NAME:-x}'],
    ['${vault:x}', 'uses ${vault:x}, which names no known source'],
    ['${}', 'uses ${}, which names no known source'],
    ['${env:}', '"" is no name of a variable'],
    ['${env:A B}', '"A B" is no name of a variable'],
    ['${env:A:-${env:B}}', 'nests one ${ in another'],
    ['${env:NAME', 'has a ${ that is not closed'],
    ['${file:nowhere}', 'needs the file "nowhere", which cannot be read: ENOENT'],
    ['${file:}', 'uses ${file:} without a path'],
  ])('refuses %j because it %s', (text, message) => {
    expect(substitute(text, sources)).toEqual(expect.objectContaining({ fault: expect.stringContaining(message) }))
  })
})

describe('a substituted YAML value', () => {
  const treeOf = (text: string) => parseYaml(text, sources).tree?.value

  it('stays text, whatever it looks like', () => {
    expect(treeOf('a: ${env:NUMBER}\nb: ${env:YAML}\nc: ${env:EMPTY}\nd: 0123')).toEqual({
      a: '0123',
      b: '[1, {a: b}] # no',
      c: '',
      d: 123,
    })
  })

  it('is found in lists, in block text and behind aliases, but keys and comments are left alone', () => {
    expect(treeOf('# ${env:MISSING}\n"${env:NAME}": [&n "${env:NAME}", *n]\nb: |\n  x ${env:NAME}')).toEqual({
      '${env:NAME}': ['web', 'web'],
      b: 'x web\n',
    })
  })

  it('is not looked at again when an alias repeats it', () => {
    expect(treeOf('a: &d ${env:DOLLARS}\nb: *d')).toEqual({ a: 'a$$b${env:NAME}', b: 'a$$b${env:NAME}' })
  })
})
