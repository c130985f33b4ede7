import { NANOS_PER_SECOND } from '../nanoseconds.ts'
import type { SimpleValue } from '../otlp/attribute-bytes.ts'
import { encodeLogRecord, encodeResource, encodeScope, type LogRecordFields } from '../otlp/encode-log.ts'
import { LogBatch, RecordGroup } from '../otlp/log-batch.ts'
import { version } from '../version.ts'
import type { BodySources, Processing } from './outlet.ts'
import type { Payload } from './payload.ts'
import { RecordSteps } from './record-steps.ts'

/** A log record that was made as an object, with where it belongs. */
export interface OutgoingRecord {
  /** Without what the pipeline's processors set; `cloud.provider` is added. */
  readonly resource: ReadonlyMap<string, SimpleValue>
  /** The module, such as `alibabacloud-otel-receiver/receivers/actiontrail`. */
  readonly scopeName: string
  /** The scope attribute `encoding.format`, such as `alibabacloud.actiontrail-event`. */
  readonly format: string
  readonly fields: LogRecordFields
  /** Default: nothing is known of what the body was made from. */
  readonly bodySources?: BodySources
}

export interface EncodedRecords {
  readonly payloads: Payload[]
  /** Records that a processor dropped: they are in no payload. */
  readonly filtered: number
}

export interface RecordEncoder {
  /** Encodes records for one outlet. Records of one resource and scope stand together, otherwise in the order given. */
  encode(records: Iterable<OutgoingRecord>, processing: Processing): EncodedRecords
}

/** Resources that are remembered between calls; past this all are forgotten and made anew. */
const maxGroups = 8192
const noBodySources: BodySources = new Map()

/**
 * Makes payloads of records that receivers build as objects: audit events, messages, findings.
 * @param maxPayloadBytes payloads are cut between records, so that none is larger; a larger record stands alone
 */
export function createRecordEncoder(maxPayloadBytes: number): RecordEncoder {
  const outlets = new WeakMap<Processing, OutletEncoder>()
  return {
    encode(records, processing) {
      let outlet = outlets.get(processing)
      if (outlet === undefined) {
        outlet = new OutletEncoder(processing, maxPayloadBytes)
        outlets.set(processing, outlet)
      }
      return outlet.encode(records)
    },
  }
}

class OutletEncoder {
  private readonly processing: Processing
  private readonly steps: RecordSteps | undefined
  private readonly batch: LogBatch
  private readonly groups = new Map<string, RecordGroup>()

  constructor(processing: Processing, maxPayloadBytes: number) {
    this.processing = processing
    this.steps = processing.steps.length === 0 ? undefined : new RecordSteps(processing.steps)
    this.batch = new LogBatch(maxPayloadBytes)
  }

  encode(records: Iterable<OutgoingRecord>): EncodedRecords {
    const { batch, steps } = this
    let filtered = 0
    batch.reset()
    batch.payloads = []
    for (const record of records) {
      const { timeUnixNano, observedTimeUnixNano } = record.fields
      batch.fallbackUnixNano = observedTimeUnixNano
      const group = this.groupOf(record)
      const mark = batch.begin()
      batch.out.raw(encodeLogRecord(record.fields))
      const seconds = Number(timeUnixNano / NANOS_PER_SECOND)
      const nanos = Number(timeUnixNano % NANOS_PER_SECOND)
      if (steps === undefined) batch.commit(mark, group, seconds, nanos)
      else if (!steps.commit(batch, mark, group, seconds, nanos, record.bodySources ?? noBodySources)) filtered++
    }
    batch.finish()
    return { payloads: batch.payloads, filtered }
  }

  private groupOf({ resource, scopeName, format }: OutgoingRecord): RecordGroup {
    const attributes = new Map<string, SimpleValue>([['cloud.provider', 'alibaba_cloud'], ...resource])
    for (const [key, value] of this.processing.resourceAttributes) attributes.set(key, value)
    const key = JSON.stringify([scopeName, format, [...attributes]])
    let group = this.groups.get(key)
    if (group === undefined) {
      if (this.groups.size >= maxGroups) this.groups.clear()
      const scope = encodeScope(scopeName, version, [['encoding.format', format]])
      group = new RecordGroup(encodeResource(attributes), scope)
      this.groups.set(key, group)
    }
    return group
  }
}
