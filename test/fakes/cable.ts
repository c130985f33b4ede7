import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The line between a process and a server, which can be cut for good: to the server, that is how a killed process looks. */
export interface Cable {
  readonly url: string
  cut(): void
}

/** Passes bytes on to `targetUrl` until it is cut. Ends with the test. */
export async function startCable(targetUrl: string): Promise<Cable> {
  const { hostname, port } = new URL(targetUrl)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      // A side that is cut off has nobody to tell.
      socket
        .on('error', () => {})
        .on('close', () => {
          sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(cut)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut }
}
