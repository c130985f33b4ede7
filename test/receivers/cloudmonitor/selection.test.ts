import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { presets } from '../../../receivers/cloudmonitor/catalogue/presets.ts'
import { callsPerMonth, pagesFor } from '../../../receivers/cloudmonitor/cost.ts'
import { nextPollMs } from '../../../receivers/cloudmonitor/schedule.ts'
import {
  completeCatalogue,
  type MetricRequest,
  requestedNamespaces,
  selectQueries,
} from '../../../receivers/cloudmonitor/selection.ts'

const catalogue = await loadCatalogue()
const minute = 60_000
const request = (namespace: string, metrics: string[], more: Partial<MetricRequest> = {}): MetricRequest => ({
  namespace,
  metrics,
  trustsNames: true,
  ...more,
})
const select = (...requests: MetricRequest[]) => selectQueries(requests, catalogue, 4 * minute)
const namesOf = (...requests: MetricRequest[]) => select(...requests).queries.map(({ metric }) => metric.name)

describe('selectQueries', () => {
  it.each([
    ['names', request('acs_kafka', ['message_accumulation']), ['message_accumulation']],
    ['globs and excludes', request('acs_kafka', ['topic_*', '!*_output']), ['topic_message_input']],
    ['globs of namespaces', request('acs_*pn', ['net_rx.*']), ['net_rx.Pkgs', 'net_rx.rate']],
    ['a name that the catalogue lacks', request('acs_kafka', ['brand_new']), ['brand_new']],
    ['a namespace that the catalogue lacks', request('acs_new', ['one', 'two', 'x*']), ['one', 'two']],
    ['no name of a set that the catalogue lacks', request('acs_kafka', ['brand_new'], { trustsNames: false }), []],
  ])('takes %s', (_case, wanted, expected) => {
    expect(namesOf(wanted)).toEqual(expected)
  })

  it('leaves out metrics of application groups, unless they are named', () => {
    const isOfGroups = ({ dimensions }: { dimensions: readonly string[] }) => dimensions.join() === 'userId,groupId'
    const [first] = [...catalogue.values()].flatMap(({ namespace, metrics }) =>
      [...metrics.values()].filter(isOfGroups).map(({ name }) => ({ namespace, name })),
    )
    if (first === undefined) return expect.unreachable('the catalogue has no metric of application groups')
    expect(select(request('acs_*', ['*'])).queries.filter(({ metric }) => isOfGroups(metric))).toEqual([])
    expect(namesOf(request(first.namespace, [first.name]))).toEqual([first.name])
  })

  it('tells what matches nothing', () => {
    const wrong = request('acs_kafka', ['nothing*'])
    expect(select(wrong, request('acs_kafka', ['topic_*'])).unmatched).toEqual([wrong])
  })

  it.each([
    ['a minute by default', {}, 60],
    ['what is asked for', { periodSeconds: 15 }, 15],
    ['a multiple of what the metric has', { periodSeconds: 50 }, 60],
    ['five minutes', { periodSeconds: 300 }, 300],
  ])('reads in a period of %s', (_case, more, expected) => {
    expect(select(request('acs_ecs_dashboard', ['cpu_idle'], more)).queries[0]?.periodSeconds).toBe(expected)
  })

  it.each([
    ['acs_ecs_dashboard', {}, 4],
    ['acs_rds_dashboard', {}, 6],
    ['acs_oss_dashboard', {}, 180],
    ['acs_oss_dashboard', { delayMs: minute }, 1],
  ])('holds %s back with %j for %i minutes', (namespace, more, minutes) => {
    expect(select(request(namespace, ['*'], more)).queries[0]?.delayMs).toBe(minutes * minute)
  })

  it('asks for a metric once, as the first entry says; in two periods it shows the period', () => {
    const twice = [request('acs_kafka', ['topic_*'], { delayMs: 1 }), request('acs_kafka', ['topic_message_input'])]
    expect(select(...twice).queries.map(({ delayMs, isPeriodShown }) => [delayMs, isPeriodShown])).toEqual([
      [1, false],
      [1, false],
    ])
    const periods = [60, 300].map((periodSeconds) => request('acs_kafka', ['topic_message_input'], { periodSeconds }))
    expect(
      select(...periods).queries.map(({ periodSeconds, isPeriodShown }) => [periodSeconds, isPeriodShown]),
    ).toEqual([
      [300, true],
      [60, true],
    ])
  })

  it.each(Object.keys(presets))('finds every metric of the set %s', (name) => {
    const requests = (presets[name] ?? []).map((set) => ({ ...set, trustsNames: false }))
    const { queries, unmatched } = select(...requests)
    expect(unmatched).toEqual([])
    expect(queries.length).toBeGreaterThan(5)
  })

  it('has the seven products of Datadog in one set', () => {
    const requests = (presets['datadog'] ?? []).map((set) => ({ ...set, trustsNames: false }))
    const services = requestedNamespaces(requests, catalogue).map((name) => catalogue.get(name)?.service)
    expect([...new Set(services)].sort()).toEqual([
      'cdn',
      'container_service',
      'ecs',
      'express_connect',
      'rds',
      'redis',
      'slb',
    ])
  })
})

