import { createNoopMeter } from '@opentelemetry/api'
import type { ActiontrailOptions } from '../../receivers/actiontrail/config.ts'
import type { SlsOptions } from '../../receivers/sls/config.ts'
import { type EventCriteria, type FoundEvent, resourceNames } from '../alibaba/actiontrail/event-search.ts'
import { globalStorageRegions, lookupRetentionMs } from '../alibaba/actiontrail/lookup-events.ts'
import { redactJson } from '../alibaba/actiontrail/redact.ts'
import { type EventSearch, type SearchProgress, searchLogstore, searchRegion } from '../alibaba/actiontrail/search.ts'
import { createCredentials } from '../alibaba/credentials.ts'
import { createRateLimiter } from '../alibaba/rate-limit.ts'
import { createRpcClient, type RpcClient } from '../alibaba/rpc/client.ts'
import { endpointOf } from '../alibaba/rpc/endpoint.ts'
import { createSlsClient } from '../alibaba/sls/client.ts'
import { regionOfEndpoint } from '../alibaba/sls/endpoint.ts'
import { systemClock } from '../clock.ts'
import { parseStartAt } from '../config/start-at.ts'
import { describeError, ReceiverError } from '../errors.ts'
import { formatJson } from '../lossless-json.ts'
import { NANOS_PER_MS } from '../nanoseconds.ts'
import type { Log } from '../telemetry/log.ts'
import { createLogger } from '../telemetry/logger.ts'
import { createStreamSink } from '../telemetry/stream-sink.ts'
import { userAgent } from '../version.ts'
import { type CommandIo, exitCodes, stopSignal, styleFor } from './command-io.ts'
import { requireConfig } from './read-config.ts'
import { textTable } from './text-table.ts'

export interface LookupFlags {
  readonly accessKey?: string
  readonly user?: string
  readonly event?: string
  readonly service?: string
  readonly resource?: string
  readonly eventId?: string
  readonly address?: string
  readonly read?: boolean
  readonly write?: boolean
  readonly failed?: boolean
  readonly from: string
  readonly to?: string
  readonly limit: number
  /** Absent: credentials from the environment, and the flags below. */
  readonly config?: string
  /** The receiver of the configuration whose regions, endpoint and credentials are used. */
  readonly receiver?: string
  readonly region?: readonly string[]
  readonly endpoint?: string
  readonly logstore?: string
  readonly project?: string
  readonly json: boolean
}

/** Where the events of a search come from: one of several that are asked side by side. */
interface Source {
  readonly name: string
  search(search: EventSearch, progress: SearchProgress, signal: AbortSignal): AsyncGenerator<FoundEvent>
  close(): Promise<void>
}

const callsPerSecond = 1.5
const slsCallsPerSecond = 50
/** The API's 90 days go on while pages are read, and it refuses what begins before them. */
const expiryMarginMs = 10 * 60 * 1000
const progressEveryMs = 200
/** A person waits for the answer: what fails for so long is told instead of repeated, and before that is said to fail. */
const repeatForMs = 60_000
const worrisomeAttempts = 3

/**
 * `lookup`: the events of ActionTrail that match, newest first; of the last 90 days by the API, of any time from the
 * logstore of a trail.
 *
 * @returns the exit code: 1 when a region could not be read or the search was stopped, after what was found is shown
 */
export async function lookup(flags: LookupFlags, io: CommandIo): Promise<number> {
  const nowMs = Date.now()
  const search = { ...rangeOf(flags, nowMs), criteria: criteriaOf(flags) }
  const sink = createStreamSink({ stream: io.stderr, format: 'auto', env: io.env })
  const { log } = createLogger({ level: 'warn', sinks: [sink], clock: systemClock })
  const sources = await sourcesOf(flags, io, log)
  if (typeof sources === 'number') return sources

  const stop = stopSignal(() => process.exit(exitCodes.failed))
  const progress = createProgress(io.stderr, sources.length)
  const found = new Map<string, FoundEvent>()
  const failures: string[] = []
  let left = 0
  await Promise.all(
    sources.map(async (source, index) => {
      let ofSource = 0
      try {
        for await (const each of source.search(search, (...at) => progress.show(index, ...at), stop)) {
          // Windows share their edges, and a global event may be in two regions.
          if (found.has(each.record.eventId)) continue
          found.set(each.record.eventId, each)
          // A region gives its newest events first; a logstore does not.
          if (flags.limit > 0 && flags.logstore === undefined && ++ofSource >= flags.limit) {
            left++
            break
          }
        }
      } catch (error) {
        if (!stop.aborted) failures.push(failureText(source.name, error))
      } finally {
        await source.close()
      }
    }),
  )
  progress.close()

  const events = [...found.values()].sort((a, b) => Number(b.record.timeUnixNano - a.record.timeUnixNano))
  const shown = flags.limit > 0 ? events.slice(0, flags.limit) : events
  if (flags.json) io.stdout.write(`[${shown.map(({ event }) => `\n  ${formatJson(redactJson(event))}`).join(',')}\n]\n`)
  else if (shown.length > 0) io.stdout.write(table(shown, io))
  else if (failures.length < sources.length && !stop.aborted)
    io.stderr.write(`No event matches between ${time(search.fromMs)} and ${time(search.toMs)}\n`)
  if (shown.length < events.length || left > 0) {
    io.stderr.write(`Only the newest ${shown.length} are shown; --limit 0 shows all\n`)
  }
  for (const failure of failures) io.stderr.write(`Not read: ${failure}\n`)
  if (stop.aborted) io.stderr.write('Stopped before everything was searched\n')
  return failures.length > 0 || stop.aborted ? exitCodes.failed : exitCodes.done
}

