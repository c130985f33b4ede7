/** A process that logs to stderr: one line at once, a hundred more when told on stdin. Then it tells so on stdout. */
import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { createLogger } from '../../src/telemetry/logger.ts'
import { createStreamSink } from '../../src/telemetry/stream-sink.ts'

const { log } = createLogger({
  level: 'info',
  sinks: [createStreamSink({ stream: process.stderr, format: 'auto', env: {} })],
  clock: Date,
})
log.info('Ready')
await once(process.stdin, 'data')
for (let line = 0; line < 100; line++) {
  log.info('Nobody reads this', { line })
  await turn()
}
process.stdout.write('wrote 100 lines to nobody\n')
