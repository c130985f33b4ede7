import type { AnyValue } from '@opentelemetry/api'
import type { ActionTrailRecord } from '../../../src/alibaba/actiontrail/event.ts'
import type { BodyOption } from '../../../src/alibaba/event-parts.ts'
import type { JsonObject } from '../../../src/lossless-json.ts'
import type { SpanReference } from '../../../src/otlp/encode-log.ts'

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