describe('completeCatalogue', () => {
  const meta = { metric: 'x', description: 'd', unit: 'Bytes/s', dimensions: [], statistics: [], periodsSeconds: [] }

  it('takes metrics from the metadata, units from the catalogue, and what is missing from either', () => {
    const unknown: string[] = []
    const metas = [
      {
        ...meta,
        metric: 'node.memory.usage',
        unit: 'count',
        periodsSeconds: [60, 300],
        statistics: ['Value', 'Average'],
      },
      { ...meta, metric: 'brand.new' },
      { ...meta, metric: 'odd', unit: 'furlongs' },
    ]
    const completed = completeCatalogue(catalogue, new Map([['acs_k8s', metas]]), (unit) => unknown.push(unit))
    const { metrics } = completed.get('acs_k8s') ?? {}
    const known = catalogue.get('acs_k8s')?.metrics.get('node.memory.usage')
    expect([...(metrics?.keys() ?? [])]).toEqual(['node.memory.usage', 'brand.new', 'odd'])
    expect(metrics?.get('node.memory.usage')).toEqual({
      ...known,
      periodsSeconds: [60, 300],
      statistics: ['Value', 'Average'],
    })
    expect(metrics?.get('brand.new')).toMatchObject({ unit: 'By/s', kind: 'rate', description: 'd' })
    expect(metrics?.get('odd')?.unit).toBe('')
    expect(unknown).toEqual(['furlongs'])
  })

  it('leaves a namespace as it is of which the metadata says nothing', () => {
    const completed = completeCatalogue(catalogue, new Map([['acs_k8s', []]]), () => {})
    expect(completed.get('acs_k8s')).toBe(catalogue.get('acs_k8s'))
  })
})

describe('callsPerMonth', () => {
  const options = { pollIntervalMs: 5 * minute, overlapPeriods: 2, api: 'metric_list' } as const
  // The table of cloudmonitor.md 6.7, for one of its 20 metrics.
  it.each([
    [1000, 60, options, 864_000 / 20],
    [1000, 60, { ...options, overlapPeriods: 0 }, 691_200 / 20],
    [1000, 60, { ...options, overlapPeriods: 5 }, 1_209_600 / 20],
    [1000, 60, { ...options, overlapPeriods: 0, pollIntervalMs: minute }, 864_000 / 20],
    [1000, 300, { ...options, overlapPeriods: 0 }, 172_800 / 20],
    [1000, 60, { ...options, api: 'batch_export' as const }, 172_800 / 20],
    [0, 60, options, 8640],
  ])('counts %i series, period %i', (series, period, itsOptions, expected) => {
    expect(callsPerMonth(series, period, itsOptions)).toBe(expected)
  })

  it('needs a call where there is nothing', () => {
    expect([0, 1, 1440, 1441].map((points) => pagesFor(points))).toEqual([1, 1, 1, 2])
  })
})

describe('nextPollMs', () => {
  it.each([
    [0, 0, 0, 300],
    [299, 0, 0, 300],
    [300, 0, 0, 600],
    [310, 0.5, 0, 450],
    [460, 0.5, 0, 750],
    [610, 0, 3, 900],
    [610, 0, 4, 1200],
    [310, 0, 100, 1800],
  ])('at %i s, slot %d, after %i empty polls: %i s', (now, slot, empty, expected) => {
    expect(nextPollMs(now * 1000, 300_000, slot, empty)).toBe(expected * 1000)
  })
})
