import type { JsonObject } from '../../lossless-json.ts'
import { RpcError, type RpcErrorKind } from '../rpc/errors.ts'

/** What a call is about, for messages. */
export interface CmsCallSubject {
  /** `DescribeMetricList` */
  readonly api: string
  readonly endpoint: string
}

/**
 * The failure that a body tells which came with HTTP 200, as CloudMonitor's do: a `Success` that is not true, or a `Code`
 * that is not 200; `undefined` for a success. Either may be missing. The code is a number, a number as text, or a name.
 */
export function failureInBody({ api, endpoint }: CmsCallSubject, body: JsonObject): RpcError | undefined {
  const success = String(body['Success'] ?? true)
  const code = String(body['Code'] ?? '')
  if (/^true$/i.test(success) && /^(|200|success|ok)$/i.test(code)) return undefined
  const kind = kindOf(code.toLowerCase())
  const message = typeof body['Message'] === 'string' ? body['Message'].slice(0, 1000) : ''
  const found = [/^(|200)$/.test(code) ? `Success is ${success}` : code, message].filter(Boolean).join(', ')
  const requestId = typeof body['RequestId'] === 'string' ? body['RequestId'] : undefined
  const facts = { status: 200, vendorCode: code === '' ? undefined : code, requestId }
  if (kind !== 'permission') return new RpcError(kind, `${api} of ${endpoint} failed: ${found}`, facts)
  return new RpcError(kind, `Cannot call cms:${api} of ${endpoint}: access is denied: ${found}`, {
    ...facts,
    remedy: `Grant cms:${api} to the RAM user or role this process runs as.`,
  })
}

function kindOf(code: string): RpcErrorKind {
  if (code.includes('throttling') || code === '429') return 'throttled'
  if (/^(accessdenied|accessforbidden|forbidden|nopermission|unauthorized)|^40[13]$/.test(code)) return 'permission'
  if (/^(internalerror|serviceunavailable)|^5\d\d$/.test(code)) return 'transient'
  return 'refused'
}

/**
 * The namespace or the metric does not exist, or nothing reports it (cloudmonitor.md 1.8). A bare HTTP 404 is something
 * else: a wrong endpoint, or a proxy, says so of every metric.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof RpcError && /^(404|resourcenotfound)/i.test(error.vendorCode ?? '')
}

/** A cursor of the bulk export that the server does not take any more. */
export function isCursorRefused(error: unknown): boolean {
  return error instanceof RpcError && error.kind === 'refused' && !isNotFound(error)
}
