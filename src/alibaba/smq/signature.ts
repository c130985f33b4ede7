import { createHmac } from 'node:crypto'
import { percentEncode } from '../sls/signature.ts'

/**
 * A request as both sides of a signature see it.
 *
 * - `target`: path and parameters exactly as on the request line.
 * - `headers`: lower-case names; `date` or `x-mns-date` among them.
 */
export interface SmqSignable {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
}

const V4_ALGORITHM = 'MNS4-HMAC-SHA256'
const V4_TERMINATOR = 'aliyun_v4_request'

// ------------------------------------------------------------------------------------------------------- classic form

/** What the classic form signs (smq.md 4.1). */
export function stringToSignClassic({ method, target, headers }: SmqSignable): string {
  const canonical = Object.entries(headers)
    .filter(([name]) => name.startsWith('x-mns-'))
    .toSorted(byName)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('')
  return [
    method,
    headers['content-md5'] ?? '',
    headers['content-type'] ?? '',
    headers['x-mns-date'] ?? headers['date'] ?? '',
    canonical + target,
  ].join('\n')
}

/** The `Authorization` header of the classic form. */
export function authorizationClassic(accessKeyId: string, secret: string, request: SmqSignable): string {
  const signature = createHmac('sha1', secret).update(stringToSignClassic(request), 'utf8').digest('base64')
  return `MNS ${accessKeyId}:${signature}`
}

// ------------------------------------------------------------------------------------------------------------ V4 form

/** What the V4 form signs (smq.md section 5). Its time is that of the `date` header, so the two cannot disagree. */
export function stringToSignV4({ method, target, headers }: SmqSignable, region: string): string {
  const [path = '', query = ''] = splitAt(target, '?')
  const parameters = query
    .split('&')
    .filter((parameter) => parameter !== '')
    .map((parameter) => splitAt(parameter, '='))
    .map(([name, value = '']) => [encodedOnce(name.toLowerCase()), encodedOnce(value)] as const)
    .toSorted(byName)
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  const signed = Object.entries(headers)
    .filter(([name]) => name === 'content-type' || name === 'content-md5' || name.startsWith('x-mns-'))
    .toSorted(byName)
    .map(([name, value]) => `${name}:${value.trim()}\n`)
  const time = compactTime(headers)
  return [
    V4_ALGORITHM,
    time,
    scopeV4(time, region),
    method,
    path.split('/').map(encodedOnce).join('/'),
    parameters.join('&'),
    signed.join(''),
    '',
  ].join('\n')
}

/** The `Authorization` header of the V4 form. */
export function authorizationV4(accessKeyId: string, secret: string, region: string, request: SmqSignable): string {
  const time = compactTime(request.headers)
  const key = [time.slice(0, 8), region, 'mns', V4_TERMINATOR].reduce<string | Buffer>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `aliyun_v4${secret}`,
  )
  const signature = createHmac('sha256', key).update(stringToSignV4(request, region), 'utf8').digest('hex')
  return `${V4_ALGORITHM} Credential=${accessKeyId}/${scopeV4(time, region)},Signature=${signature}`
}

const scopeV4 = (time: string, region: string) => `${time.slice(0, 8)}/${region}/mns/${V4_TERMINATOR}`

/** `20261121T020000Z` */
function compactTime(headers: SmqSignable['headers']): string {
  const date = new Date(headers['x-mns-date'] ?? headers['date'] ?? Number.NaN)
  return `${date.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Percent-encoded, whether or not it was before. A plus sign is one: receipt handles hold them. */
function encodedOnce(text: string): string {
  try {
    return percentEncode(decodeURIComponent(text))
  } catch {
    return percentEncode(text)
  }
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : a > b ? 1 : 0)

function splitAt(text: string, divider: string): [string, string?] {
  const at = text.indexOf(divider)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
