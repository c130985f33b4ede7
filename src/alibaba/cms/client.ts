import type { Meter } from '@opentelemetry/api'
import { createBackoff } from '../../backoff.ts'
import type { Clock } from '../../clock.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../lossless-json.ts'
import type { Log } from '../../telemetry/log.ts'
import type { CredentialsProvider } from '../credentials.ts'
import type { RateLimiter } from '../rate-limit.ts'
import { createRpcClient, type RpcCall, type RpcClient } from '../rpc/client.ts'
import { RpcError } from '../rpc/errors.ts'
import { failureInBody } from './errors.ts'
import { type CmsSdk, loadCmsSdk } from './sdk.ts'

/** The calls of CloudMonitor that we make. */
export type CmsApi = 'DescribeMetricList' | 'DescribeMetricMetaList' | 'Cursor' | 'BatchExport'

export interface CmsClientOptions {
  /** Host, or URL where it is not HTTPS. */
  readonly endpoint: string
  readonly region: string
  /** As `DispatcherOptions.proxy`. */
  readonly proxy: string
  readonly userAgent: string
}

export interface CmsClientDeps {
  readonly credentials: CredentialsProvider
  /** Asked before each attempt. The vendor counts each API of an account by itself, so whoever shares an account shares these. */
  readonly limiterOf: (api: CmsApi) => RateLimiter
  readonly clock: Clock
  readonly log: Log
  readonly meter: Meter
}

/** A point as it came: `timestamp` in milliseconds, dimensions (mostly text) and statistics (mostly numbers) beside it. */
export type CmsPoint = Readonly<Record<string, unknown>>

export interface MetricListRequest {
  readonly namespace: string
  readonly metric: string
  readonly periodSeconds: number
  /** Excluded; milliseconds since the epoch. */
  readonly startMs: number
  /** Included. */
  readonly endMs: number
  readonly nextToken?: string | undefined
}

export interface MetricPage {
  readonly points: readonly CmsPoint[]
  /** Absent on the last page. */
  readonly nextToken: string | undefined
}

/** A metric as the metadata API describes it; empty where it says nothing. */
export interface MetricMeta {
  readonly metric: string
  readonly description: string
  /** As published: `Count/Second`. */
  readonly unit: string
  readonly dimensions: readonly string[]
  readonly statistics: readonly string[]
  readonly periodsSeconds: readonly number[]
}

export interface CursorRequest {
  readonly namespace: string
  readonly metric: string
  readonly periodSeconds: number
  readonly startMs: number
}

export interface ExportRequest {
  readonly namespace: string
  readonly metric: string
  readonly cursor: string
}

export interface ExportPage {
  readonly points: readonly CmsPoint[]
  /** Where to go on; absent where the export has ended. */
  readonly cursor: string | undefined
  /** False: nothing more at the moment. */
  readonly hasNext: boolean
}

export interface CmsClient {
  /**
   * One page of points, of all instances of the account. Order is not promised.
   * @throws {RpcError} also for a failure that came as HTTP 200
   */
  listMetric(request: MetricListRequest, signal: AbortSignal): Promise<MetricPage>
  /** All metrics of a namespace that the vendor describes. */
  listMetricMeta(namespace: string, signal: AbortSignal): Promise<MetricMeta[]>
  /** Begins an endless bulk export at a time. */
  openCursor(request: CursorRequest, signal: AbortSignal): Promise<string>
  exportBatch(request: ExportRequest, signal: AbortSignal): Promise<ExportPage>
  close(): Promise<void>
}

/** The most that one call gives (cloudmonitor.md 1.8). */
export const pointsPerPage = { list: 1440, batchExport: 10_000 } as const
const META_PAGE_SIZE = 1000
/** A call is repeated this long; then its window waits for the next poll, and other metrics have their turn. */
const REPEAT_FOR_MS = 2 * 60_000
/** For failures that come as a success; all others are repeated by the RPC client. */
const backoffOptions = { initialMs: 1_000, maxMs: 20_000 }

/**
 * A client for one endpoint of CloudMonitor. Network failures, server errors and throttling are repeated for two minutes.
 * @throws {ReceiverError} CONFIG_INVALID for an endpoint that is none
 */
