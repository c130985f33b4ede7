import type { AnyValue } from '@opentelemetry/api'
import { severities } from '../../otlp/severity.ts'
import type { BodyOption } from '../event-parts.ts'

/**
 * What CloudMonitor tells, the same whether it was asked for or came through a queue. The receiver adds what only the way
 * tells: `log.record.uid`, and all about the message.
 */
export interface CloudMonitorRecord {
  /** `alibabacloud.<format>` is the scope attribute `encoding.format`. */
  readonly format: 'cms-system-event' | 'cms-alert'
  /** What tells it when it is read again; absent where it came without an id. */
  readonly uid: string | undefined
  /** `undefined` where there is none that can be read. */
  readonly timeUnixNano: bigint | undefined
  readonly severityNumber: number
  readonly eventName: string
  readonly body: string | undefined
  readonly attributes: Readonly<Record<string, AnyValue>>
  /** The product's short code, for `service.name`. */
  readonly product: string
  readonly resource: Readonly<Record<string, string>>
}

export interface CloudMonitorRecordOptions {
  readonly body: BodyOption
  /** Whether mails, phone numbers, names and webhooks of alerts stay. */
  readonly contacts: 'drop' | 'keep'
}

/** Where no product is told. */
export const cloudMonitorProduct = 'cms'

/** Levels of system events, of alert rules (P2 to P4), and of the alerts that are sent (cloudmonitor.md 3.3). */
const levels: Readonly<Record<string, number>> = {
  CRITICAL: severities.error,
  ERROR: severities.error,
  WARN: severities.warn,
  WARNING: severities.warn,
  INFO: severities.info,
  P2: severities.error,
  P3: severities.warn,
  P4: severities.warn,
  OK: severities.info,
}

/** `undefined` for a level that is none of CloudMonitor's. */
export function severityOfLevel(level: string | undefined): number | undefined {
  const key = level?.trim().toUpperCase() ?? ''
  return Object.hasOwn(levels, key) ? levels[key] : undefined
}
