import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBody } from '../../src/http/body.ts'

const BODY_BYTES = 200_000
let cut: PromiseWithResolvers<void>
const server = createServer((request, response) => {
  response.writeHead(200)
  response.on('close', () => cut.resolve())
  response.write(Buffer.alloc(BODY_BYTES, 'x'))
  // The rest of this one never comes: whoever waits for it hangs.
  if (request.url !== '/endless') response.end()
})
let dispatcher: Agent

beforeEach(async () => {
  cut = Promise.withResolvers()
  dispatcher = new Agent()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await dispatcher.close()
  await new Promise((resolve) => server.close(resolve))
})

async function get(path: string) {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return (await dispatcher.request({ origin, path, method: 'GET' })).body
}

describe('readBody', () => {
  it('gives the whole body where it is just as long as allowed', async () => {
    const body = await readBody(await get('/'), BODY_BYTES)
    expect(body?.equals(Buffer.alloc(BODY_BYTES, 'x'))).toBe(true)
  })

  it('cuts the connection of a body that is longer', async () => {
    expect(await readBody(await get('/endless'), BODY_BYTES - 1)).toBeUndefined()
    await cut.promise
  })
})
