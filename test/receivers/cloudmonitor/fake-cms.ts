import { type ReceivedCall, type Reply, startScriptedRpcServer } from '../../alibaba/rpc/scripted-server.ts'

/** One series of the fake account. */
export interface FakeSeries {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
}

export interface FakePoint {
  readonly timestampMs: number
  /** When CloudMonitor shows it, milliseconds since the epoch. */
  readonly visibleMs: number
  /** Statistics as they stand in the point: also `''`. */
  readonly values: Readonly<Record<string, unknown>>
}

export interface FakeCms {
  readonly endpoint: string
  nowMs: number
  /** Adds a point; there may be one for a series and time. */
  add(series: FakeSeries, point: FakePoint): void
  readonly resources: Record<string, unknown>[]
  /** By namespace; absent: the metadata API knows nothing of it. */
  readonly metadata: Map<string, Record<string, unknown>[]>
  /** Points of a page, if the caller asks for more. */
  pageSize: number
  /** Answers in place of the fake where it gives a reply. */
  intercept: (call: ReceivedCall) => Reply | undefined
  readonly calls: ReceivedCall[]
  /** How often an action was called, refusals included. */
  count(action: string): number
  verify(): void
  close(): Promise<void>
}

/**
 * A small CloudMonitor and Resource Center over real HTTP, written from cloudmonitor.md: windows open on the left, pages by
 * an opaque token, points in no order, answers of which the last page tells its end in one of three ways.
 */