function failureText(source: string, error: unknown): string {
  if (!(error instanceof ReceiverError)) return `${source}: ${describeError(error)}`
  return `${source}: ${error.code}: ${describeError(error)}\n  what to do: ${error.remedy}`
}

function criteriaOf(flags: LookupFlags): EventCriteria {
  if (flags.read && flags.write) throw new ReceiverError('USAGE', '--read and --write exclude each other')
  return {
    accessKeyId: flags.accessKey,
    userName: flags.user,
    eventName: flags.event,
    serviceName: flags.service,
    resourceName: flags.resource,
    eventId: flags.eventId,
    sourceAddress: flags.address,
    readWrite: flags.read ? 'Read' : flags.write ? 'Write' : undefined,
    failedOnly: flags.failed,
  }
}

function rangeOf({ from, to, logstore }: LookupFlags, nowMs: number): { fromMs: number; toMs: number } {
  const oldestMs = logstore === undefined ? nowMs - lookupRetentionMs : 0
  const toMs = to === undefined ? nowMs : momentOf('--to', to, oldestMs, nowMs)
  const fromMs = momentOf('--from', from, oldestMs, nowMs)
  if (fromMs >= toMs) throw new ReceiverError('USAGE', `--from ${from} is not before --to ${to ?? 'now'}`)
  if (fromMs < oldestMs) {
    const remedy = 'Ask for less, or search the logstore of a trail: --logstore.'
    throw new ReceiverError('USAGE', `--from ${from} is further back than the 90 days that ActionTrail's API keeps`, {
      remedy,
    })
  }
  return { fromMs: logstore === undefined ? Math.max(fromMs, oldestMs + expiryMarginMs) : fromMs, toMs }
}

function momentOf(flag: string, text: string, oldestMs: number, nowMs: number): number {
  const moment = parseStartAt(text, nowMs)
  if (typeof moment === 'string') {
    const remedy = 'A time such as 2026-01-31T08:00:00Z, or a time ago such as -6h.'
    throw new ReceiverError('USAGE', `${flag} "${text}" ${moment}`, { remedy })
  }
  if (moment.at === 'earliest') return oldestMs
  return moment.at === 'latest' ? nowMs : moment.at === 'relative' ? nowMs + moment.ms : moment.unixMs
}

// ------------------------------------------------------------------------------------------------------------ sources

async function sourcesOf(flags: LookupFlags, io: CommandIo, log: Log): Promise<Source[] | number> {
  const wanted = flags.logstore === undefined ? 'alibabacloud_actiontrail' : 'alibabacloud_sls'
  let options: unknown
  if (flags.config !== undefined) {
    const loaded = await requireConfig({ config: flags.config, json: flags.json }, io)
    if ('exitCode' in loaded) return loaded.exitCode
    const candidates = [...loaded.config.receivers.values()].filter(({ definition }) => definition.type === wanted)
    const chosen = candidates.find(({ id }) => id === (flags.receiver ?? candidates[0]?.id))
    if (chosen === undefined || (flags.receiver === undefined && candidates.length > 1)) {
      const known = candidates.map(({ id }) => id).join(', ') || 'none'
      throw new ReceiverError('USAGE', `${flags.config} does not tell which receiver of type ${wanted} to use`, {
        remedy: `Name one with --receiver. There is: ${known}.`,
      })
    }
    options = chosen.options
  }
  return flags.logstore === undefined
    ? regionSources(flags, options as ActiontrailOptions | undefined, log)
    : [logstoreSource(flags, flags.logstore, options as SlsOptions | undefined, log)]
}

