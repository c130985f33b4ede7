/** What is wrong with a pattern, and at which character of it (from 0). */
export class PatternError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.name = 'PatternError'
    this.at = at
  }
}

type Node =
  | { readonly is: 'set'; readonly has: (codePoint: number) => boolean }
  | { readonly is: 'start' | 'end' }
  | { readonly is: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly is: 'choice'; readonly nodes: readonly Node[] }
  | { readonly is: 'repeat'; readonly node: Node; readonly min: number; readonly max: number }

/** `split` goes on at both places, `jump` at one; a `set` takes one code point. */
type Step =
  | { readonly is: 'set'; readonly has: (codePoint: number) => boolean }
  | { readonly is: 'start' | 'end' | 'match' }
  | { is: 'split'; one: number; other: number }
  | { is: 'jump'; to: number }

/** The work per character of a text is bounded by this. */
const maxSteps = 2000
const maxRepeat = 1000
const maxDepth = 100

/**
 * Compiles a regular expression that is tried in time proportional to the text: all ways through it are followed side by
 * side, none is tried again (JavaScript's own engine may take years over a text that somebody chose with care).
 * Understood: literals, `.`, classes, `\d \w \s`, groups, `|`, `* + ? {n,m}`, `^`, `$`, and `(?i)` at the start. Not
 * understood: look-around, back references, `\b`.
 *
 * @returns whether the pattern is found anywhere in a text
 * @throws {PatternError}
 */
export function compilePattern(source: string): (text: string) => boolean {
  const steps: Step[] = []
  emit(new Parser(source).parse(), steps)
  steps.push({ is: 'match' })
  return (text) => isFound(steps, text)
}

class Parser {
  private readonly source: string
  private readonly flags: string
  private at = 0
  private depth = 0

  constructor(source: string) {
    this.source = source
    const ignoresCase = source.startsWith('(?i)')
    if (ignoresCase) this.at = 4
    this.flags = ignoresCase ? 'ui' : 'u'
  }

  parse(): Node {
    const node = this.choice()
    if (this.at < this.source.length) throw new PatternError('has a ")" that closes nothing', this.at)
    return node
  }

  private choice(): Node {
    const nodes = [this.sequence()]
    while (this.source[this.at] === '|') {
      this.at++
      nodes.push(this.sequence())
    }
    return nodes.length === 1 ? (nodes[0] as Node) : { is: 'choice', nodes }
  }

  private sequence(): Node {
    const nodes: Node[] = []
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] as string)) {
      nodes.push(this.repeated(this.atom()))
    }
    return { is: 'sequence', nodes }
  }

  private atom(): Node {
    const { source, at } = this
    const char = source[at] as string
    if (char === '(') return this.group()
    if (char === '^' || char === '$') {
      this.at++
      return { is: char === '^' ? 'start' : 'end' }
    }
    if ('*+?{'.includes(char)) throw new PatternError(`has a "${char}" that repeats nothing`, at)
    return this.set(char)
  }

  private group(): Node {
    const opened = this.at++
    if (this.source[this.at] === '?') {
      if (this.source[this.at + 1] !== ':') throw new PatternError('uses a kind of group that is not known', opened)
      this.at += 2
    }
    if (++this.depth > maxDepth) throw new PatternError('is nested too deeply', opened)
    const node = this.choice()
    this.depth--
    if (this.source[this.at] !== ')') throw new PatternError('has a "(" that is not closed', opened)
    this.at++
    return node
  }

  /** One character, class or escape; JavaScript's engine knows what is in it. */
  private set(char: string): Node {
    const { source, at } = this
    let size = String.fromCodePoint(source.codePointAt(at) as number).length
    if (char === '\\') {
      const known = /^\\(?:[dDwWsSntrfv^$\\.*+?()[\]{}|/-]|[pP]\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})/.exec(
        source.slice(at),
      )
      if (known === null) throw new PatternError('has an escape that is not known', at)
      size = known[0].length
    } else if (char === '[') {
      let end = at + 1
      while (end < source.length && source[end] !== ']') end += source[end] === '\\' ? 2 : 1
      if (end >= source.length) throw new PatternError('has a "[" that is not closed', at)
      size = end + 1 - at
    }
    this.at += size
    const text = source.slice(at, at + size)
    // Of these, JavaScript wants an escape where nothing needs one.
    const written = text === ']' || text === '}' || text === '/' ? `\\${text}` : text === '\\-' ? '-' : text
    return { is: 'set', has: this.membership(written, at) }
  }

  private membership(text: string, at: number): (codePoint: number) => boolean {
    let expression: RegExp
    try {
      expression = new RegExp(`^${text}$`, this.flags)
    } catch {
      throw new PatternError(`has a part that is not understood: ${text}`, at)
    }
    const ascii = Uint8Array.from({ length: 128 }, (_, code) => (expression.test(String.fromCharCode(code)) ? 1 : 0))
    return (codePoint) => (codePoint < 128 ? ascii[codePoint] === 1 : expression.test(String.fromCodePoint(codePoint)))
  }

  private repeated(node: Node): Node {
    const { source, at } = this
    const counts = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/.exec(source.slice(at))
    if (counts === null) return node
    const [text, least, comma, most] = counts
    let min = text === '+' ? 1 : 0
    let max = text === '?' ? 1 : Number.POSITIVE_INFINITY
    if (least !== undefined) {
      min = Number(least)
      if (comma === undefined) max = min
      else if (most !== '') max = Number(most)
    }
    if (min > max || min > maxRepeat || (Number.isFinite(max) && max > maxRepeat)) {
      throw new PatternError(`repeats too often, or less than never (at most ${maxRepeat})`, at)
    }
    this.at += text.length
    // Lazy or not, the same texts match.
    if (source[this.at] === '?') this.at++
    if (/^[*+?{]/.test(source.slice(this.at))) throw new PatternError('repeats a repetition', this.at)
    return { is: 'repeat', node, min, max }
  }
}

