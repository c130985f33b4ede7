import { compilePattern, PatternError } from '../../linear-pattern.ts'
import type { DecodedAttribute, DecodedValue } from '../../otlp/decode.ts'
import type { StepRecord } from '../outlet.ts'
import { leafTexts } from './record-values.ts'

/** What is wrong with an expression, and at which character of it (from 0). */
export class ExpressionError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.name = 'ExpressionError'
    this.at = at
  }
}

export type RecordTest = (record: StepRecord, resource: readonly DecodedAttribute[]) => boolean

/** `undefined`: the record does not have it. */
type Operand = (record: StepRecord, resource: readonly DecodedAttribute[]) => DecodedValue | undefined

type TokenKind = 'word' | 'text' | 'number' | 'sign' | 'end'
interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly at: number
}

const severityNames = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
const tokenForms =
  /(\s+)|([A-Za-z_][A-Za-z0-9_]*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(==|!=|<=|>=|[<>()[\]])/suy
const orderings: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}
const operators = '==, !=, <, <=, >, >=, contains, matches'
const operandForms = 'severity, body, event_name, attributes["name"], resource["name"]'
const maxDepth = 100

/**
 * Compiles an expression over a record:
 *
 *     or      := and ('or' and)*
 *     and     := not ('and' not)*
 *     not     := 'not' not | '(' or ')' | test
 *     test    := operand ('==' | '!=') (text | number | true | false | level)
 *              | operand ('<' | '<=' | '>' | '>=') (number | level)
 *              | operand ('contains' | 'matches') text
 *     operand := 'severity' | 'event_name' | ('body' | 'attributes' | 'resource') ('[' text ']')*
 *
 * A test of what the record does not have is false, whatever the operator. A text that is a number counts as that number
 * where it is compared with one: SLS knows only texts.
 *
 * @throws {ExpressionError}
 */
export function compileExpression(source: string): RecordTest {
  return new Parser(source).parse()
}

/**
 * The names of the attributes that an expression asks for.
 * @throws {ExpressionError}
 */
export function attributesIn(source: string): ReadonlySet<string> {
  const parser = new Parser(source)
  parser.parse()
  return parser.attributes
}

class Parser {
  readonly attributes = new Set<string>()
  private readonly tokens: readonly Token[]
  private next = 0
  private depth = 0

  constructor(source: string) {
    this.tokens = tokensOf(source)
  }

  parse(): RecordTest {
    const test = this.or()
    const { kind, text, at } = this.peek()
    if (kind !== 'end') throw new ExpressionError(`expects and, or, or the end, not ${text}`, at)
    return test
  }

  private or(): RecordTest {
    let test = this.and()
    while (this.takes('or')) {
      const left = test
      const right = this.and()
      test = (record, resource) => left(record, resource) || right(record, resource)
    }
    return test
  }

  private and(): RecordTest {
    let test = this.not()
    while (this.takes('and')) {
      const left = test
      const right = this.not()
      test = (record, resource) => left(record, resource) && right(record, resource)
    }
    return test
  }

  private not(): RecordTest {
    if (++this.depth > maxDepth) throw new ExpressionError('is nested too deeply', this.peek().at)
    const test = this.negatedOrGrouped() ?? this.test()
    this.depth--
    return test
  }

  private negatedOrGrouped(): RecordTest | undefined {
    if (this.takes('not')) {
      const test = this.not()
      return (record, resource) => !test(record, resource)
    }
    if (!this.takes('(')) return undefined
    const test = this.or()
    this.expect(')')
    return test
  }

  private test(): RecordTest {
    const { operand, isSeverity } = this.operand()
    const { text: operator, at } = this.take()
    if (operator === '==' || operator === '!=') {
      const value = this.literal(isSeverity)
      const wanted = operator === '=='
      return (record, resource) => {
        const found = operand(record, resource)
        return found !== undefined && equals(found, value) === wanted
      }
    }
    const ordering = Object.hasOwn(orderings, operator) ? orderings[operator] : undefined
    if (ordering !== undefined) {
      const valueAt = this.peek().at
      const value = this.literal(isSeverity)
      if (typeof value !== 'number') throw new ExpressionError(`expects a number after ${operator}`, valueAt)
      return (record, resource) => {
        const found = numberOf(operand(record, resource))
        return found !== undefined && ordering(found, value)
      }
    }
    if (operator !== 'contains' && operator !== 'matches') {
      throw new ExpressionError(`expects one of ${operators}, not ${operator || 'the end'}`, at)
    }
    const fits = this.textTest(operator)
    return (record, resource) => {
      const found = operand(record, resource)
      return found !== undefined && leafTexts(found).some(fits)
    }
  }

