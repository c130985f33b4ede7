import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import type { Simulator } from '../../simulator/simulator.ts'
import { requirePartner, startEmptySimulator } from './sdks/partner.ts'

const folder = requirePartner(inject('nodeSdk'))

/** What this test uses of the vendor's generic SDK, which is no dependency and so brings no types. */
interface Core {
  readonly default: new (config: object) => Client
  readonly $OpenApiUtil: Readonly<Record<'Config' | 'OpenApiRequest' | 'Params', new (fields: object) => object>>
}
interface Client {
  callApi(
    params: object,
    request: object,
    runtime: object,
  ): Promise<{ readonly statusCode: number; readonly body: Page }>
}
interface Page {
  readonly NextToken?: string
  readonly Events: readonly { readonly eventId: string }[]
}

function createCaller(simulator: Simulator, key = defaultAccessKey) {
  const { default: Client, $OpenApiUtil }: Core = createRequire(join(folder, 'package.json'))('@alicloud/openapi-core')
  const client = new Client(
    new $OpenApiUtil.Config({
      accessKeyId: key.id,
      accessKeySecret: key.secret,
      securityToken: key.securityToken,
      endpoint: `127.0.0.1:${simulator.port}`,
      protocol: 'http',
    }),
  )
  return (action: string, version: string, query: object) =>
    client.callApi(
      new $OpenApiUtil.Params({
        action,
        version,
        protocol: 'HTTP',
        pathname: '/',
        method: 'POST',
        authType: 'AK',
        style: 'RPC',
        reqBodyType: 'formData',
        bodyType: 'json',
      }),
      new $OpenApiUtil.OpenApiRequest({ query }),
      {},
    )
}

test('@alicloud/openapi-core reads all pages of LookupEvents, with text that it escapes in its own way', async () => {
  const simulator = await startEmptySimulator(1)
  simulator.actiontrail.issue('cn-hangzhou', 45)
  const call = createCaller(simulator)
  const ids: string[] = []
  let token: string | undefined
  do {
    const { statusCode, body } = await call('LookupEvents', '2020-07-06', {
      MaxResults: '20',
      Direction: 'FORWARD',
      // Stays raw in its URL, and not in what it signs.
      Comment: "it's *(all)*!",
      ...(token === undefined ? {} : { NextToken: token }),
    })
    expect(statusCode).toBe(200)
    ids.push(...body.Events.map(({ eventId }) => eventId))
    token = body.NextToken
  } while (token !== undefined)
  expect(ids).toEqual([...simulator.ledger.items('cn-hangzhou')].map(({ uid }) => uid))
})

test('@alicloud/openapi-core takes temporary credentials, and understands what it is refused with', async () => {
  const simulator = await startEmptySimulator(1)
  const temporary = { id: 'STS.interop', secret: 's', accountId: defaultAccountId, securityToken: 'a+b/c==' }
  simulator.accounts.add(temporary)
  const call = createCaller(simulator, temporary)
  expect((await call('ListUsers', '2015-05-01', {})).statusCode).toBe(200)
  await expect(call('LookupEvents', '2020-07-06', { MaxResults: 51 })).rejects.toMatchObject({
    statusCode: 400,
    code: 'InvalidQueryParameter',
  })
  simulator.rpc.behaviour.retryAfterMs = 1500
  simulator.faults.inject({ times: 1, effect: { kind: 'throttle' } })
  await expect(call('LookupEvents', '2020-07-06', {})).rejects.toMatchObject({
    name: 'ThrottlingError',
    code: 'Throttling.User',
    retryAfter: 1500,
  })
})