function emit(node: Node, steps: Step[]): void {
  if (steps.length > maxSteps) throw new PatternError('is too large', 0)
  if (node.is === 'sequence') for (const part of node.nodes) emit(part, steps)
  else if (node.is === 'choice') emitChoice(node.nodes, steps)
  else if (node.is === 'repeat') {
    for (let i = 0; i < node.min; i++) emit(node.node, steps)
    if (node.max === Number.POSITIVE_INFINITY) {
      const split = { is: 'split' as const, one: steps.length + 1, other: 0 }
      const back = steps.push(split) - 1
      emit(node.node, steps)
      steps.push({ is: 'jump', to: back })
      split.other = steps.length
      return
    }
    const splits = []
    for (let i = node.min; i < node.max; i++) {
      const split = { is: 'split' as const, one: steps.length + 1, other: 0 }
      steps.push(split)
      splits.push(split)
      emit(node.node, steps)
    }
    for (const split of splits) split.other = steps.length
  } else steps.push(node)
}

function emitChoice(nodes: readonly Node[], steps: Step[]): void {
  const jumps: { is: 'jump'; to: number }[] = []
  for (const [index, node] of nodes.entries()) {
    if (index === nodes.length - 1) {
      emit(node, steps)
      continue
    }
    const split = { is: 'split' as const, one: steps.length + 1, other: 0 }
    steps.push(split)
    emit(node, steps)
    const jump = { is: 'jump' as const, to: 0 }
    steps.push(jump)
    jumps.push(jump)
    split.other = steps.length
  }
  for (const jump of jumps) jump.to = steps.length
}

function isFound(steps: readonly Step[], text: string): boolean {
  /** The last position at which a step was reached, so that each is followed once for a character. */
  const seen = new Int32Array(steps.length).fill(-1)
  const pending: number[] = []
  let current: number[] = []
  let next: number[] = []

  /** Follows what takes no character; true where the match is reached. */
  function follow(from: number, at: number, into: number[]): boolean {
    pending.push(from)
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (seen[index] === at) continue
      seen[index] = at
      const step = steps[index] as Step
      if (step.is === 'match') return true
      if (step.is === 'set') into.push(index)
      else if (step.is === 'jump') pending.push(step.to)
      else if (step.is === 'split') pending.push(step.other, step.one)
      else if (step.is === 'start' ? at === 0 : at === text.length) pending.push(index + 1)
    }
    return false
  }

  for (let at = 0; ; ) {
    if (follow(0, at, current)) return true
    if (at >= text.length) return false
    const codePoint = text.codePointAt(at) as number
    at += codePoint > 0xffff ? 2 : 1
    next.length = 0
    for (const index of current) {
      const step = steps[index] as Step
      if (step.is === 'set' && step.has(codePoint) && follow(index + 1, at, next)) return true
    }
    ;[current, next] = [next, current]
  }
}
