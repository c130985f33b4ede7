import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import { type ConfigFault, formatPath, type Path } from './fault.ts'
import { type SubstitutionSources, substitute } from './substitute.ts'

/** A configuration file as plain values, and where in the text each of them stands. */
export interface YamlTree {
  readonly value: unknown
  /** Line and column of the value at `path`, or of the nearest thing around it. With `key`: of the key before it. */
  locate(path: Path, at?: 'key' | 'value'): { line: number; column: number } | undefined
  /** How the value was written, where text was substituted into it. */
  writtenAs(path: Path): string | undefined
  /** True if the value could not be substituted; that is a fault already, so others about it are noise. */
  isUnresolved(path: Path): boolean
}

type YamlDocument = ReturnType<typeof parseDocument>

/**
 * Parses YAML 1.2 with merge keys and substitutes in every text *value* (never in keys or comments). A substituted value
 * is text and stays text: `123` out of a variable is "123".
 *
 * @returns the tree and its faults; no tree when the text is no YAML at all
 */
export function parseYaml(text: string, sources: SubstitutionSources): { tree?: YamlTree; faults: ConfigFault[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, prettyErrors: false })
  // A warning is a tag that nobody knows, such as the `!` of an unquoted exclusion; its value would be lost in silence.
  const problems = [...document.errors, ...document.warnings]
  if (problems.length > 0) return { faults: syntaxFaults(text, problems, lines) }
  const aliasFaults = findBadAliases(document, lines)
  if (aliasFaults.length > 0) return { faults: aliasFaults }

  const faults = findDuplicateKeys(document, lines)
  const written = new Map<Node, string>()
  const unresolved = new Set<Node>()
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('$')) return
      const result = substitute(node.value, sources)
      if ('fault' in result) {
        unresolved.add(node)
        const { fault, ...details } = result
        faults.push({ path: formatPath(pathOf(ancestors, key)), ...place(lines, node), message: fault, ...details })
      } else if (result.text !== node.value) {
        written.set(node, node.value)
        node.value = result.text
      }
    },
  })

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 1_000 })
  } catch (error) {
    // An alias that multiplies itself past the limit.
    return {
      faults: [{ path: '', message: `Cannot be read as YAML: ${error instanceof Error ? error.message : error}` }],
    }
  }
  const nodeAt = (path: Path) => descend(document, path)
  return {
    faults,
    tree: {
      value,
      locate: (path, at = 'value') => {
        const { node, keyNode, depth } = nodeAt(path)
        if (depth < path.length) return place(lines, keyNode ?? node)
        return place(lines, at === 'key' ? (keyNode ?? node) : (node ?? keyNode))
      },
      writtenAs: (path) => {
        const { node, depth } = nodeAt(path)
        return node !== undefined && depth === path.length ? written.get(node) : undefined
      },
      isUnresolved: (path) => {
        const { node, depth } = nodeAt(path)
        return node !== undefined && depth === path.length && unresolved.has(node)
      },
    },
  }
}

/** One fault for each line that is no YAML: what a parser says about the rest of a line follows from its beginning. */
function syntaxFaults(text: string, problems: readonly YAMLError[], lines: LineCounter): ConfigFault[] {
  const faults = new Map<number, ConfigFault>()
  for (const { code, message, pos } of problems) {
    const position = positionAt(lines, pos[0])
    if (faults.has(position.line)) continue
    const what = code === 'MULTIPLE_DOCS' ? 'a second document begins here; a configuration is one' : message
    const hint = quotingHint(text.split('\n')[position.line - 1] ?? '', position.column)
    faults.set(position.line, { path: '', ...position, message: `Cannot be read as YAML: ${what}`, ...hint })
  }
  return [...faults.values()]
}

