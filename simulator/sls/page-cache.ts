import type { Compression } from './compression.ts'
import type { StoredGroup } from './shard.ts'

/** A run of groups in one compression. */
export interface PageKey {
  readonly shardKey: string
  readonly groups: readonly StoredGroup[]
  readonly compression: Compression
}

/** Compressed bodies, the least recently used first to go. Groups never change, so an entry is never wrong. */
export class PageCache {
  readonly #maxBytes: number
  readonly #pages = new Map<string, Uint8Array>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The body, from the cache or made now. */
  body(page: PageKey, make: () => Uint8Array): Uint8Array {
    const key = `${page.shardKey}/${page.groups[0]?.number}+${page.groups.length} ${page.compression}`
    const known = this.#pages.get(key)
    if (known !== undefined) {
      this.#pages.delete(key)
      this.#pages.set(key, known)
      return known
    }
    const body = make()
    if (body.length > this.#maxBytes) return body
    this.#pages.set(key, body)
    this.#bytes += body.length
    for (const [oldestKey, oldest] of this.#pages) {
      if (this.#bytes <= this.#maxBytes) break
      this.#pages.delete(oldestKey)
      this.#bytes -= oldest.length
    }
    return body
  }
}
