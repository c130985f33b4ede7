import { type AccessKey, defaultAccessKey } from '../../../simulator/accounts.ts'
import type { Simulator } from '../../../simulator/simulator.ts'
import { authorizationClassic, authorizationV4 } from '../../../src/alibaba/smq/signature.ts'
import { parseXml, type XmlElement } from '../../../src/alibaba/smq/xml.ts'
import { type Answer, send } from '../sls-caller.ts'

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly key?: AccessKey
  /** The region of a V4 signature; default: the classic form. */
  readonly v4?: string
  /** When the request says it was signed; default: the simulator's time. */
  readonly signedAtMs?: number
  /** Last look at the headers, after signing. */
  readonly change?: (headers: Record<string, string>) => void
}

/** One signed request, the target exactly as given. */
export function callSmq(simulator: Simulator, request: string, options: CallOptions = {}): Promise<Answer> {
  const [method = '', target = ''] = request.split(' ')
  const { key = defaultAccessKey, body = '' } = options
  const signed: Record<string, string> = {
    date: new Date(options.signedAtMs ?? simulator.clock.now()).toUTCString(),
    'x-mns-version': '2015-06-06',
    ...(body === '' ? {} : { 'content-type': 'text/xml;charset=UTF-8' }),
    ...options.headers,
  }
  const signable = { method, target, headers: signed }
  const headers: Record<string, string> = {
    host: `127.0.0.1:${simulator.port}`,
    ...signed,
    authorization:
      options.v4 === undefined
        ? authorizationClassic(key.id, key.secret, signable)
        : authorizationV4(key.id, key.secret, options.v4, signable),
    ...(key.securityToken === undefined ? {} : { 'security-token': key.securityToken }),
  }
  options.change?.(headers)
  return send(simulator, method, target, headers, Buffer.from(body))
}

/** `404 MessageNotExist`; the status alone where the answer is no error. */
export function outcomeOf({ status, body }: Answer): string {
  const code = body.toString().startsWith('<') ? fieldsOf(xmlOf(body))['Code'] : undefined
  return code === undefined ? String(status) : `${status} ${code}`
}

export function xmlOf(body: Buffer): XmlElement {
  return parseXml(body.toString())
}

/** The text of each child. */
export function fieldsOf(element: XmlElement): Record<string, string> {
  return Object.fromEntries(element.children.map(({ name, text }) => [name, text]))
}

/** The messages of an answer, whichever form it has. */
export function messagesOf({ body }: Answer): Record<string, string>[] {
  const root = xmlOf(body)
  return (root.name === 'Messages' ? root.children : [root]).map(fieldsOf)
}

const namespace = 'xmlns="http://mns.aliyuncs.com/doc/v1/"'

export const messageXml = (body: string, more = '') =>
  `<Message ${namespace}><MessageBody>${body}</MessageBody>${more}</Message>`

export const handlesXml = (handles: readonly string[]) =>
  `<ReceiptHandles ${namespace}>${handles.map((handle) => `<ReceiptHandle>${handle}</ReceiptHandle>`).join('')}</ReceiptHandles>`
