import type { AnyValue } from '@opentelemetry/api'
import { formatJson, type Json } from '../lossless-json.ts'
import { attributeValue } from './actiontrail/limit.ts'
import { redactJson } from './actiontrail/redact.ts'

export type BodyOption = 'summary' | 'original' | 'none'

/** Attributes of an event. What is absent or empty is not set. */
export class Attributes {
  readonly values: Record<string, AnyValue> = {}
  private readonly cut: string[] = []
  private readonly cutName: string

  /** @param cutName the attribute that names what was cut */
  constructor(cutName = 'alibabacloud.event.truncated') {
    this.cutName = cutName
  }

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
    if (this.cut.length > 0) this.values[this.cutName] = this.cut
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
