import type { Reply } from '../http-frame.ts'
import type { SmqBehaviour } from './call.ts'
import { namespace } from './xml-text.ts'

/** A document whose root stands in the namespace. @param inside XML */
export function xmlReply(status: number, root: string, inside: string, behaviour: SmqBehaviour): Reply {
  const declaration = behaviour.xmlDeclaration ? '<?xml version="1.0" encoding="UTF-8"?>\n' : ''
  const document = `${declaration}<${root} xmlns="${namespace}">${inside}</${root}>`
  return { status, headers: { 'content-type': 'text/xml;charset=utf-8' }, body: Buffer.from(document) }
}

export function emptyReply(status = 204, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: new Uint8Array(0) }
}
