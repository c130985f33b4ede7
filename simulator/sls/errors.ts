/** Status of each error code this service answers (sls-protocol 5.2). */
const statusOfCode = {
  ConsumerGroupAlreadyExist: 400,
  // The vendor documents no status for it.
  ConsumerNotMatch: 400,
  InvalidAPIVersion: 400,
  InvalidCompressType: 400,
  InvalidContentType: 400,
  InvalidCursor: 400,
  InvalidDateFormat: 400,
  InvalidEncoding: 400,
  InvalidKey: 400,
  InvalidBodyRawSize: 400,
  InvalidShardCheckPoint: 400,
  InvalidSignatureMethod: 400,
  InvalidTimestamp: 400,
  JsonInfoInvalid: 400,
  LogStoreWithoutShard: 400,
  MissAccessKeyId: 400,
  MissingAPIVersion: 400,
  MissingBodyRawSize: 400,
  MissingContentType: 400,
  MissingDate: 400,
  MissingHost: 400,
  MissingParameter: 400,
  MissingSignatureMethod: 400,
  NotExistConsumerWithBody: 400,
  ParameterInvalid: 400,
  PostBodyInvalid: 400,
  PostBodyUncompressError: 400,
  RequestTimeExpired: 400,
  ShardNotExist: 400,
  InvalidAccessKeyId: 401,
  SignatureNotMatch: 401,
  Unauthorized: 401,
  ProjectForbidden: 403,
  ProjectQuotaExceed: 403,
  ReadQuotaExceed: 403,
  ShardReadQuotaExceed: 403,
  ShardWriteQuotaExceed: 403,
  WriteQuotaExceed: 403,
  ConsumerGroupNotExist: 404,
  ConsumerNotExist: 404,
  LogStoreNotExist: 404,
  ProjectNotExist: 404,
  InvalidMethod: 405,
  MissingContentLength: 411,
  PostBodyTooLarge: 413,
} as const

export type SlsErrorCode = keyof typeof statusOfCode

/** A call that is refused. Thrown by whatever finds the fault; the service turns it into the answer. */
export class SlsFault extends Error {
  readonly code: SlsErrorCode
  readonly status: number

  /** @param status only where a call answers the code with another one than the rest of them */
  constructor(code: SlsErrorCode, message: string, status: number = statusOfCode[code]) {
    super(message)
    this.name = 'SlsFault'
    this.code = code
    this.status = status
  }
}
