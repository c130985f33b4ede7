import type { Dispatcher } from 'undici'

export type BodyReadable = Dispatcher.ResponseData['body']

/**
 * The whole body, or `undefined` when it is longer than `maxBytes`: then the connection is cut, since nobody wants the rest.
 */
export async function readBody(body: BodyReadable, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      discardBody(body)
      return undefined
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, size)
}

/** Gives a body up unread, and the connection with it. */
export function discardBody(body: BodyReadable): void {
  body.on('error', () => {}).destroy()
}
