import { readFileSync } from 'node:fs'
import { createNoopMeter } from '@opentelemetry/api'
import { type ActionTrailRecord, convertActionTrailEvent } from '../../src/alibaba/actiontrail/event.ts'
import { createDetection, type Detection, type DetectionLimits } from '../../src/detection/detection.ts'
import type { Rule } from '../../src/detection/rule.ts'
import { selectRules } from '../../src/detection/rule-selection.ts'
import { isJsonObject, type JsonObject, parseJson } from '../../src/lossless-json.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { createManualClock } from '../fakes/manual-clock.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const samples = new URL('../alibaba/actiontrail/testdata/', import.meta.url)

/** A recorded event of the reference's samples, by the name of its file without `.json`. */
export function sample(name: string): JsonObject {
  return asEvent(readFileSync(new URL(`${name}/input.json`, samples), 'utf8'))
}

function asEvent(text: string): JsonObject {
  const event = parseJson(text)
  if (!isJsonObject(event)) throw new Error('The sample is no event')
  return event
}

let made = 0

/** An event of the RAM user alice that worked, called with her key; parts over it. Each has an id of its own. */
export function event(parts: JsonObject = {}): JsonObject {
  made++
  return {
    eventId: `EVENT-${made}`,
    eventTime: '2025-06-02T03:00:00Z',
    eventType: 'ApiCall',
    eventName: 'DescribeInstances',
    serviceName: 'Ecs',
    eventRW: 'Write',
    acsRegion: 'cn-hangzhou',
    sourceIpAddress: '198.51.100.77',
    recipientAccountId: '1234567890123456',
    userIdentity: {
      type: 'ram-user',
      principalId: '200000000000000001',
      accountId: '1234567890123456',
      userName: 'alice',
      accessKeyId: 'LTAIEXAMPLEKEY01',
    },
    ...parts,
  }
}

/** The same moment, so many seconds later. */
export function later(seconds: number): string {
  return new Date(Date.parse('2025-06-02T03:00:00Z') + seconds * 1000).toISOString().replace('.000Z', 'Z')
}

export function recordOf(document: JsonObject): ActionTrailRecord {
  return convertActionTrailEvent(document, { body: 'none', fallbackUnixNano: 0n })
}

/** The built-in rules, tuned; with `enabled`, only those. */
export function rules(
  settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
  enabled?: readonly string[],
): readonly Rule[] {
  const selected = selectRules({ settings, enabled, disabled: [], files: [] })
  if ('faults' in selected) throw new Error(JSON.stringify(selected.faults))
  return selected.rules
}

export interface DetectionSettings {
  readonly rules?: readonly Rule[]
  readonly watch?: readonly string[]
  readonly checkpoints?: Checkpoints
  readonly limits?: DetectionLimits
  readonly log?: Log
}

/** Five minutes after the events of `event`. */
export const readAtMs = Date.parse('2025-06-02T03:05:00Z')

export async function startDetection(settings: DetectionSettings = {}): Promise<Detection> {
  const { watch = [], checkpoints = createMemoryStore().scope('test'), limits } = settings
  const detection = createDetection(
    { watch, watchSeverityNumber: 13, rules: settings.rules ?? rules() },
    {
      checkpoints,
      clock: createManualClock(readAtMs),
      log: settings.log ?? createRecordingLog(),
      meter: createNoopMeter(),
      receiver: 'test',
      ...(limits === undefined ? {} : { limits }),
    },
  )
  await detection.load()
  return detection
}

export const ruleIdOf = ({ fields }: OutgoingRecord) => String(fields.attributes['alibabacloud.finding.rule.id'])
export const uidOf = ({ fields }: OutgoingRecord) => String(fields.attributes['log.record.uid'])

/** The ids of the rules that fire at any of the events. */
export function fired(detection: Detection, ...documents: JsonObject[]): string[] {
  return documents.flatMap((document) => detection.examine(document, recordOf(document)).findings.map(ruleIdOf))
}
