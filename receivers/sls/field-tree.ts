import type { Program } from './plan.ts'

/**
 * The sequences of field names met so far, as a tree: a node is a field, its children are the fields that followed it.
 * Logs of one writer repeat a handful of sequences, so a log is matched to its program by comparing each key with the one
 * that came at this place last time, without hashing and without making strings.
 */
export class FieldNode {
  readonly name: string
  /** The name as it stands in the log. */
  readonly key: Uint8Array
  readonly parent: FieldNode | undefined
  /** The bytes between the start of the `Content` message and the length of its value: key with tag and length, tag of value. */
  readonly header: Int32Array
  readonly headerBytes: Buffer
  readonly children: FieldNode[] = []
  /** The child met last. */
  likely: FieldNode | undefined
  /** What to do with a log that ends here; set once one did. */
  decision: Decision | undefined

  constructor(name: string, key: Uint8Array, parent: FieldNode | undefined) {
    this.name = name
    this.key = key
    this.parent = parent
    this.headerBytes = contentHeader(key)
    this.header = new Int32Array(Math.ceil(this.headerBytes.length / 4))
    const { length } = this.headerBytes
    // The last word overlaps the one before, so that comparing words never reads past the header.
    for (let i = 0; i < this.header.length; i++) {
      this.header[i] = length < 4 ? 0 : this.headerBytes.readInt32LE(Math.min(i * 4, length - 4))
    }
  }

  /** The names from the first field to this one. */
  path(): string[] {
    const names: string[] = []
    for (let node: FieldNode = this; node.parent !== undefined; node = node.parent) names.push(node.name)
    return names.reverse()
  }
}

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

const shortestHeader = 4

/** True when the `Content` message that starts at `at` has this node's key first and its value second. */
export function matchesHeader(node: FieldNode, words: DataView, at: number, end: number): boolean {
  const { header } = node
  const length = node.headerBytes.length
  if (at + length >= end || length < shortestHeader) return false
  const last = header.length - 1
  for (let i = 0; i < last; i++) if (words.getInt32(at + i * 4, true) !== header[i]) return false
  return words.getInt32(at + length - 4, true) === header[last]
}

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
