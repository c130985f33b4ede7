import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Meter } from '@opentelemetry/api'

/** How often the event loop is looked at. Short stalls than this do not matter here, and each look wakes the process. */
const LOOK_MS = 100
const NANOS_PER_SECOND = 1e9

/** Memory, CPU, uptime and event loop of this process. The function returned stops the look at the event loop. */
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

  const delays = monitorEventLoopDelay({ resolution: LOOK_MS })
  delays.enable()
  meter
    .createObservableGauge('nodejs_eventloop_lag_seconds', {
      description: 'Longest time the event loop was held up since the last reading',
      unit: 's',
    })
    .addCallback((result) => {
      // The histogram holds the time between two looks, so a loop that is free shows as LOOK_MS.
      result.observe(delays.count === 0 ? 0 : Math.max(0, delays.max / NANOS_PER_SECOND - LOOK_MS / 1_000))
      delays.reset()
    })
  return () => void delays.disable()
}
