import type { Meter } from '@opentelemetry/api'

/** How often the event loop is looked at. Stalls shorter than this do not matter here, and each look wakes the process. */
const LOOK_MS = 100

/** Memory, CPU, uptime and event loop of this process. The function returned stops watching the event loop. */
export function observeProcess(meter: Meter): () => void {
  meter
    .createObservableGauge('process_resident_memory_bytes', { description: 'Resident memory', unit: 'By' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()))
  meter
    .createObservableCounter('process_cpu_seconds', { description: 'User and system CPU time', unit: 's' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage()
      result.observe((user + system) / 1e6)
    })
  meter
    .createObservableCounter('otelcol_process_uptime', { description: 'Uptime of the process', unit: 's' })
    .addCallback((result) => result.observe(process.uptime()))

  const stalls = watchEventLoop()
  meter
    .createObservableGauge('nodejs_eventloop_lag_seconds', {
      description: 'Longest time the event loop was held up since the last reading',
      unit: 's',
    })
    .addCallback((result) => result.observe(stalls.takeLongestMs() / 1_000))
  return stalls.stop
}

/** A timer that is late tells by how much the loop was held up. (`monitorEventLoopDelay` forgets to look after a reset.) */
function watchEventLoop() {
  let dueMs = performance.now() + LOOK_MS
  let longestMs = 0
  const look = () => {
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - dueMs)
    dueMs = nowMs + LOOK_MS
  }
  const timer = setInterval(look, LOOK_MS).unref()
  return {
    takeLongestMs(): number {
      // The timer may be late at this very moment.
      if (performance.now() > dueMs) look()
      const taken = longestMs
      longestMs = 0
      return taken
    },
    stop: () => clearInterval(timer),
  }
}
