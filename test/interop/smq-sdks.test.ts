import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { type AccessKey, defaultAccessKey, defaultAccountId } from '../../simulator/accounts.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { requirePartner } from './sdks/partner.ts'

const temporaryKey: AccessKey = { ...defaultAccessKey, id: 'STS.interop', securityToken: 'token' }

/** A simulator without any queue; closed after the test. */
async function startWithoutQueues(): Promise<Simulator> {
  const accessKeys = [defaultAccessKey, temporaryKey]
  const simulator = await startSimulator({ accessKeys, world: { projects: [], traffic: [] } })
  onTestFinished(() => simulator.close())
  return simulator
}

describe('aliyun-mns-sdk of Python', () => {
  const python = requirePartner(inject('pythonSmqSdk'))
  const program = new URL('sdks/python_mns_client.py', import.meta.url).pathname

  test.each([
    ['a key', defaultAccessKey],
    ['a temporary key', temporaryKey],
  ])('makes every call of a queue with %s', async (_what, key) => {
    const simulator = await startWithoutQueues()
    const { id: keyId, secret: keySecret, securityToken } = key
    const job = { endpoint: simulator.url, keyId, keySecret, securityToken }
    const env = { PATH: process.env['PATH'] }
    const { stdout } = await promisify(execFile)(python, [program, JSON.stringify(job)], { env })
    const answers = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(answers).toEqual([
      ['QueueNotExist'],
      null,
      ['from-python', 45, 0, 1, false],
      null,
      ['from-python', 50, 0, 1, false],
      [['from-python'], ''],
      ['MessageNotExist'],
      32,
      'one & <two> 三',
      ['one & <two> 三', 1, 8, true],
      null,
      null,
      ['MessageNotExist'],
      ['ReceiptHandleError'],
      32,
      ['dXJnZW50', 1, 1, true],
      null,
      3,
      null,
      4,
      [
        ['batch 0', {}],
        ['batch 1', {}],
        ['batch 2', {}],
        ['with properties', { tenant: 't <1>' }],
      ],
      ['ReceiptHandleError', ['ReceiptHandleError', 'rubbish']],
      null,
      ['InvalidArgument'],
      null,
      ['QueueNotExist'],
    ])
  })
})

describe('@alicloud/mns of npm', () => {
  const folder = requirePartner(inject('nodeSmqSdk'))

  /** What this test uses of the SDK, which is no dependency and brings no types. */
  interface Answer {
    readonly code: number
    readonly body: unknown
  }
  interface Client {
    createQueue(name: string, attributes: object): Promise<Answer>
    listQueue(start: number | undefined, limit: number, prefix: string): Promise<Answer>
    sendMessage(queue: string, message: object): Promise<Answer>
    batchSendMessage(queue: string, messages: readonly object[]): Promise<Answer>
    peekMessage(queue: string): Promise<Answer>
    receiveMessage(queue: string, waitS: number): Promise<Answer>
    batchReceiveMessage(queue: string, count: number, waitS: number): Promise<Answer>
    changeMessageVisibility(queue: string, handle: string, timeoutS: number): Promise<Answer>
    deleteMessage(queue: string, handle: string): Promise<Answer>
    batchDeleteMessage(queue: string, handles: readonly string[]): Promise<Answer>
  }
  type Sdk = new (account: string, options: object) => Client

  test('sends, receives, holds and deletes', async () => {
    const simulator = await startWithoutQueues()
    const Sdk = createRequire(join(folder, 'package.json'))('@alicloud/mns') as Sdk
    const client = new Sdk(defaultAccountId, {
      region: 'cn-hangzhou',
      accessKeyId: defaultAccessKey.id,
      accessKeySecret: defaultAccessKey.secret,
      endpoint: simulator.url,
    })
    expect(await client.createQueue('from-node', { VisibilityTimeout: 60 })).toMatchObject({ code: 201 })
    expect(await client.listQueue(undefined, 10, 'from')).toMatchObject({
      body: [{ QueueURL: `${simulator.url}/queues/from-node` }],
    })
    expect(await client.sendMessage('from-node', { MessageBody: 'one' })).toMatchObject({ code: 201 })
    expect(await client.peekMessage('from-node')).toMatchObject({ body: { MessageBody: 'one', DequeueCount: '0' } })
    const received = await client.receiveMessage('from-node', 1)
    const { ReceiptHandle: handle } = received.body as { ReceiptHandle: string }
    const changed = await client.changeMessageVisibility('from-node', handle, 120)
    const { ReceiptHandle: newHandle } = changed.body as { ReceiptHandle: string }
    expect(newHandle).not.toBe(handle)
    expect(await client.deleteMessage('from-node', newHandle)).toMatchObject({ code: 204 })

    await client.batchSendMessage('from-node', [{ MessageBody: 'two' }, { MessageBody: 'three' }])
    const batch = await client.batchReceiveMessage('from-node', 16, 1)
    const handles = (batch.body as { ReceiptHandle: string }[]).map(({ ReceiptHandle }) => ReceiptHandle)
    expect(handles).toHaveLength(2)
    expect(await client.batchDeleteMessage('from-node', [...handles, 'rubbish'])).toMatchObject({
      code: 404,
      body: [{ ErrorCode: 'ReceiptHandleError', ReceiptHandle: 'rubbish' }],
    })
    await expect(client.receiveMessage('from-node', 1)).rejects.toThrow('Message not exist')
    expect(simulator.smq.store.queue('from-node').counts()).toMatchObject({ sent: 3, deleted: 3 })
  })
})
