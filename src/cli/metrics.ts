import { type CatalogueNamespace, loadCatalogue } from '../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { presets } from '../../receivers/cloudmonitor/catalogue/presets.ts'
import { type CloudMonitorOptions, cloudMonitorSchema } from '../../receivers/cloudmonitor/config.ts'
import { freeCallsPerMonth } from '../../receivers/cloudmonitor/cost.ts'
import { type ListedMetric, listMetrics, readLiveCatalogue } from '../../receivers/cloudmonitor/list-metrics.ts'
import { cloudMonitorReceiver } from '../../receivers/cloudmonitor/receiver.ts'
import { systemClock } from '../clock.ts'
import { ReceiverError } from '../errors.ts'
import { createLogger } from '../telemetry/logger.ts'
import { createStreamSink } from '../telemetry/stream-sink.ts'
import { type CommandIo, exitCodes, stopSignal } from './command-io.ts'
import { requireConfig } from './read-config.ts'
import { textTable } from './text-table.ts'

export interface MetricsListFlags {
  /** Names and globs of namespaces; absent: all. */
  readonly namespace?: readonly string[] | undefined
  /** Names and globs of metrics; `!` excludes. */
  readonly metric?: readonly string[] | undefined
  readonly preset?: readonly string[] | undefined
  /** Series of each metric, for the cost. */
  readonly series: number
  /** Lists what the receivers of this configuration collect, as CloudMonitor describes it now. */
  readonly config?: string | undefined
  readonly json: boolean
}

/** `metrics list`: which metrics a pattern matches, and the calls a month that each costs. */
export async function listMetricsCommand(flags: MetricsListFlags, io: CommandIo): Promise<number> {
  const catalogue = await loadCatalogue()
  if (flags.config === undefined) {
    const options = optionsFromFlags(flags, [...catalogue.values()])
    return print(listMetrics(options.requests, catalogue, { ...options, series: flags.series }), flags, io)
  }
  const loaded = await requireConfig({ config: flags.config, json: flags.json }, io)
  if ('exitCode' in loaded) return loaded.exitCode
  const sink = createStreamSink({ stream: io.stderr, format: 'auto', env: io.env })
  const { log } = createLogger({ level: 'warn', sinks: [sink], clock: systemClock })
  const stop = stopSignal(() => process.exit(exitCodes.failed))
  const listed: ListedMetric[] = []
  for (const { definition, options } of loaded.config.receivers.values()) {
    if (definition !== cloudMonitorReceiver) continue
    const ofReceiver = options as CloudMonitorOptions
    const live = await readLiveCatalogue(ofReceiver, catalogue, { clock: systemClock, log, stop })
    listed.push(...listMetrics(ofReceiver.requests, live, { ...ofReceiver, series: flags.series }))
  }
  return print(listed, flags, io)
}

function optionsFromFlags({ namespace, metric, preset }: MetricsListFlags, known: readonly CatalogueNamespace[]) {
  const unknown = (preset ?? []).filter((name) => presets[name] === undefined)
  if (unknown.length > 0) {
    const remedy = `Known: ${Object.keys(presets).join(', ')}.`
    throw new ReceiverError('USAGE', `There is no preset "${unknown.join(', ')}"`, { remedy })
  }
  const metrics = metric ?? ['*']
  const wanted = namespace ?? (preset === undefined ? known.map((each) => each.namespace) : [])
  return cloudMonitorSchema.parse({
    regions: ['any'],
    namespaces: wanted.map((each) => ({ namespace: each, metrics })),
    preset: preset ?? [],
  })
}

function print(listed: readonly ListedMetric[], { json, series }: MetricsListFlags, io: CommandIo): number {
  const calls = listed.reduce((sum, metric) => sum + metric.callsPerMonth, 0)
  if (json) {
    io.stdout.write(`${JSON.stringify({ series, callsPerMonth: calls, metrics: listed }, null, 2)}\n`)
    return exitCodes.done
  }
  const rows = listed.map(({ namespace, metric, unit, statistics, periodSeconds, callsPerMonth }) => [
    namespace,
    metric,
    unit,
    statistics.join(','),
    `${periodSeconds}s`,
    String(callsPerMonth),
  ])
  io.stdout.write(textTable([['NAMESPACE', 'METRIC', 'UNIT', 'STATISTICS', 'PERIOD', 'CALLS A MONTH'], ...rows]))
  const share = Math.ceil((100 * calls) / freeCallsPerMonth)
  io.stdout.write(
    `${listed.length} metrics, ${calls.toLocaleString('en-US')} calls a month with ${series} series each: ` +
      `${share} % of the million that is free in each account. Metrics without points are asked for less often.\n`,
  )
  return exitCodes.done
}
