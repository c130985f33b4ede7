/** Status of each error code of the gateway (actiontrail.md 1.8); products name that of their own codes. */
const statusOfCode: Readonly<Record<string, number>> = {
  'InvalidAccessKeyId.NotFound': 404,
  'InvalidAction.NotFound': 404,
  InvalidVersion: 404,
  NoPermission: 403,
}

/** A call that is refused. Thrown by whatever finds the fault; the gateway turns it into the answer. */
export class RpcFault extends Error {
  readonly code: string
  readonly status: number

  /** @param status default: 400, save for the few codes of the gateway that have another one */
  constructor(code: string, message: string, status: number = statusOfCode[code] ?? 400) {
    super(message)
    this.name = 'RpcFault'
    this.code = code
    this.status = status
  }
}

/** What a call over a limit is refused with. */
export function throttlingFault(): RpcFault {
  return new RpcFault('Throttling.User', 'Request was denied due to user flow control.')
}
