import type { AnyValue } from '@opentelemetry/api'
import { ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer'
import { resourceFromAttributes } from '@opentelemetry/resources'
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs'
import { NANOS_PER_SECOND } from '../nanoseconds.ts'
import { ProtobufReader } from '../protobuf/reader.ts'
import { ProtobufWriter } from '../protobuf/writer.ts'
import { attributeKey, LIST_ENTRY, type SimpleValue, writeValue } from './attribute-bytes.ts'

/** A log record that was made as an object. Times in nanoseconds since the epoch, 0 where not known. */
export interface LogRecordFields {
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  readonly severityNumber?: number | undefined
  readonly eventName?: string | undefined
  readonly body?: AnyValue | undefined
  readonly attributes: Readonly<Record<string, AnyValue>>
  /** The span during which the record was made. */
  readonly span?: SpanReference | undefined
}

/** As W3C's `traceparent` has them: lower-case hex, 32 and 16 digits, neither all zeros. */
export interface SpanReference {
  readonly traceId: string
  readonly spanId: string
  /** Bit 0: the trace is sampled. */
  readonly traceFlags: number
}

const noResource = resourceFromAttributes({})
const noScope = { name: '' }

/**
 * The protobuf of one `LogRecord`, without tag and length. The official serializer knows only whole requests, so the
 * record is cut out of one; how records are grouped is `LogBatch`'s business, for all kinds alike.
 */
export function encodeLogRecord(record: LogRecordFields): Uint8Array {
  const readable: ReadableLogRecord = {
    hrTime: hrTime(record.timeUnixNano),
    hrTimeObserved: hrTime(record.observedTimeUnixNano),
    ...(record.severityNumber === undefined ? {} : { severityNumber: record.severityNumber }),
    ...(record.eventName === undefined ? {} : { eventName: record.eventName }),
    ...(record.body === undefined ? {} : { body: record.body }),
    ...(record.span === undefined ? {} : { spanContext: record.span }),
    attributes: record.attributes as ReadableLogRecord['attributes'],
    resource: noResource,
    instrumentationScope: noScope,
    droppedAttributesCount: 0,
  }
  const request = ProtobufLogsSerializer.serializeRequest([readable])
  if (request === undefined) throw new Error('The OTLP serializer gave nothing for a log record')
  const resourceLogs = fieldOf(new ProtobufReader(request), 1)
  const scopeLogs = fieldOf(resourceLogs, 2)
  const log = fieldOf(scopeLogs, 2)
  return log.buffer.subarray(log.position, log.end)
}

/** The protobuf of a `Resource`. */
export function encodeResource(attributes: Iterable<readonly [string, SimpleValue]>): Uint8Array {
  const writer = new ProtobufWriter(1024)
  for (const [name, value] of attributes) writeValue(writer, LIST_ENTRY, attributeKey(name), value)
  return writer.toBytes()
}

/** The protobuf of an `InstrumentationScope`. */
export function encodeScope(
  name: string,
  version: string,
  attributes: Iterable<readonly [string, SimpleValue]>,
): Uint8Array {
  const writer = new ProtobufWriter(256)
  writer.stringField(0x0a, name)
  writer.stringField(0x12, version)
  for (const [key, value] of attributes) writeValue(writer, 0x1a, attributeKey(key), value)
  return writer.toBytes()
}

function hrTime(unixNano: bigint): [number, number] {
  return [Number(unixNano / NANOS_PER_SECOND), Number(unixNano % NANOS_PER_SECOND)]
}

function fieldOf(reader: ProtobufReader, number: number): ProtobufReader {
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === number) return reader.nested()
    reader.skip()
  }
  throw new Error(`The OTLP serializer left out field ${number}`)
}
