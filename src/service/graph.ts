import type { Clock } from '../clock.ts'
import type { ServiceConfig } from '../config/load.ts'
import { batching } from '../pipeline/batcher.ts'
import type { Exporter, Processor } from '../pipeline/component.ts'
import { type Deliver, fanOut, toExporter } from '../pipeline/fan-out.ts'
import type { Outlet, Processing } from '../pipeline/outlet.ts'
import type { Signal } from '../pipeline/payload.ts'

/** The outlets of one receiver, per signal. */
export interface ReceiverOutlets {
  readonly logs: Outlet[]
  readonly metrics: Outlet[]
}

/**
 * Joins receivers to exporters as the pipelines say. Pipelines that ask a receiver for the same encoding share one
 * outlet, so the records are encoded once for all of them.
 *
 * @param abandon gives up what is unanswered when the time for shutting down is over
 */
export function buildOutlets(
  config: Pick<ServiceConfig, 'pipelines' | 'processors'>,
  exporters: ReadonlyMap<string, Exporter>,
  abandon: AbortSignal,
  clock: Clock,
): Map<string, ReceiverOutlets> {
  const groups = new Map<string, { receiver: string; signal: Signal; processing: Processing; targets: Deliver[] }>()
  for (const pipeline of config.pipelines) {
    const processors = pipeline.processors.map((id) => {
      const { definition, options } = found(config.processors, id)
      return definition.create(options)
    })
    const send = fanOut(pipeline.exporters.map((id) => toExporter(found(exporters, id), abandon)))
    const deliver = withBatching(processors, send, clock)
    const processing = processingOf(processors)
    for (const receiver of pipeline.receivers) {
      const steps = processing.steps.map(({ identity }) => identity)
      const key = JSON.stringify([receiver, pipeline.signal, [...processing.resourceAttributes].sort(), steps])
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { receiver, signal: pipeline.signal, processing, targets: [deliver] })
      else group.targets.push(deliver)
    }
  }

  const outlets = new Map<string, ReceiverOutlets>()
  for (const { receiver, signal, processing, targets } of groups.values()) {
    const ofReceiver = outlets.get(receiver) ?? { logs: [], metrics: [] }
    ofReceiver[signal].push({ processing, deliver: fanOut(targets) })
    outlets.set(receiver, ofReceiver)
  }
  return outlets
}

function processingOf(processors: readonly Processor[]): Processing {
  const resourceAttributes = new Map<string, string | number | boolean>()
  for (const processor of processors) {
    if (processor.role === 'encode')
      for (const [key, value] of processor.resourceAttributes) resourceAttributes.set(key, value)
  }
  const steps = processors.flatMap((processor) => (processor.role === 'record' ? [processor.step] : []))
  return { resourceAttributes, steps }
}

function withBatching(processors: readonly Processor[], send: Deliver, clock: Clock): Deliver {
  // The last processor is next to the exporters, so it is put on first.
  return processors.reduceRight((next, each) => (each.role === 'batch' ? batching(each, next, clock) : next), send)
}

function found<T>(components: ReadonlyMap<string, T>, id: string): T {
  const component = components.get(id)
  if (component === undefined) throw new Error(`Pipeline names "${id}", which the configuration check let through`)
  return component
}
