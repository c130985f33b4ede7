import type { DecodedAttribute, DecodedValue } from '../otlp/decode.ts'
import type { Answer, Payload } from './payload.ts'

/**
 * What the processors of a pipeline ask of whoever encodes the records. Processors run while a record is encoded, so
 * the pipeline itself never opens a payload.
 */
export interface Processing {
  /** Set on every resource, over whatever the record brought. */
  readonly resourceAttributes: ReadonlyMap<string, string | number | boolean>
  /** What happens to each finished record, one after the other. Without any, records are never opened. */
  readonly steps: readonly RecordStep[]
}

export const noProcessing: Processing = { resourceAttributes: new Map(), steps: [] }

/**
 * From which attributes the body of a record was made: by the key of an entry, where the body is a map; under the empty
 * key, what the body as a whole was made from.
 */
export type BodySources = ReadonlyMap<string, readonly string[]>

/** What a step sees of a record. It may put another body and another list of attributes in their place. */
export interface StepRecord {
  /** 0: unset. */
  readonly severityNumber: number
  /** Empty: unset. */
  readonly eventName: string
  body: DecodedValue
  /** In their order, which another list keeps; the list and its attributes are not changed in place. */
  attributes: readonly DecodedAttribute[]
}

/** What a processor does to records. */
export interface RecordStep {
  /**
   * Equal for steps that do the same: pipelines whose steps are equal share an outlet. From that of a processor of ours
   * (`stepIdentity`) another thread makes the same step.
   */
  readonly identity: string
  /**
   * Tells the attributes of records that matter to the step, by name: it is shown these, and all that hold a map or a list
   * of maps, of which it does not have to name the members; others may be among them. Absent: all of them.
   */
  looksAt?(attribute: string): boolean
  /** The resource as the next step sees it; the same list where nothing changes. Asked once for a resource. */
  changeResource(resource: readonly DecodedAttribute[]): readonly DecodedAttribute[]
  /**
   * May change the record. Attributes that no step of the outlet looks at need not be among its attributes, and stay as they
   * are.
   * @param resource as this step found it, the same list for the same resource
   */
  changeRecord(
    record: StepRecord,
    resource: readonly DecodedAttribute[],
    bodySources: BodySources,
  ): 'kept' | 'changed' | 'dropped'
}

/**
 * One way out of a receiver: all pipelines whose processors ask for the same encoding. A receiver encodes a page once
 * for each outlet and delivers each encoding to its outlet.
 */
export interface Outlet {
  readonly processing: Processing
  /**
   * Resolves once every exporter behind this outlet has its backend's answer and reads the payload no more. Rejects only
   * when the process gives up what is unanswered at shutdown, or when an exporter was told to stop the process
   * (`on_rejected: stop`).
   */
  deliver(payload: Payload): Promise<Answer>
}
