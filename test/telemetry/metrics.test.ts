import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReceiverMetrics } from '../../src/telemetry/data-metrics.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { createMetrics, type OwnMetrics } from '../../src/telemetry/metrics.ts'
import { parsePrometheusText } from './prometheus-lines.ts'

const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn(), with: () => log }
let metrics: OwnMetrics

beforeEach(async () => {
  metrics = await createMetrics({ instanceId: 'instance-1', log })
})
afterEach(() => metrics.shutdown())

async function scrape() {
  const { types, samples } = parsePrometheusText(await metrics.renderPrometheus())
  const sampleOf = (name: string, labels: Record<string, string> = {}) =>
    samples.find((it) => it.name === name && Object.entries(labels).every(([key, value]) => it.labels[key] === value))
      ?.value
  return { types, samples, sampleOf }
}

describe('createMetrics', () => {
  it('says whose metrics these are', async () => {
    const { samples } = await scrape()
    expect(samples.find(({ name }) => name === 'target_info')).toEqual({
      name: 'target_info',
      labels: {
        service_name: 'alibabacloud-otel-receiver',
        service_version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        service_instance_id: 'instance-1',
      },
      value: 1,
    })
  })

  it('tells memory, CPU and uptime of the process', async () => {
    const { types, sampleOf } = await scrape()
    expect(types.get('process_resident_memory_bytes')).toBe('gauge')
    expect(sampleOf('process_resident_memory_bytes')).toBeGreaterThan(10 * 1024 * 1024)
    expect(types.get('process_cpu_seconds')).toBe('counter')
    expect(sampleOf('process_cpu_seconds')).toBeGreaterThan(0)
    expect(types.get('otelcol_process_uptime')).toBe('counter')
    expect(sampleOf('otelcol_process_uptime')).toBeCloseTo(process.uptime(), 0)
  })

  it('tells how long the event loop was held up since the last reading', async () => {
    const lag = async () => (await scrape()).sampleOf('nodejs_eventloop_lag_seconds') ?? 0
    const until = performance.now() + 400
    while (performance.now() < until);
    expect(await lag()).toBeGreaterThanOrEqual(0.3)
    expect(await lag()).toBeLessThan(0.3)
  })

  it('keeps counting from one scrape to the next', async () => {
    const counter = metrics.meter.createCounter('otelcol_receiver_accepted_log_records')
    counter.add(2)
    expect((await scrape()).sampleOf('otelcol_receiver_accepted_log_records')).toBe(2)
    counter.add(3)
    expect((await scrape()).sampleOf('otelcol_receiver_accepted_log_records')).toBe(5)
  })

  it('renders histograms, odd names, odd labels and odd numbers by the rules of the format', async () => {
    metrics.meter.createGauge('odd.name-1', { description: 'two\nlines and \\' }).record(Number.NaN, {
      'label.with.dots': 'quote " backslash \\ newline \n 你好',
      number: 5,
      list: ['a', 'b'],
    })
    metrics.meter.createUpDownCounter('in_flight').add(-4)
    const histogram = metrics.meter.createHistogram('call_seconds', { advice: { explicitBucketBoundaries: [0.1, 1] } })
    for (const seconds of [0.05, 0.5, 0.6, 30]) histogram.record(seconds, { api: 'PullLogs' })

    const { types, samples } = await scrape()
    expect(types.get('odd_name_1')).toBe('gauge')
    expect(samples.find(({ name }) => name === 'odd_name_1')).toEqual({
      name: 'odd_name_1',
      labels: { label_with_dots: 'quote " backslash \\ newline \n 你好', number: '5', list: '["a","b"]' },
      value: Number.NaN,
    })
    expect(types.get('in_flight')).toBe('gauge')
    expect(types.get('call_seconds')).toBe('histogram')
    expect(
      samples
        .filter(({ name }) => name.startsWith('call_seconds'))
        .map(({ name, labels, value }) => [name, labels, value]),
    ).toEqual([
      ['call_seconds_bucket', { api: 'PullLogs', le: '0.1' }, 1],
      ['call_seconds_bucket', { api: 'PullLogs', le: '1' }, 3],
      ['call_seconds_bucket', { api: 'PullLogs', le: '+Inf' }, 4],
      ['call_seconds_sum', { api: 'PullLogs' }, 31.15],
      ['call_seconds_count', { api: 'PullLogs' }, 4],
    ])
  })

  it('leaves out a metric that contradicts an earlier one of its name', async () => {
    metrics.meter.createCounter('twice').add(1)
    metrics.meter.createGauge('twice').record(2)
    const { types, samples } = await scrape()
    expect(types.get('twice')).toBe('counter')
    expect(samples.filter(({ name }) => name === 'twice')).toEqual([{ name: 'twice', labels: {}, value: 1 }])
  })
})