/** What people forget to quote: `[*]`, `[!internal]`, and `${env:X}` within braces, where a brace ends the value. */
function quotingHint(source: string, column: number): Pick<ConfigFault, 'suggestion'> {
  const [unquoted] = /^[*!][^\s,\]"']*/.exec(source.slice(column - 1)) ?? []
  const [, reference] = /[{[][^"'$]*?(\$\{[^}]*\})/.exec(source) ?? []
  const suggestion = unquoted ?? reference
  return suggestion === undefined ? {} : { suggestion: `"${suggestion}"` }
}

function findDuplicateKeys(document: YamlDocument, lines: LineCounter): ConfigFault[] {
  const faults: ConfigFault[] = []
  visit(document, {
    Map(key, map, ancestors) {
      const seen = new Map<string, Node>()
      for (const pair of map.items) {
        if (!isScalar(pair.key) || isMergeKey(pair.key)) continue
        const name = String(pair.key.value)
        const first = seen.get(name)
        if (first === undefined) seen.set(name, pair.key)
        else
          faults.push({
            path: formatPath([...pathOf(ancestors, key), name]),
            ...place(lines, pair.key),
            message: `is written twice; the first is on line ${place(lines, first)?.line}`,
          })
      }
    },
  })
  return faults
}

function findBadAliases(document: YamlDocument, lines: LineCounter): ConfigFault[] {
  const faults: ConfigFault[] = []
  visit(document, {
    Alias(key, alias, ancestors) {
      const target = alias.resolve(document)
      const path = formatPath(pathOf(ancestors, key))
      if (target === undefined)
        faults.push({
          path,
          ...place(lines, alias),
          message: `uses *${alias.source}, but nothing before it is marked &${alias.source}`,
        })
      else if (ancestors.includes(target))
        faults.push({
          path,
          ...place(lines, alias),
          message: `uses *${alias.source} inside of &${alias.source} itself`,
        })
    },
  })
  return faults
}

/** The path of a visited node. A value within a map has its pair as the last ancestor. */
function pathOf(ancestors: readonly unknown[], key: string | number | null): Path {
  const path: (string | number)[] = []
  const chain = [...ancestors]
  for (const [index, node] of chain.entries()) {
    if (isPair(node)) path.push(isScalar(node.key) ? String(node.key.value) : '?')
    else if (isSeq(node)) {
      const position = index === chain.length - 1 ? key : node.items.indexOf(chain[index + 1])
      if (typeof position === 'number') path.push(position)
    }
  }
  return path
}

/** Walks as far as the text goes; what a default or a merge brought ends at the last node that was written. */
function descend(
  document: YamlDocument,
  path: Path,
): { node: Node | undefined; keyNode: Node | undefined; depth: number } {
  let node: Node | undefined = document.contents ?? undefined
  let keyNode: Node | undefined
  for (const [depth, step] of path.entries()) {
    const next = childOf(document, node, step)
    if (next === undefined) return { node, keyNode, depth }
    keyNode = next.keyNode
    node = next.node
  }
  return { node, keyNode, depth: path.length }
}

function childOf(
  document: YamlDocument,
  parent: Node | undefined,
  step: string | number,
): { node: Node | undefined; keyNode: Node | undefined } | undefined {
  const container = isAlias(parent) ? parent.resolve(document) : parent
  if (isSeq<Node>(container)) {
    const node = typeof step === 'number' ? container.items[step] : undefined
    return node && { node, keyNode: undefined }
  }
  if (!isMap<Node, Node | null>(container)) return undefined
  for (const { key, value } of container.items) {
    if (isScalar(key) && String(key.value) === String(step)) return { node: value ?? undefined, keyNode: key }
  }
  for (const { key, value } of container.items) {
    if (!isMergeKey(key)) continue
    for (const source of isSeq<Node>(value) ? value.items : [value ?? undefined]) {
      const found = childOf(document, source, step)
      if (found !== undefined) return found
    }
  }
  return undefined
}

function place(lines: LineCounter, node: Node | undefined): { line: number; column: number } | undefined {
  const offset = node?.range?.[0]
  return offset === undefined ? undefined : positionAt(lines, offset)
}

function positionAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

/** The parser turns the key `<<` into a symbol, so that it differs from a quoted "<<". */
const isMergeKey = (key: unknown) => isScalar(key) && typeof key.value === 'symbol' && key.value.description === '<<'