function regionSources(flags: LookupFlags, options: ActiontrailOptions | undefined, log: Log): Source[] {
  const regions = flags.region ?? options?.regions ?? globalStorageRegions
  const credentials = createCredentials(options?.credentials, log)
  // The quota belongs to the account, whatever the region.
  const limiter = createRateLimiter({ perSecond: options?.rateLimitPerSecond ?? callsPerSecond }, systemClock)
  return regions.map((region) => {
    const client = createRpcClient(
      {
        endpoint: endpointOf(flags.endpoint ?? options?.endpoint ?? '', region, `actiontrail.${region}.aliyuncs.com`),
        region,
        product: 'actiontrail',
        proxy: options?.proxy ?? '',
        userAgent,
      },
      {
        credentials,
        limiter,
        clock: systemClock,
        log,
        meter: createNoopMeter(),
        onRetry(err, attempt) {
          if (attempt === worrisomeAttempts) log.warn('ActionTrail cannot be asked, will retry', { region, err })
        },
      },
    )
    const patient: Pick<RpcClient, 'call'> = {
      call: (request, signal) => client.call({ ...request, repeatForMs }, signal),
    }
    return {
      name: region,
      search: (search, progress, signal) => searchRegion(patient, search, progress, signal),
      close: () => client.close(),
    }
  })
}

function logstoreSource(flags: LookupFlags, logstore: string, options: SlsOptions | undefined, log: Log): Source {
  const endpoint = flags.endpoint ?? options?.endpoint
  const project = flags.project ?? options?.project
  if (endpoint === undefined || project === undefined) {
    throw new ReceiverError('USAGE', '--logstore needs to know its project and endpoint', {
      remedy: 'Give --project and --endpoint, or --config with an alibabacloud_sls receiver.',
    })
  }
  const client = createSlsClient(
    {
      endpoint,
      region: flags.region?.[0] ?? options?.region ?? regionOfEndpoint(endpoint),
      project,
      signature: options?.signature ?? 'v4',
      proxy: options?.proxy ?? '',
      rateLimitPerSecond: options?.rateLimitPerSecond ?? slsCallsPerSecond,
      userAgent,
    },
    { credentials: createCredentials(options?.credentials, log), clock: systemClock, log, meter: createNoopMeter() },
  )
  return {
    name: `${project}/${logstore}`,
    search: (search, progress, signal) => searchLogstore(client, logstore, search, progress, signal),
    close: () => client.close(),
  }
}

// ------------------------------------------------------------------------------------------------------------- output

function table(events: readonly FoundEvent[], io: CommandIo): string {
  const style = styleFor(io.stdout, io.env)
  const rows = events.map(({ record }) => {
    const { attributes } = record
    const text = (name: string) => String(attributes[name] ?? '')
    const failure = text('alibabacloud.error.code') || text('alibabacloud.error.message')
    return [
      time(Number(record.timeUnixNano / NANOS_PER_MS)),
      record.region ?? '',
      [text('alibabacloud.service.name'), text('rpc.method') || text('alibabacloud.insight.type')]
        .filter((part) => part !== '')
        .join('.'),
      text('user.name') || text('alibabacloud.user_identity.principal.type'),
      text('alibabacloud.user_identity.access_key.id'),
      text('source.address'),
      text('alibabacloud.event.outcome') === 'failure' ? failure || 'failed' : '',
      resourceNames(record).join(', '),
    ]
  })
  const head = ['TIME', 'REGION', 'EVENT', 'USER', 'ACCESS KEY', 'SOURCE', 'FAILURE', 'RESOURCES']
  const [first = '', ...lines] = textTable([head, ...rows]).split('\n')
  return [style('bold', first), ...lines].join('\n')
}

const time = (unixMs: number) => `${new Date(unixMs).toISOString().slice(0, 19)}Z`

/** A line on a terminal that says how far the search is; elsewhere nothing. */
function createProgress(stream: NodeJS.WriteStream, sources: number) {
  const shares = new Array<number>(sources).fill(0)
  const seen = new Array<number>(sources).fill(0)
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
  let shownAtMs = 0
  return {
    show(source: number, share: number, eventsSeen: number): void {
      shares[source] = share
      seen[source] = eventsSeen
      const nowMs = Date.now()
      if (!stream.isTTY || nowMs - shownAtMs < progressEveryMs) return
      shownAtMs = nowMs
      stream.write(`\r\x1b[K${Math.floor((sum(shares) / sources) * 100)} %, ${sum(seen)} events read`)
    },
    close(): void {
      if (stream.isTTY && shownAtMs > 0) stream.write('\r\x1b[K')
    },
  }
}
