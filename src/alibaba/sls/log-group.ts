import { ProtobufError, ProtobufReader } from '../../protobuf/reader.ts'
import { ProtobufWriter } from '../../protobuf/writer.ts'

/**
 * One SLS `LogGroup` as plain objects: for the simulator, tests and low-volume kinds. Access logs go from SLS protobuf to
 * OTLP protobuf without passing through here.
 */
export interface SlsLogGroup {
  topic: string
  source: string
  machineUuid?: string
  /** Belong to every log of the group. A key may occur twice. */
  tags: [key: string, value: string][]
  logs: SlsLog[]
}

export interface SlsLog {
  /** Unix seconds. */
  time: number
  /** Nanoseconds within the second, 0 to 999 999 999; absent means the log carried none. */
  timeNs?: number
  /** In the order of the log. A key may occur twice; nothing says which one counts, so both stay. */
  contents: [key: string, value: string][]
}

// Whole tag bytes: field number × 8 + wire type (sls-protocol 3.1).
const LIST_GROUP = 0x0a
const GROUP_LOG = 0x0a
const GROUP_TOPIC = 0x1a
const GROUP_SOURCE = 0x22
const GROUP_MACHINE_UUID = 0x2a
const GROUP_TAG = 0x32
const LOG_TIME = 0x08
const LOG_CONTENT = 0x12
const LOG_TIME_NS = 0x25
const PAIR_KEY = 0x0a
const PAIR_VALUE = 0x12

/** Topic and source are written even when empty, as the official SDKs do. */
export function encodeLogGroup(group: SlsLogGroup): Uint8Array {
  const writer = new ProtobufWriter()
  for (const log of group.logs) {
    const mark = writer.begin(GROUP_LOG)
    writer.byte(LOG_TIME)
    writer.varint(log.time)
    for (const [key, value] of log.contents) writePair(writer, LOG_CONTENT, key, value)
    if (log.timeNs !== undefined) {
      writer.byte(LOG_TIME_NS)
      writer.fixed32(log.timeNs)
    }
    writer.end(mark)
  }
  writer.stringField(GROUP_TOPIC, group.topic)
  writer.stringField(GROUP_SOURCE, group.source)
  if (group.machineUuid !== undefined) writer.stringField(GROUP_MACHINE_UUID, group.machineUuid)
  for (const [key, value] of group.tags) writePair(writer, GROUP_TAG, key, value)
  return writer.toBytes()
}

/** The body of a PullLogs answer from groups that `encodeLogGroup` (or a PutLogs client) encoded. */
export function encodeLogGroupList(encodedGroups: readonly Uint8Array[]): Uint8Array {
  const writer = new ProtobufWriter(encodedGroups.reduce((size, group) => size + group.length + 6, 0))
  for (const group of encodedGroups) writer.bytesField(LIST_GROUP, group)
  return writer.toBytes()
}

/**
 * Fields in any order, unknown ones passed over. Text that is not UTF-8 gets U+FFFD.
 * @throws {ProtobufError} when a length runs past its parent or a log has no time
 */
export function decodeLogGroup(bytes: Uint8Array): SlsLogGroup {
  return readGroup(new ProtobufReader(bytes))
}

/** @throws {ProtobufError} as `decodeLogGroup` */
export function decodeLogGroupList(bytes: Uint8Array): SlsLogGroup[] {
  const reader = new ProtobufReader(bytes)
  const groups: SlsLogGroup[] = []
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) groups.push(readGroup(reader.nested()))
    else reader.skip()
  }
  return groups
}

/**
 * How many groups a `LogGroupList` holds; walks the length prefixes of the outermost level only.
 * @throws {ProtobufError} when a length runs past the end
 */
export function countLogGroups(bytes: Uint8Array): number {
  const reader = new ProtobufReader(bytes)
  let count = 0
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) count++
    reader.skip()
  }
  return count
}

function readGroup(reader: ProtobufReader): SlsLogGroup {
  const group: SlsLogGroup = { topic: '', source: '', tags: [], logs: [] }
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) group.logs.push(readLog(reader.nested()))
    else if (field === 3) group.topic = reader.string()
    else if (field === 4) group.source = reader.string()
    else if (field === 5) group.machineUuid = reader.string()
    else if (field === 6) group.tags.push(readPair(reader.nested()))
    else reader.skip()
  }
  return group
}

function readLog(reader: ProtobufReader): SlsLog {
  const start = reader.position
  let time: number | undefined
  let timeNs: number | undefined
  const contents: [string, string][] = []
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1 && reader.wireType === 0) time = reader.varint()
    else if (field === 2) contents.push(readPair(reader.nested()))
    else if (field === 4 && reader.wireType === 5) timeNs = reader.fixed32()
    else reader.skip()
  }
  if (time === undefined) throw new ProtobufError('Log without Time', start)
  return timeNs === undefined ? { time, contents } : { time, timeNs, contents }
}

function readPair(reader: ProtobufReader): [key: string, value: string] {
  let key = ''
  let value = ''
  for (let field = reader.field(); field !== 0; field = reader.field()) {
    if (field === 1) key = reader.string()
    else if (field === 2) value = reader.string()
    else reader.skip()
  }
  return [key, value]
}

function writePair(writer: ProtobufWriter, tag: number, key: string, value: string): void {
  const mark = writer.begin(tag)
  writer.stringField(PAIR_KEY, key)
  writer.stringField(PAIR_VALUE, value)
  writer.end(mark)
}