export async function startFakeCms(): Promise<FakeCms> {
  const server = await startScriptedRpcServer()
  const store = new Map<string, { series: FakeSeries; points: Map<number, FakePoint> }>()
  const tokens = new Map<string, { readonly request: string; readonly rest: readonly object[] }>()
  const exported = new Map<string, Set<string>>()
  let lastPages = 0
  let nextToken = 0

  const fake: FakeCms = {
    endpoint: server.endpoint,
    nowMs: 0,
    resources: [],
    metadata: new Map(),
    pageSize: 1440,
    intercept: () => undefined,
    calls: server.calls,
    add(series, point) {
      const key = JSON.stringify([series.namespace, series.metric, Object.entries(series.dimensions).sort()])
      const entry = store.get(key) ?? { series, points: new Map() }
      store.set(key, entry)
      entry.points.set(point.timestampMs, point)
    },
    count: (action) => server.calls.filter((call) => call.action === action).length,
    verify: () => server.verify(),
    close: () => server.close(),
  }

  function* visible(namespace = '', metric = '') {
    for (const [key, { series, points }] of store) {
      if (series.namespace !== namespace || series.metric !== metric) continue
      for (const point of points.values()) if (point.visibleMs <= fake.nowMs) yield { key, series, point }
    }
  }

  function metricList(parameters: Record<string, string>): Reply {
    const { NextToken, Namespace, MetricName, StartTime, EndTime, Length = '1000', ...others } = parameters
    const request = JSON.stringify([Namespace, MetricName, StartTime, EndTime, Length, others])
    let rest: readonly object[]
    if (NextToken !== undefined) {
      const known = tokens.get(NextToken)
      if (known?.request !== request) return failure('400', 'the token belongs to another request')
      rest = known.rest
    } else {
      if (Number(Length) > 1440 || !(Number(StartTime) < Number(EndTime))) return failure('400', 'ParameterInvalid')
      const found = [...visible(Namespace, MetricName)].filter(
        ({ point: { timestampMs } }) => timestampMs > Number(StartTime) && timestampMs <= Number(EndTime),
      )
      // In no order that anybody could rely on.
      found.sort((a, b) => ((a.point.timestampMs * 7919) % 101) - ((b.point.timestampMs * 7919) % 101))
      rest = found.map(({ series, point }) => ({ timestamp: point.timestampMs, ...series.dimensions, ...point.values }))
    }
    const size = Math.min(Number(Length), fake.pageSize)
    const page = rest.slice(0, size)
    let token: unknown = ['', null, undefined][lastPages++ % 3]
    if (rest.length > size) {
      token = `token-${nextToken++}`
      tokens.set(String(token), { request, rest: rest.slice(size) })
    }
    return {
      body: {
        RequestId: 'R',
        Code: lastPages % 2 === 0 ? 200 : '200',
        Success: true,
        Period: parameters['Period'],
        Datapoints: page.length === 0 && lastPages % 2 === 0 ? '' : JSON.stringify(page),
        ...(token === undefined ? {} : { NextToken: token }),
      },
    }
  }

  /** A bulk export gives each point once, when it has become visible. */
  function batchExport(form: Record<string, string>): Reply {
    const { Cursor = '', Namespace, Metric, Length = '1' } = form
    const given = exported.get(Cursor.replace(/#\d+$/, ''))
    const startMs = Number(Cursor.split('@')[1]?.split('#')[0])
    if (given === undefined) return failure('400', 'cursor is not known')
    const fresh = [...visible(Namespace, Metric)].filter(
      ({ key, point }) => point.timestampMs >= startMs && !given.has(`${key}${point.timestampMs}`),
    )
    const page = fresh.slice(0, Math.min(Number(Length), fake.pageSize))
    for (const { key, point } of page) given.add(`${key}${point.timestampMs}`)
    return {
      body: {
        RequestId: 'R',
        Code: 200,
        Success: true,
        Cursor: `${Cursor.replace(/#\d+$/, '')}#${nextToken++}`,
        HasNext: fresh.length > page.length,
        Length: page.length,
        DataResults: page.map(({ series, point }) => ({
          Namespace,
          Metric,
          Period: 60,
          Timestamp: point.timestampMs,
          LogTime: null,
          Dimensions: Object.entries(series.dimensions).map(([Label, Value]) => ({ Label, Value })),
          Measurements: point.values,
        })),
      },
    }
  }

  function searchResources(parameters: Record<string, string>): Reply {
    const types = Object.entries(parameters).flatMap(([name, value]) =>
      /^Filter\.1\.Value\.\d+$/.test(name) ? [value] : [],
    )
    const matching = fake.resources.filter((it) => types.length === 0 || types.includes(String(it['ResourceType'])))
    const from = Number(parameters['NextToken'] ?? 0)
    const size = Math.min(Number(parameters['MaxResults'] ?? 20), fake.pageSize)
    const next = from + size < matching.length ? { NextToken: String(from + size) } : {}
    return { body: { RequestId: 'R', Resources: matching.slice(from, from + size), ...next } }
  }

  server.answer((call) => {
    const intercepted = fake.intercept(call)
    if (intercepted !== undefined) return intercepted
    const form = Object.fromEntries(new URLSearchParams(call.body))
    switch (call.action) {
      case 'DescribeMetricList':
        return metricList(call.parameters)
      case 'DescribeMetricMetaList': {
        const resources = fake.metadata.get(call.parameters['Namespace'] ?? '') ?? []
        return { body: { Code: 200, Success: true, TotalCount: resources.length, Resources: { Resource: resources } } }
      }
      case 'Cursor': {
        const cursor = `v2.${nextToken++}@${form['StartTime']}`
        exported.set(cursor, new Set())
        return { body: { Code: 200, Success: true, Cursor: cursor } }
      }
      case 'BatchExport':
        return batchExport(form)
      case 'SearchResources':
        return searchResources(call.parameters)
      case 'ListTagResources':
      case 'DescribeInstances':
      case 'DescribeDBInstances':
        return { status: 403, body: { RequestId: 'R', Code: 'Forbidden.RAM', Message: 'not granted' } }
      default:
        return undefined
    }
  })
  return fake
}

/** A failure as it comes with HTTP 200. */
export function failure(code: string, message: string): Reply {
  return { body: { Code: code, Message: message, Success: false, Datapoints: '', NextToken: '', Period: '' } }
}
