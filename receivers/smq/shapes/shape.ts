import type { AnyValue } from '@opentelemetry/api'
import type { ActionTrailRecord } from '../../../src/alibaba/actiontrail/event.ts'
import { attributeValue } from '../../../src/alibaba/actiontrail/limit.ts'
import { redactJson } from '../../../src/alibaba/actiontrail/redact.ts'
import { formatJson, type Json, type JsonObject } from '../../../src/lossless-json.ts'
import type { SpanReference } from '../../../src/otlp/encode-log.ts'

export type BodyOption = 'summary' | 'original' | 'none'

/** The forms in which messages come (smq.md section 10). */
export type ShapeKind =
  | 'cloudevent/actiontrail'
  | 'cloudevent/ecs'
  | 'cloudevent/oss'
  | 'cloudevent/custom'
  | `cloudevent/${string}`
  | 'actiontrail'
  | 'cloudmonitor/system-event'
  | 'cloudmonitor/threshold-alert'
  | 'oss/event-notification'
  | 'smq/topic-notification'
  | 'smq/topic-notification-xml'
  | 'json/other'
  | 'text'
  | 'bytes'

/** One event of a message: what its content tells, without what the queue knows of the message. */
export interface ShapedEvent {
  readonly kind: ShapeKind
  /** `alibabacloud.<format>` is the scope attribute `encoding.format`. */
  readonly format: string
  /** `log.record.uid`; absent: the message's id. */
  readonly uid?: string | undefined
  /** The same for every copy of the event that was sent, where its sender promises that. */
  readonly identity?: string | undefined
  /** Absent: when the message was sent. */
  readonly timeUnixNano?: bigint | undefined
  readonly severityNumber?: number | undefined
  readonly eventName?: string | undefined
  readonly body?: AnyValue | undefined
  readonly attributes: Readonly<Record<string, AnyValue>>
  readonly span?: SpanReference | undefined
  /** The product's short code for `service.name`; absent: the queue's name. */
  readonly product?: string | undefined
  readonly resource: Readonly<Record<string, string>>
  /** Where the event is ActionTrail's. */
  readonly audit?: { readonly event: JsonObject; readonly record: ActionTrailRecord } | undefined
}

/** What shapes are told beside the content. */
export interface ShapeContext {
  readonly body: BodyOption
  /** When the message was sent, nanoseconds since the epoch; 0 where not known. */
  readonly sentUnixNano: bigint
}

/** `acs:<product>:<region>:<account>:<relative id>` in its parts; `undefined` for any other text. */
export function parseArn(text: string | undefined): ArnParts | undefined {
  const match = /^acs:([a-z0-9-]+):([a-z0-9-]*):(\d*):(.*)$/i.exec(text ?? '')
  if (match === null) return undefined
  const [arn, product = '', region = '', accountId = '', relativeId = ''] = match
  return {
    arn,
    product: product.toLowerCase(),
    region: region || undefined,
    accountId: accountId || undefined,
    // `instance/i-bp1…`; anything else has a form of its own.
    instanceId: /^[a-z-]+\/([^/]+)$/i.exec(relativeId)?.[1],
    isComplete: region !== '' && accountId !== '' && relativeId !== '',
  }
}

export interface ArnParts {
  readonly arn: string
  readonly product: string
  readonly region: string | undefined
  readonly accountId: string | undefined
  readonly instanceId: string | undefined
  /** Every part is there. */
  readonly isComplete: boolean
}

/** Attributes of an event. What is absent or empty is not set. */
export class Attributes {
  readonly values: Record<string, AnyValue> = {}
  private readonly cut: string[] = []

  text(name: string, value: string | undefined): void {
    if (value !== undefined && value !== '') this.values[name] = value
  }

  set(name: string, value: AnyValue | undefined): void {
    if (value !== undefined) this.values[name] = value
  }

  /** Secrets masked by the names of their keys, and limited in size as for audit events. */
  json(name: string, value: Json | undefined): void {
    if (value !== undefined) this.set(name, attributeValue(redactJson(value), name, this.cut))
  }

  finish(): Readonly<Record<string, AnyValue>> {
    if (this.cut.length > 0) this.values['alibabacloud.event.truncated'] = this.cut
    return this.values
  }
}

/** The body of an event of the vendor's, by the receiver's option. */
export function eventBody(option: BodyOption, summary: string, event: Json): string | undefined {
  if (option === 'none') return undefined
  return option === 'summary' ? summary : formatJson(redactJson(event))
}

/** A resource without what is absent. */
export function resourceOf(entries: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
