/** Status of each error code this service answers (smq.md 7). */
const statusOfCode = {
  InvalidArgument: 400,
  InvalidAuthorizationHeader: 400,
  InvalidContentType: 400,
  InvalidDateHeader: 400,
  // The vendor's spelling.
  InvalidDegist: 400,
  InvalidQueryString: 400,
  InvalidQueueName: 400,
  InvalidRequestURL: 400,
  InvalidVersionHeader: 400,
  MalformedXML: 400,
  MissingAuthorizationHeader: 400,
  MissingDateHeader: 400,
  MissingReceiptHandle: 400,
  MissingVersionHeader: 400,
  MissingVisibilityTimeout: 400,
  QueueNameLengthError: 400,
  ReceiptHandleError: 400,
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  // The vendor documents neither code nor status for a token that expired or is not the key's.
  InvalidSecurityToken: 403,
  SignatureDoesNotMatch: 403,
  MessageNotExist: 404,
  QueueNotExist: 404,
  TimeExpired: 408,
  QueueAlreadyExist: 409,
  TooManyRequests: 429,
  InternalError: 500,
} as const

export type SmqErrorCode = keyof typeof statusOfCode

/** A call that is refused. Thrown by whatever finds the fault; the service turns it into the answer. */
export class SmqFault extends Error {
  readonly code: SmqErrorCode
  readonly status: number

  constructor(code: SmqErrorCode, message: string) {
    super(message)
    this.name = 'SmqFault'
    this.code = code
    this.status = statusOfCode[code]
  }
}
