/** An OTLP backend in a process of its own that counts and discards. Says when records came, every 10 ms while they come. */
import { startOtlpBackend } from '../../simulator/otlp/backend.ts'

const backend = await startOtlpBackend({ discard: true })
process.send?.({ url: backend.url })
let told = 0
setInterval(() => {
  const { logRecords, bytes, wireBytes } = backend.counts
  if (logRecords === told) return
  told = logRecords
  process.send?.({ logRecords, bytes, wireBytes, atMs: Date.now() })
}, 10)
process.once('disconnect', () => process.exit(0))