  private textTest(operator: 'contains' | 'matches'): (text: string) => boolean {
    const { kind, text, at } = this.take()
    if (kind !== 'text') throw new ExpressionError(`expects a text in quotes after ${operator}`, at)
    if (operator === 'contains') return (found) => found.includes(text)
    try {
      return compilePattern(text)
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      throw new ExpressionError(`has a pattern that ${error.message}, at character ${error.at + 1} of the pattern`, at)
    }
  }

  private operand(): { operand: Operand; isSeverity: boolean } {
    const { kind, text: name, at } = this.take()
    if (kind !== 'word') throw new ExpressionError(`expects one of ${operandForms}, not ${name || 'the end'}`, at)
    const path = this.path()
    const isMap = name === 'attributes' || name === 'resource'
    if (isMap && path.length === 0) throw new ExpressionError(`expects ["name"] after ${name}`, this.peek().at)
    if (!isMap && name !== 'body' && path.length > 0) throw new ExpressionError(`has no parts: ${name}`, at)
    switch (name) {
      case 'attributes':
        this.attributes.add(path[0] ?? '')
        return { operand: ({ attributes }) => valueAt({ pairs: attributes }, path), isSeverity: false }
      case 'resource':
        return { operand: (_, resource) => valueAt({ pairs: resource }, path), isSeverity: false }
      case 'body':
        return { operand: ({ body }) => (body === null ? undefined : valueAt(body, path)), isSeverity: false }
      case 'severity':
        return { operand: ({ severityNumber }) => severityNumber || undefined, isSeverity: true }
      case 'event_name':
        return { operand: ({ eventName }) => eventName || undefined, isSeverity: false }
      default:
        throw new ExpressionError(`does not know ${name}: it knows ${operandForms}`, at)
    }
  }

  private path(): string[] {
    const path: string[] = []
    while (this.takes('[')) {
      const { kind, text, at } = this.take()
      if (kind !== 'text') throw new ExpressionError('expects a name in quotes after [', at)
      path.push(text)
      this.expect(']')
    }
    return path
  }

  private literal(isSeverity: boolean): string | number | boolean {
    const { kind, text, at } = this.take()
    if (isSeverity) {
      const level = kind === 'number' ? Number(text) : kind === 'word' ? severityOf(text) : undefined
      if (level === undefined || !Number.isInteger(level) || level < 1 || level > 24) {
        throw new ExpressionError(`expects ${severityNames.join(', ')}, or a number from 1 to 24`, at)
      }
      return level
    }
    if (kind === 'number') return Number(text)
    if (kind === 'text') return text
    if (kind === 'word' && (text === 'true' || text === 'false')) return text === 'true'
    throw new ExpressionError(`expects a text in quotes, a number, true or false, not ${text || 'the end'}`, at)
  }

  private peek(): Token {
    return this.tokens[this.next] as Token
  }

  private take(): Token {
    const token = this.peek()
    if (token.kind !== 'end') this.next++
    return token
  }

  /** Passes over this word or sign if it is next. */
  private takes(text: string): boolean {
    const token = this.peek()
    const isNext = (token.kind === 'word' || token.kind === 'sign') && token.text === text
    if (isNext) this.next++
    return isNext
  }

  private expect(sign: string): void {
    const { text, at } = this.peek()
    if (!this.takes(sign)) throw new ExpressionError(`expects ${sign}, not ${text || 'the end'}`, at)
  }
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    tokenForms.lastIndex = at
    const [whole, space, word, text, number] = tokenForms.exec(source) ?? []
    if (whole === undefined) {
      const isQuote = source[at] === '"' || source[at] === "'"
      throw new ExpressionError(isQuote ? 'has a quote that is not closed' : `does not know ${source[at]}`, at)
    }
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at })
    // A backslash stands for itself but before a quote or another one, so that patterns need no second one.
    else if (text !== undefined) {
      tokens.push({ kind: 'text', text: text.slice(1, -1).replaceAll(/\\(["'\\])/g, '$1'), at })
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (space === undefined) tokens.push({ kind: 'sign', text: whole, at })
    at += whole.length
  }
  tokens.push({ kind: 'end', text: '', at })
  return tokens
}

/** WARN is 13, WARN2 14, … */
function severityOf(name: string): number | undefined {
  const [, level = '', step = '1'] = /^([A-Z]+)([2-4])?$/.exec(name) ?? []
  const index = severityNames.indexOf(level)
  return index < 0 ? undefined : index * 4 + Number(step)
}

function valueAt(value: DecodedValue, path: readonly string[]): DecodedValue | undefined {
  let at: DecodedValue | undefined = value
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !('pairs' in at)) return undefined
    at = at.pairs.find(({ key }) => key === name)?.value
  }
  return at ?? undefined
}

function equals(found: DecodedValue, wanted: string | number | boolean): boolean {
  return typeof wanted === 'number' ? numberOf(found) === wanted : found === wanted
}

function numberOf(value: DecodedValue | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}
