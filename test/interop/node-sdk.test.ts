import dns from 'node:dns'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { defaultAccessKey } from '../../simulator/accounts.ts'
import { cursorOf } from '../../src/alibaba/sls/cursor.ts'
import { logstore, project, requirePartner, startEmptySimulator } from './sdks/partner.ts'

const folder = requirePartner(inject('nodeSdk'))

/** What this test uses of the SDK, which is no dependency and so brings no types. */
interface Sdk {
  readonly default: new (config: object) => Client
  readonly ConsumerGroupHeartBeatRequest: RequestClass
  readonly ConsumerGroupUpdateCheckPointRequest: RequestClass
  readonly CreateConsumerGroupRequest: RequestClass
  readonly GetCheckPointRequest: RequestClass
  readonly UpdateConsumerGroupRequest: RequestClass
}
type RequestClass = new (fields: object) => object
interface Client {
  createConsumerGroup(project: string, logstore: string, request: object): Promise<Answer>
  listConsumerGroup(project: string, logstore: string): Promise<Answer>
  updateConsumerGroup(project: string, logstore: string, group: string, request: object): Promise<Answer>
  deleteConsumerGroup(project: string, logstore: string, group: string): Promise<Answer>
  consumerGroupHeartBeat(project: string, logstore: string, group: string, request: object): Promise<Answer>
  consumerGroupUpdateCheckPoint(project: string, logstore: string, group: string, request: object): Promise<Answer>
  getCheckPoint(project: string, logstore: string, group: string, request: object): Promise<Answer>
}
interface Answer {
  readonly statusCode: number
  readonly body?: unknown
}

/** The SDK's `httpProxy` has no effect, and it puts the project in front of any endpoint: so the names lead here. */
function resolveVendorNamesToLoopback(): void {
  const lookup = dns.lookup as (...args: unknown[]) => void
  const redirected = (name: unknown, ...rest: unknown[]) =>
    lookup(String(name).endsWith('.aliyuncs.com') ? '127.0.0.1' : name, ...rest)
  const spy = vi.spyOn(dns, 'lookup').mockImplementation(redirected as unknown as typeof dns.lookup)
  onTestFinished(() => spy.mockRestore())
}

test.each(['v1', 'v4'])(
  '@alicloud/sls20201230 makes every call of a consumer group, signature %s',
  async (signatureVersion) => {
    const simulator = await startEmptySimulator(2)
    resolveVendorNamesToLoopback()
    const requireThere = createRequire(join(folder, 'package.json'))
    const sdk: Sdk = requireThere('@alicloud/sls20201230')
    const { $OpenApiUtil } = requireThere('@alicloud/openapi-core')
    const client = new sdk.default(
      new $OpenApiUtil.Config({
        accessKeyId: defaultAccessKey.id,
        accessKeySecret: defaultAccessKey.secret,
        endpoint: `cn-hangzhou.log.aliyuncs.com:${simulator.port}`,
        protocol: 'http',
        regionId: 'cn-hangzhou',
        signatureVersion,
      }),
    )
    const place = [project, logstore] as const
    const group = [...place, 'g'] as const
    const beat = async (consumer: string, body: readonly number[]) =>
      (await client.consumerGroupHeartBeat(...group, new sdk.ConsumerGroupHeartBeatRequest({ consumer, body }))).body
    const write = (fields: object) =>
      client.consumerGroupUpdateCheckPoint(...group, new sdk.ConsumerGroupUpdateCheckPointRequest(fields))

    const options = { consumerGroup: 'g', timeout: 60, order: false }
    const create = () => client.createConsumerGroup(...place, new sdk.CreateConsumerGroupRequest(options))
    await expect(beat('c 1~*/x', [])).rejects.toMatchObject({ code: 'ConsumerGroupNotExist', statusCode: 404 })
    await create()
    await expect(create()).rejects.toMatchObject({ code: 'ConsumerGroupAlreadyExist', statusCode: 400 })
    await client.updateConsumerGroup(...group, new sdk.UpdateConsumerGroupRequest({ timeout: 90, order: true }))
    expect((await client.listConsumerGroup(...place)).body).toEqual([{ name: 'g', timeout: 90, order: true }])

    await expect(beat('c 1~*/x', [0])).rejects.toMatchObject({ code: 'NotExistConsumerWithBody', statusCode: 400 })
    expect(await beat('c 1~*/x', [])).toEqual([0, 1])
    const cursor = cursorOf(1n)
    await write({ shard: 0, checkpoint: cursor, consumer: 'c 1~*/x', forceSuccess: false })
    const stranger = { shard: 0, checkpoint: cursor, consumer: 'stranger' }
    await expect(write({ ...stranger, forceSuccess: false })).rejects.toMatchObject({ code: 'ConsumerNotExist' })
    const one = (await client.getCheckPoint(...group, new sdk.GetCheckPointRequest({ shard: 0 }))).body
    expect(one).toMatchObject([{ shard: 0, checkpoint: cursor, consumer: 'c 1~*/x' }])
    await write({ ...stranger, shard: 1, forceSuccess: true })
    const all = (await client.getCheckPoint(...group, new sdk.GetCheckPointRequest({}))).body
    expect(all).toMatchObject([{ consumer: 'c 1~*/x' }, { consumer: 'stranger' }])

    await client.deleteConsumerGroup(...group)
    expect((await client.listConsumerGroup(...place)).body).toEqual([])
  },
)