describe('createReceiverMetrics', () => {
  it('counts under the promised names, one series a receiver', async () => {
    const a = createReceiverMetrics(metrics.meter, 'alibabacloud_sls/a')
    const b = createReceiverMetrics(metrics.meter, 'alibabacloud_cloudmonitor')
    a.accepted('logs', 10)
    a.accepted('logs', 5)
    a.refused('logs', 1)
    b.accepted('metrics', 7)
    b.refused('metrics', 2)
    a.malformed(3)
    a.filtered(5)
    a.unparsedValues(6)
    a.duplicatesDropped(4)
    a.expired()
    a.lostShard()

    const { types, samples } = await scrape()
    expect(
      samples
        .filter(({ labels }) => labels['receiver'] !== undefined)
        .map(({ name, labels, value }) => [name, labels['receiver'], value]),
    ).toEqual([
      ['otelcol_receiver_accepted_log_records', 'alibabacloud_sls/a', 15],
      ['otelcol_receiver_accepted_log_records', 'alibabacloud_cloudmonitor', 0],
      ['otelcol_receiver_accepted_metric_points', 'alibabacloud_sls/a', 0],
      ['otelcol_receiver_accepted_metric_points', 'alibabacloud_cloudmonitor', 7],
      ['otelcol_receiver_refused_log_records', 'alibabacloud_sls/a', 1],
      ['otelcol_receiver_refused_log_records', 'alibabacloud_cloudmonitor', 0],
      ['otelcol_receiver_refused_metric_points', 'alibabacloud_sls/a', 0],
      ['otelcol_receiver_refused_metric_points', 'alibabacloud_cloudmonitor', 2],
      ['alibabacloud_receiver_malformed_records', 'alibabacloud_sls/a', 3],
      ['alibabacloud_receiver_malformed_records', 'alibabacloud_cloudmonitor', 0],
      ['alibabacloud_receiver_filtered_records', 'alibabacloud_sls/a', 5],
      ['alibabacloud_receiver_filtered_records', 'alibabacloud_cloudmonitor', 0],
      ['alibabacloud_receiver_unparsed_values', 'alibabacloud_sls/a', 6],
      ['alibabacloud_receiver_unparsed_values', 'alibabacloud_cloudmonitor', 0],
      ['alibabacloud_receiver_duplicates_dropped', 'alibabacloud_sls/a', 4],
      ['alibabacloud_receiver_duplicates_dropped', 'alibabacloud_cloudmonitor', 0],
      ['alibabacloud_receiver_expired_positions', 'alibabacloud_sls/a', 1],
      ['alibabacloud_receiver_expired_positions', 'alibabacloud_cloudmonitor', 0],
      ['alibabacloud_receiver_lost_shards', 'alibabacloud_sls/a', 1],
      ['alibabacloud_receiver_lost_shards', 'alibabacloud_cloudmonitor', 0],
    ])
    expect(types.get('otelcol_receiver_accepted_log_records')).toBe('counter')
  })

  it('reads lag, progress and bytes in flight when scraped', async () => {
    const a = createReceiverMetrics(metrics.meter, 'a')
    const b = createReceiverMetrics(metrics.meter, 'b')
    let lagSeconds = 12.5
    a.observeLag(() => [
      { seconds: lagSeconds, attributes: { source: 'access/0' } },
      { seconds: 0, attributes: { source: 'access/1' } },
    ])
    b.observeLag(() => [{ seconds: 3, attributes: { source: 'access/0' } }])
    a.observeSinceProgress(() => [{ seconds: 1, attributes: { source: 'access/0' } }])
    a.observeInFlightBytes(() => 4096)
    expect((await scrape()).sampleOf('alibabacloud_receiver_lag_seconds', { receiver: 'a', source: 'access/0' })).toBe(
      12.5,
    )
    lagSeconds = 0.5
    const { types, sampleOf } = await scrape()
    expect(types.get('alibabacloud_receiver_lag_seconds')).toBe('gauge')
    expect(sampleOf('alibabacloud_receiver_lag_seconds', { receiver: 'a', source: 'access/0' })).toBe(0.5)
    expect(sampleOf('alibabacloud_receiver_lag_seconds', { receiver: 'a', source: 'access/1' })).toBe(0)
    expect(sampleOf('alibabacloud_receiver_lag_seconds', { receiver: 'b', source: 'access/0' })).toBe(3)
    expect(sampleOf('alibabacloud_receiver_seconds_since_progress', { receiver: 'a', source: 'access/0' })).toBe(1)
    expect(sampleOf('alibabacloud_receiver_in_flight_bytes', { receiver: 'a' })).toBe(4096)
  })
})