export function createCmsClient(options: CmsClientOptions, deps: CmsClientDeps): CmsClient {
  const { endpoint, region } = options
  const { clock, credentials, log, meter, limiterOf } = deps
  const rpcClients = new Map<CmsApi, RpcClient>()
  const rpcOf = (api: CmsApi) => {
    const known = rpcClients.get(api)
    if (known !== undefined) return known
    const rpc = createRpcClient(
      { ...options, product: 'cms' },
      { credentials, limiter: limiterOf(api), clock, log, meter },
    )
    rpcClients.set(api, rpc)
    return rpc
  }
  // Made at once, so that an endpoint that is none is refused at start.
  rpcOf('DescribeMetricList')
  let sdk: CmsSdk | undefined
  const loadSdk = () => {
    sdk ??= loadCmsSdk(endpoint, region, send)
    return sdk
  }

  /** Repeats what the server refused for now in a body that came as a success. */
  async function send(call: RpcCall, signal: AbortSignal): Promise<JsonObject> {
    const api = call.action as CmsApi
    const untilMs = clock.now() + REPEAT_FOR_MS
    const backoff = createBackoff(backoffOptions, clock.random)
    for (;;) {
      const { body } = await rpcOf(api).call({ ...call, repeatForMs: untilMs - clock.now() }, signal)
      const failure = failureInBody({ api, endpoint }, body)
      if (failure === undefined) return body
      const waitMs = backoff.nextMs()
      if (!failure.retryable || clock.now() + waitMs > untilMs) throw failure
      await clock.sleep(waitMs, signal)
    }
  }

  const badResponse = (api: CmsApi, what: string) => new RpcError('bad_response', `${api} of ${endpoint}: ${what}`)

  return {
    async listMetric(request, signal) {
      const { library, client, runtime } = loadSdk()
      const { namespace, metric: metricName, periodSeconds, startMs, endMs, nextToken } = request
      const { body } = await client.describeMetricListWithOptions(
        new library.DescribeMetricListRequest({
          namespace,
          metricName,
          period: String(periodSeconds),
          startTime: String(startMs),
          endTime: String(endMs),
          length: String(pointsPerPage.list),
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
        runtime(signal),
      )
      const points = parsePoints(body?.datapoints)
      if (points === undefined) throw badResponse('DescribeMetricList', 'Datapoints is no JSON list of points')
      const next = body?.nextToken
      // A token that was just sent leads nowhere: the server means the end.
      return { points, nextToken: next && next !== nextToken ? next : undefined }
    },

    async listMetricMeta(namespace, signal) {
      const { library, client, runtime } = loadSdk()
      const found = new Map<string, MetricMeta>()
      for (let pageNumber = 1; ; pageNumber++) {
        const { body } = await client.describeMetricMetaListWithOptions(
          new library.DescribeMetricMetaListRequest({ namespace, pageNumber, pageSize: META_PAGE_SIZE }),
          runtime(signal),
        )
        const page = body?.resources?.resource ?? []
        const known = found.size
        for (const each of page) if (each.metricName) found.set(each.metricName, toMetricMeta(each.metricName, each))
        // Some servers give smaller pages than asked for, so the count decides; a page with nothing new ends it too.
        const total = Number(body?.totalCount ?? found.size)
        if (page.length === 0 || found.size === known || found.size >= total) return [...found.values()]
      }
    },

    async openCursor({ namespace, metric, periodSeconds, startMs }, signal) {
      const { library, client, runtime } = loadSdk()
      const request = new library.CursorRequest({
        namespace,
        metric,
        period: periodSeconds,
        startTime: String(startMs),
      })
      const { body } = await client.cursorWithOptions(request, runtime(signal))
      if (!body?.cursor) throw badResponse('Cursor', 'there is no cursor in the answer')
      return body.cursor
    },

    async exportBatch({ namespace, metric, cursor }, signal) {
      const { library, client, runtime } = loadSdk()
      const request = new library.BatchExportRequest({ namespace, metric, cursor, length: pointsPerPage.batchExport })
      const { body } = await client.batchExportWithOptions(request, runtime(signal))
      return {
        points: (body?.dataResults ?? []).map(({ timestamp, dimensions, measurements }) => ({
          ...Object.fromEntries((dimensions ?? []).map(({ label, value }) => [label ?? '', value])),
          ...measurements,
          timestamp,
        })),
        cursor: body?.cursor || undefined,
        hasNext: body?.hasNext === true,
      }
    },

    async close() {
      await Promise.all([...rpcClients.values()].map((rpc) => rpc.close()))
    },
  }
}

/** `Datapoints` is JSON text; empty or absent where there is no point. `undefined` for anything else. */
function parsePoints(text: string | undefined): CmsPoint[] | undefined {
  if (!text?.trim()) return []
  let parsed: unknown
  try {
    parsed = parseJson(text)
  } catch {
    return undefined
  }
  if (parsed === null) return []
  return Array.isArray(parsed) ? parsed.filter(isJsonObject) : undefined
}

interface PublishedMeta {
  readonly description?: string
  readonly unit?: string
  readonly labels?: string
  readonly dimensions?: string
  readonly statistics?: string
  readonly periods?: string
}

function toMetricMeta(metric: string, published: PublishedMeta): MetricMeta {
  const { description = '', unit = '', labels, dimensions, statistics, periods } = published
  return {
    metric,
    description,
    // Where the unit is empty, that of alerts may tell it (cloudmonitor.md 1.7).
    unit: unit.trim() || alertUnit(labels),
    dimensions: list(dimensions),
    statistics: list(statistics),
    periodsSeconds: list(periods)
      .map(Number)
      .filter((period) => period > 0)
      .sort((a, b) => a - b),
  }
}

const list = (text = '') =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

function alertUnit(labels = ''): string {
  try {
    const parsed: unknown = JSON.parse(labels)
    const found = Array.isArray(parsed) ? parsed.find((label) => label?.name === 'alertUnit')?.value : undefined
    return typeof found === 'string' ? found : ''
  } catch {
    return ''
  }
}
