import { type ErrorCode, ReceiverError } from '../errors.ts'

export interface CallErrorFacts {
  /** Absent when there was no answer. */
  readonly status?: number | undefined
  /** The vendor's own code (`LogStoreNotExist`), for people and for callers that know an API's codes. */
  readonly vendorCode?: string | undefined
  readonly requestId?: string | undefined
  /** The server's clock as its answer tells it, milliseconds since the epoch. */
  readonly serverTimeMs?: number | undefined
  /** What the answer asks to wait. */
  readonly retryAfterMs?: number | undefined
  /** Where the kind's own code is not the right one. */
  readonly code?: ErrorCode
  readonly remedy?: string
  /** Where the kind's own answer is not the right one. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** A call to Alibaba Cloud that failed. `kind` is what the caller decides on; each client has its own kinds. */
export class CallError<Kind extends string = string> extends ReceiverError {
  readonly kind: Kind
  readonly status: number | undefined
  readonly vendorCode: string | undefined
  readonly requestId: string | undefined
  readonly serverTimeMs: number | undefined
  readonly retryAfterMs: number | undefined

  /** @param ofKind what all failures of the kind have, unless `facts` say otherwise */
  constructor(
    kind: Kind,
    ofKind: { readonly code: ErrorCode; readonly retryable: boolean },
    message: string,
    facts: CallErrorFacts,
  ) {
    const { code = ofKind.code, retryable = ofKind.retryable, remedy, cause } = facts
    const request = facts.requestId === undefined ? '' : ` (request ${facts.requestId})`
    super(code, message + request, {
      retryable,
      ...(remedy === undefined ? {} : { remedy }),
      ...(cause === undefined ? {} : { cause }),
    })
    this.kind = kind
    this.status = facts.status
    this.vendorCode = facts.vendorCode
    this.requestId = facts.requestId
    this.serverTimeMs = facts.serverTimeMs
    this.retryAfterMs = facts.retryAfterMs
  }
}
