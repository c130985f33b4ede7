import type { Json, JsonObject } from '../../lossless-json.ts'
import type { Attributes } from '../event-parts.ts'

/** A field by the names it goes by: CloudMonitor spells an event one way where it is asked, another where it sends it. */
type FieldNames = Readonly<Record<string, readonly string[]>>

export interface Fields<Names extends FieldNames> {
  /** What stands under the first of a field's names that is there. */
  readonly at: { readonly [Field in keyof Names]: Json | undefined }
  /** What has none of the names. */
  readonly rest: JsonObject
}

/** Takes each field by the first of its spellings that is there; `rest` is what nobody took. The event is not changed. */
export function readFields<Names extends FieldNames>(event: JsonObject, names: Names): Fields<Names> {
  const rest = { ...event }
  const at: Record<string, Json | undefined> = {}
  for (const [field, spellings] of Object.entries(names)) {
    const name = spellings.find((spelling) => event[spelling] !== undefined)
    if (name === undefined) continue
    at[field] = event[name]
    delete rest[name]
  }
  return { at: at as Fields<Names>['at'], rest }
}

/** What has no attribute of its own, so that the body is never the only place of anything. */
export function setExtra(attributes: Attributes, rest: Readonly<Record<string, Json | undefined>>): void {
  const isFilled = (entry: [string, Json | undefined]): entry is [string, Json] => {
    const [, value] = entry
    return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  }
  const filled = Object.entries(rest).filter(isFilled)
  if (filled.length > 0) attributes.json('alibabacloud.event.extra', Object.fromEntries(filled))
}
