import { repairText } from '../../src/otlp/attribute-bytes.ts'
import { equalsBytes } from './field-values.ts'
import type { Program } from './plan.ts'

/** Either the same program for every log of this shape, or a choice by the values of some fields. */
export type Decision = { readonly by: 'shape'; readonly program: Program } | ValueDecision

export interface ValueDecision {
  readonly by: 'value'
  readonly slots: readonly number[]
  readonly choices: Choice[]
  /** By kind, for values that are no choice: too long, or too many. */
  readonly programs: Map<string, Program>
}

export interface Choice {
  /** One for each slot of the decision. */
  readonly values: readonly Uint8Array[]
  readonly program: Program
}

/** What stands beside a node, for the moments when its cells do not suffice. */
interface FieldNode {
  readonly name: string
  /** The name as it stands in the log. */
  readonly key: Uint8Array
  readonly parent: number
  /** What to do with a log that ends here; set once one did. */
  decision: Decision | undefined
}

// A node in `cells`: the child met last, the first child, the next child of its parent (0: none), its index in `nodes`, how
// many bytes its header has, and these bytes, four to a cell.
const LIKELY = 0
const FIRST_CHILD = 1
const NEXT_SIBLING = 2
const INDEX = 3
const HEADER_BYTES = 4
const HEADER = 5

const maxCells = 2 ** 20
const maxChildren = 256
const shortestHeader = 4

/**
 * The sequences of field names met so far, as a tree: a node is a field, its children are the fields that followed it.
 * Logs of one writer repeat a handful of sequences, so a log is matched to its program by comparing each key with the one
 * that came at this place last time, without hashing and without making strings.
 *
 * A node is a number. What is read of it for each field of each log lies side by side in one array, in the order of the
 * fields, because following references from object to object took longer than comparing the keys.
 */
export class FieldTree {
  /** The node before the first field. */
  static readonly root = 0
  private cells = new Int32Array(1024)
  private used = 0
  private nodes: FieldNode[] = []

  constructor() {
    this.add(new Uint8Array(), 0)
  }

  /** Forgets all nodes where they have become too many. To be called between logs. */
  trim(): void {
    if (this.used <= maxCells) return
    this.cells = new Int32Array(1024)
    this.used = 0
    this.nodes = []
    this.add(new Uint8Array(), 0)
  }

  /**
   * The child of `node` whose header begins the `Content` message at `at`: key first, value second, nothing else. -1 where
   * no child that is known has it. `words` is the page.
   */
  follow(node: number, words: DataView, at: number, end: number): number {
    const { cells } = this
    const likely = cells[node + LIKELY] as number
    if (likely !== 0 && matchesHeader(cells, likely, words, at, end)) return likely
    for (let child = cells[node + FIRST_CHILD] as number; child !== 0; child = cells[child + NEXT_SIBLING] as number) {
      if (!matchesHeader(cells, child, words, at, end)) continue
      cells[node + LIKELY] = child
      return child
    }
    return -1
  }

  headerBytes(node: number): number {
    return this.cells[node + HEADER_BYTES] as number
  }

  /** The child of `node` with this key; made where it is new. */
  child(node: number, bytes: Uint8Array, start: number, end: number): number {
    let count = 0
    let child = this.cells[node + FIRST_CHILD] as number
    for (; child !== 0; child = this.cells[child + NEXT_SIBLING] as number) {
      if (equalsBytes(bytes, start, end, this.nodeOf(child).key)) break
      count++
    }
    if (child === 0) {
      if (count >= maxChildren) this.cells[node + FIRST_CHILD] = 0
      child = this.add(bytes.slice(start, end), node)
      this.cells[child + NEXT_SIBLING] = this.cells[node + FIRST_CHILD] as number
      this.cells[node + FIRST_CHILD] = child
    }
    this.cells[node + LIKELY] = child
    return child
  }

  /** The names from the first field to this one. */
  path(node: number): string[] {
    const names: string[] = []
    for (let at = node; at !== FieldTree.root; at = this.nodeOf(at).parent) names.push(this.nodeOf(at).name)
    return names.reverse()
  }

  decisionAt(node: number): Decision | undefined {
    return this.nodeOf(node).decision
  }

  decide(node: number, decision: Decision): void {
    this.nodeOf(node).decision = decision
  }

  private nodeOf(node: number): FieldNode {
    return this.nodes[this.cells[node + INDEX] as number] as FieldNode
  }

  private add(key: Uint8Array, parent: number): number {
    const header = contentHeader(key)
    const node = this.used
    this.used += HEADER + Math.ceil(header.length / 4)
    if (this.used > this.cells.length) {
      const bigger = new Int32Array(Math.max(this.cells.length * 2, this.used))
      bigger.set(this.cells)
      this.cells = bigger
    }
    const { cells } = this
    cells[node + INDEX] = this.nodes.length
    cells[node + HEADER_BYTES] = header.length
    // The last word overlaps the one before, so that comparing words never reads past the header.
    for (let at = 0, cell = node + HEADER; header.length >= shortestHeader && at < header.length; at += 4) {
      cells[cell++] = header.readInt32LE(Math.min(at, header.length - 4))
    }
    this.nodes.push({ name: repairText(key, 0, key.length), key, parent, decision: undefined })
    return node
  }
}

function matchesHeader(cells: Int32Array, node: number, words: DataView, at: number, end: number): boolean {
  const length = cells[node + HEADER_BYTES] as number
  if (at + length >= end || length < shortestHeader) return false
  const last = at + length - 4
  let cell = node + HEADER
  for (let from = at; from < last; from += 4) if (words.getInt32(from, true) !== cells[cell++]) return false
  return words.getInt32(last, true) === cells[cell]
}

/** The bytes between the start of a `Content` message and the length of its value: key with tag and length, tag of value. */
function contentHeader(key: Uint8Array): Buffer {
  const length: number[] = []
  let rest = key.length
  while (rest > 0x7f) {
    length.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  length.push(rest)
  return Buffer.from([0x0a, ...length, ...key, 0x12])
}
