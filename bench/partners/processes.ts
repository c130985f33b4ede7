import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The top folder of the repository. */
export const top = fileURLToPath(new URL('../..', import.meta.url))

/** The first message of a partner, in which it says where it answers. */
export function firstMessage<T>(partner: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onMessage = (value: unknown) => {
      partner.off('exit', onExit)
      resolve(value as T)
    }
    const onExit = () => reject(new Error('A partner of the bench ended'))
    partner.once('message', onMessage)
    partner.once('exit', onExit)
  })
}

/** Of a process so far, from /proc; zeros where there is none. */
export function readUsage(pid: number): { peakRssBytes: number; rssBytes: number; cpuSeconds: number } {
  if (!existsSync(`/proc/${pid}/stat`)) return { peakRssBytes: 0, rssBytes: 0, cpuSeconds: 0 }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const kibOf = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024
  const ticks = Number(fields[11]) + Number(fields[12])
  return { peakRssBytes: kibOf('VmHWM'), rssBytes: kibOf('VmRSS'), cpuSeconds: ticks / 100 }
}
