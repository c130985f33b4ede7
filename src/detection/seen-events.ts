import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { CheckpointEntry } from '../storage/checkpoints.ts'
import { parseStored } from '../storage/stored-json.ts'

const findingForm = z.object({
  ruleId: z.string(),
  /** Events of the group in the window. */
  count: z.number(),
  /** Event times, milliseconds since the epoch. */
  fromUnixMs: z.number(),
  toUnixMs: z.number(),
  /** The values by which events are grouped. */
  group: z.array(z.string()).readonly(),
  /** Some of the events, the one that triggered the finding among them. */
  eventIds: z.array(z.string()).readonly(),
})

/** What a windowed rule found at an event, kept so that it can be given again. */
export type StoredFinding = Readonly<z.infer<typeof findingForm>>

/** A block as it is stored. */
const blockForm = z.object({
  ids: z.array(z.string()),
  findings: z.array(z.tuple([z.string(), z.array(findingForm)])),
})

/**
 * The events that were examined, by id, with what windowed rules found at them. Bounded: the oldest are forgotten a
 * block at a time. Stored a block an entry, so that a save writes what came since the last one and little more.
 */
export interface SeenEvents {
  /** `undefined` for an event that is new. */
  findingsAt(eventId: string): readonly StoredFinding[] | undefined
  add(eventId: string, findings: readonly StoredFinding[]): void
  /** The value of a block for the store; `undefined` when it is forgotten. */
  contentOf(key: string): string | undefined
  readonly size: number
}

/** Ids in a block. A save rewrites the last block, so this is also what a save of one event writes. */
const blockSize = 256

export const seenPrefix = 'seen/'

interface Block {
  readonly key: string
  readonly ids: string[]
  readonly findings: Map<string, readonly StoredFinding[]>
}

/**
 * @param maxEvents ids that are remembered, about 100 bytes each
 * @param stored the entries of the store whose key starts with `seenPrefix`, in the order of their keys
 * @param onChanged told the key of each block that is to be written or removed
 * @param onBroken told the key of each entry that cannot be read, and is passed over
 */
export function createSeenEvents(
  maxEvents: number,
  stored: readonly CheckpointEntry[],
  onChanged: (key: string) => void,
  onBroken: (key: string) => void,
): SeenEvents {
  const noFindings: readonly StoredFinding[] = []
  const blocks: Block[] = []
  const blockOf = new Map<string, Block>()
  let nextBlock = 0

  for (const { key, value } of stored) {
    const number = Number(key.slice(seenPrefix.length))
    const block = parseBlock(key, value)
    if (block === undefined || !Number.isSafeInteger(number)) {
      onBroken(key)
      continue
    }
    nextBlock = Math.max(nextBlock, number + 1)
    blocks.push(block)
    for (const id of block.ids) blockOf.set(id, block)
  }

  function openBlock(): Block {
    const last = blocks.at(-1)
    if (last !== undefined && last.ids.length < blockSize) return last
    // Twelve digits, so that the order of the keys is the order of time.
    const key = `${seenPrefix}${String(nextBlock++).padStart(12, '0')}`
    const block: Block = { key, ids: [], findings: new Map() }
    blocks.push(block)
    return block
  }

  function forgetOldest(): void {
    while (blockOf.size > maxEvents && blocks.length > 1) {
      const [oldest] = blocks.splice(0, 1)
      if (oldest === undefined) return
      for (const id of oldest.ids) blockOf.delete(id)
      onChanged(oldest.key)
    }
  }

  return {
    findingsAt(eventId) {
      const id = shortId(eventId)
      const block = blockOf.get(id)
      return block === undefined ? undefined : (block.findings.get(id) ?? noFindings)
    },
    add(eventId, findings) {
      const id = shortId(eventId)
      if (blockOf.has(id)) return
      const block = openBlock()
      block.ids.push(id)
      if (findings.length > 0) block.findings.set(id, findings)
      blockOf.set(id, block)
      onChanged(block.key)
      forgetOldest()
    },
    contentOf(key) {
      const block = blocks.findLast((each) => each.key === key)
      return block && JSON.stringify({ ids: block.ids, findings: [...block.findings] })
    },
    get size() {
      return blockOf.size
    },
  }
}

/** Ids can be of any length; 96 bits of a digest keep even a billion of them apart. */
const shortId = (eventId: string) => createHash('sha256').update(eventId).digest('base64url').slice(0, 16)

function parseBlock(key: string, value: string): Block | undefined {
  const parsed = parseStored(blockForm, value)
  return parsed && { key, ids: parsed.ids, findings: new Map(parsed.findings) }
}
