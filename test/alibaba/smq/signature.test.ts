import { describe, expect, it } from 'vitest'
import {
  authorizationClassic,
  authorizationV4,
  type SmqSignable,
  stringToSignClassic,
  stringToSignV4,
} from '../../../src/alibaba/smq/signature.ts'

/** The worked vectors of smq.md 4.3 and section 5. */
const id = 'LTAItestkey'
const secret = 'testSecret1234567890'
const date = 'Sat, 21 Nov 2026 02:00:00 GMT'
const always = { date, 'x-mns-version': '2015-06-06' }
const xml = { 'content-type': 'text/xml;charset=UTF-8' }
const receive = '/queues/audit-events/messages?numOfMessages=16&waitseconds=20'

const vectors: { name: string; request: SmqSignable; text: string; signature: string }[] = [
  {
    name: 'a batch receive',
    request: { method: 'GET', target: receive, headers: always },
    text: `GET\n\n\n${date}\nx-mns-version:2015-06-06\n${receive}`,
    signature: 'roS6+1U1VGL1OFlsmyoUp5W4vS4=',
  },
  {
    name: 'a delete with its handle as it came',
    request: {
      method: 'DELETE',
      target: '/queues/audit-events/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==',
      headers: { ...always, ...xml },
    },
    text: `DELETE\n\ntext/xml;charset=UTF-8\n${date}\nx-mns-version:2015-06-06\n/queues/audit-events/messages?ReceiptHandle=1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==`,
    signature: 'CIortRYcepSNB1zutP9pS3cvpE8=',
  },
  {
    name: 'a list whose parameters are headers',
    request: {
      method: 'GET',
      target: '/queues',
      headers: { ...always, 'x-mns-ret-number': '100', 'x-mns-prefix': 'audit' },
    },
    text: `GET\n\n\n${date}\nx-mns-prefix:audit\nx-mns-ret-number:100\nx-mns-version:2015-06-06\n/queues`,
    signature: 'ih168eMC03wIeZWSIxusmvsv4+k=',
  },
  {
    name: 'a batch delete with Content-MD5',
    request: {
      method: 'DELETE',
      target: '/queues/audit-events/messages',
      headers: { ...always, ...xml, 'content-md5': 'Nzk0NmIzY2FkZDNjNWMzYTEzNTYwOTIxMTdmNDg2NWM=' },
    },
    text: `DELETE\nNzk0NmIzY2FkZDNjNWMzYTEzNTYwOTIxMTdmNDg2NWM=\ntext/xml;charset=UTF-8\n${date}\nx-mns-version:2015-06-06\n/queues/audit-events/messages`,
    signature: 'Ti4DcNPSGxSPJ6PppISmk+pgzg8=',
  },
]

describe('the classic signature', () => {
  it.each(vectors)('of $name is that of the vendor’s client', ({ request, text, signature }) => {
    expect(stringToSignClassic(request)).toBe(text)
    expect(authorizationClassic(id, secret, request)).toBe(`MNS ${id}:${signature}`)
  })

  it('takes the date from x-mns-date where that is sent', () => {
    const request = { method: 'GET', target: '/queues', headers: { ...always, 'x-mns-date': 'then' } }
    expect(stringToSignClassic(request)).toBe('GET\n\n\nthen\nx-mns-date:then\nx-mns-version:2015-06-06\n/queues')
  })
})

describe('the V4 signature', () => {
  it('of a batch receive is that of the vendor’s client', () => {
    const request = { method: 'GET', target: receive, headers: { ...always, ...xml } }
    expect(stringToSignV4(request, 'cn-hangzhou')).toBe(
      'MNS4-HMAC-SHA256\n20261121T020000Z\n20261121/cn-hangzhou/mns/aliyun_v4_request\nGET\n/queues/audit-events/messages\nnumofmessages=16&waitseconds=20\ncontent-type:text/xml;charset=UTF-8\nx-mns-version:2015-06-06\n\n',
    )
    expect(authorizationV4(id, secret, 'cn-hangzhou', request)).toBe(
      `MNS4-HMAC-SHA256 Credential=${id}/20261121/cn-hangzhou/mns/aliyun_v4_request,Signature=233a579210d39ee18045c40655cd6f402246559ce2abf137e92472cd0d73ae7d`,
    )
  })

  it.each(['a+/b==', 'a%2B%2Fb%3D%3D'])(
    'encodes the handle %s once, and writes an empty value as its name',
    (handle) => {
      const target = `/queues/q/messages?VisibilityTimeout=60&ReceiptHandle=${handle}&x=`
      const lines = stringToSignV4({ method: 'PUT', target, headers: always }, 'cn-hangzhou').split('\n')
      expect(lines.slice(3, 6)).toEqual([
        'PUT',
        '/queues/q/messages',
        'receipthandle=a%2B%2Fb%3D%3D&visibilitytimeout=60&x',
      ])
    },
  )
})
