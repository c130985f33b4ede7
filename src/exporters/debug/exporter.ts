import type { Writable } from 'node:stream'
import { z } from 'zod'
import { numberSchema } from '../../config/scalars.ts'
import { decodeLogs, decodeMetrics } from '../../otlp/decode.ts'
import type { Exporter, ExporterContext, ExporterDefinition } from '../../pipeline/component.ts'
import { acceptedWhole, type Payload } from '../../pipeline/payload.ts'
import { createExporterMetrics } from '../exporter-metrics.ts'
import { logsInDetail, metricsInDetail } from './detailed.ts'
import { logsInBrief, metricsInBrief } from './normal.ts'

export interface DebugOptions {
  /** `basic`: numbers only; `normal`: a line a record; `detailed`: everything. */
  readonly verbosity: 'basic' | 'normal' | 'detailed'
  /** Payloads shown in each second before sampling sets in. */
  readonly samplingInitial: number
  /** After them, each so-manieth is shown; 1: all, 0: none. */
  readonly samplingThereafter: number
}

const debugSchema: z.ZodType<DebugOptions> = z
  .strictObject({
    verbosity: z.enum(['basic', 'normal', 'detailed']).default('basic'),
    sampling_initial: numberSchema({ integer: true, min: 0, default: 2 }),
    sampling_thereafter: numberSchema({ integer: true, min: 0, default: 1 }),
  })
  .transform(({ verbosity, sampling_initial, sampling_thereafter }) => ({
    verbosity,
    samplingInitial: sampling_initial,
    samplingThereafter: sampling_thereafter,
  }))

/** Shows what passes, on stderr, in the words of the Collector's debug exporter. Accepts everything. */
export const debugExporter: ExporterDefinition<DebugOptions> = {
  type: 'debug',
  summary: 'Shows what would be sent, on stderr',
  signals: ['logs', 'metrics'],
  schema: debugSchema,
  create: (options, context) => createDebugExporter(options, context, process.stderr),
}

/** @param stream where the text goes; a stream that nobody reads any more loses it without a word */
export function createDebugExporter(options: DebugOptions, context: ExporterContext, stream: Writable): Exporter {
  const metrics = createExporterMetrics(context)
  const isShown = createSampler(options, context.clock.now)
  return {
    async export(payload) {
      if (isShown()) {
        const text = toText(payload, options.verbosity)
        await new Promise<void>((resolve) => stream.write(text, () => resolve()))
      }
      metrics.sent(payload.signal, payload.items)
      return acceptedWhole
    },
    async shutdown() {},
  }
}

/** The sampling of the Collector's log: per second the first few, then each so-manieth. */
function createSampler({ samplingInitial, samplingThereafter }: DebugOptions, now: () => number): () => boolean {
  let second = Number.NaN
  let seen = 0
  return () => {
    const current = Math.floor(now() / 1000)
    if (current !== second) {
      second = current
      seen = 0
    }
    seen++
    const after = seen - samplingInitial
    return after <= 0 || (samplingThereafter > 0 && after % samplingThereafter === 0)
  }
}

function toText({ signal, bytes, items }: Payload, verbosity: DebugOptions['verbosity']): string {
  if (signal === 'logs') {
    const logs = decodeLogs(bytes)
    const summary = `Logs\t{"resource logs": ${logs.length}, "log records": ${items}}\n`
    if (verbosity === 'basic') return summary
    return summary + (verbosity === 'normal' ? logsInBrief(logs) : logsInDetail(logs))
  }
  const metrics = decodeMetrics(bytes)
  const count = metrics.reduce(
    (sum, { scopeMetrics }) => sum + scopeMetrics.reduce((n, s) => n + s.metrics.length, 0),
    0,
  )
  const summary = `Metrics\t{"resource metrics": ${metrics.length}, "metrics": ${count}, "data points": ${items}}\n`
  if (verbosity === 'basic') return summary
  return summary + (verbosity === 'normal' ? metricsInBrief(metrics) : metricsInDetail(metrics))
}
