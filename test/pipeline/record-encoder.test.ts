import { describe, expect, it } from 'vitest'
import { decodeLogs } from '../../src/otlp/decode.ts'
import { noProcessing, type Processing, type RecordStep } from '../../src/pipeline/outlet.ts'
import { createRecordEncoder, type OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import { version } from '../../src/version.ts'

const observedTimeUnixNano = 1_772_410_540_000_000_000n
const at = (seconds: number) => BigInt(1_772_410_000 + seconds) * 1_000_000_000n

function recordOf(uid: string, service = 'actiontrail', more: Partial<OutgoingRecord> = {}): OutgoingRecord {
  return {
    resource: new Map([['service.name', service]]),
    scopeName: 'alibabacloud-otel-receiver/receivers/test',
    format: 'alibabacloud.test',
    fields: { timeUnixNano: at(0), observedTimeUnixNano, attributes: { uid } },
    ...more,
  }
}

/** Resource, scope and uids, as they stand in the payloads. */
function shown(encoded: ReturnType<ReturnType<typeof createRecordEncoder>['encode']>) {
  return encoded.payloads.map(({ bytes }) =>
    decodeLogs(bytes).flatMap(({ resource, scopeLogs }) =>
      scopeLogs.map(({ scope, logRecords }) => ({
        resource: Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value])),
        scope: { name: scope.name, version: scope.version, format: scope.attributes[0]?.value },
        uids: logRecords.map(({ attributes }) => attributes.find(({ key }) => key === 'uid')?.value),
      })),
    ),
  )
}

describe('createRecordEncoder', () => {
  it('records of one resource and scope stand together, each group in the order given', () => {
    const records = [recordOf('1'), recordOf('2', 'ecs'), recordOf('3'), recordOf('4', 'ecs', { format: 'other' })]
    const encoded = createRecordEncoder(2 ** 20).encode(records, noProcessing)
    const scope = { name: 'alibabacloud-otel-receiver/receivers/test', version, format: 'alibabacloud.test' }
    expect(shown(encoded)).toEqual([
      [
        { resource: { 'cloud.provider': 'alibaba_cloud', 'service.name': 'actiontrail' }, scope, uids: ['1', '3'] },
        { resource: { 'cloud.provider': 'alibaba_cloud', 'service.name': 'ecs' }, scope, uids: ['2'] },
        {
          resource: { 'cloud.provider': 'alibaba_cloud', 'service.name': 'ecs' },
          scope: { ...scope, format: 'other' },
          uids: ['4'],
        },
      ],
    ])
    expect(encoded.payloads).toMatchObject([{ signal: 'logs', items: 4 }])
  })

  it('keeps every field of a record', () => {
    const fields = {
      timeUnixNano: at(1) + 7n,
      observedTimeUnixNano,
      severityNumber: 13,
      eventName: 'alibabacloud.test.event',
      body: 'a line',
      attributes: { text: 'a', whole: 5, flag: true, list: ['x', 1], map: { deep: { er: 'y' } } },
    }
    const { payloads } = createRecordEncoder(2 ** 20).encode([recordOf('1', 'ecs', { fields })], noProcessing)
    const [record] = decodeLogs(payloads[0]?.bytes ?? new Uint8Array())[0]?.scopeLogs[0]?.logRecords ?? []
    expect(record).toMatchObject({
      timeUnixNano: at(1) + 7n,
      observedTimeUnixNano,
      severityNumber: 13,
      eventName: 'alibabacloud.test.event',
      body: 'a line',
      attributes: [
        { key: 'text', value: 'a' },
        { key: 'whole', value: 5n },
        { key: 'flag', value: true },
        { key: 'list', value: ['x', 1n] },
        { key: 'map', value: { pairs: [{ key: 'deep', value: { pairs: [{ key: 'er', value: 'y' }] } }] } },
      ],
    })
  })

  it('a payload knows its range of times; a record without one counts as observed now', () => {
    const timed = (seconds: number) => ({ fields: { timeUnixNano: at(seconds), observedTimeUnixNano, attributes: {} } })
    const encoder = createRecordEncoder(2 ** 20)
    const { payloads } = encoder.encode([recordOf('1', 'a', timed(9)), recordOf('2', 'a', timed(3))], noProcessing)
    expect(payloads).toMatchObject([{ oldestUnixNano: at(3), newestUnixNano: at(9) }])
    const untimed = { fields: { timeUnixNano: 0n, observedTimeUnixNano, attributes: {} } }
    const [payload] = encoder.encode([recordOf('1', 'a', untimed)], noProcessing).payloads
    expect(payload).toMatchObject({ oldestUnixNano: observedTimeUnixNano, newestUnixNano: observedTimeUnixNano })
  })

  it('cuts payloads between records, and a record that is too large stands alone', () => {
    const large = (uid: string, size: number) =>
      recordOf(uid, 'a', {
        fields: { timeUnixNano: at(0), observedTimeUnixNano, body: 'x'.repeat(size), attributes: { uid } },
      })
    const records = [large('1', 400), large('2', 400), large('3', 5000), large('4', 10)]
    const encoded = createRecordEncoder(1500).encode(records, noProcessing)
    expect(shown(encoded).map((groups) => groups.flatMap(({ uids }) => uids))).toEqual([['1', '2'], ['3'], ['4']])
    expect(encoded.payloads.map(({ items }) => items)).toEqual([2, 1, 1])
  })

  it('each outlet gets what its processors say, and what they drop is counted', () => {
    const dropSecond: RecordStep = {
      identity: 'drop 2',
      changeResource: (resource) => resource,
      changeRecord: ({ attributes }) => (attributes.some(({ value }) => value === '2') ? 'dropped' : 'kept'),
    }
    const processing: Processing = {
      resourceAttributes: new Map([
        ['service.name', 'mine'],
        ['env', 'prod'],
      ]),
      steps: [dropSecond],
    }
    const encoder = createRecordEncoder(2 ** 20)
    const records = [recordOf('1'), recordOf('2')]
    const encoded = encoder.encode(records, processing)
    expect(encoded.filtered).toBe(1)
    expect(shown(encoded)).toMatchObject([
      [{ resource: { 'cloud.provider': 'alibaba_cloud', 'service.name': 'mine', env: 'prod' }, uids: ['1'] }],
    ])
    expect(shown(encoder.encode(records, noProcessing))).toMatchObject([[{ uids: ['1', '2'] }]])
  })

  it('of nothing there are no payloads', () => {
    expect(createRecordEncoder(1000).encode([], noProcessing)).toEqual({ payloads: [], filtered: 0 })
  })
})
