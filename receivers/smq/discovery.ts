import { ReceiverError } from '../../src/errors.ts'
import { createNameMatcher, isPlainName } from '../../src/name-patterns.ts'
import type { TaskGroup } from '../../src/task-group.ts'
import type { SmqOptions } from './config.ts'
import type { SmqDeps } from './queue.ts'

/** The name under which the list of queues shows in the status. */
const listSource = 'queues'

/**
 * Calls `follow` for every queue that the patterns select, those made later too; what it is given aborts when the queue has
 * gone from the list, or at the end. Queues that are named need no list. Runs until `stop`; with `once`, lists the queues once.
 *
 * @param refreshed told at each round, with the queues that are followed then
 * @throws with `once`, what repeating does not cure
 */
export async function followQueues(
  deps: Pick<SmqDeps, 'options' | 'client' | 'clock' | 'health' | 'once'>,
  tasks: TaskGroup,
  follow: (queue: string, stop: AbortSignal) => Promise<void>,
  refreshed: (queues: readonly string[]) => void,
): Promise<void> {
  const { options, client, clock, health, once } = deps
  const { stop } = tasks
  const followed = new Map<string, AbortController>()
  const areNamed = options.queues.every(isPlainName)
  const named = selectQueues(options, options.queues.filter(isPlainName))
  const begin = (name: string) => {
    const gone = new AbortController()
    followed.set(name, gone)
    tasks.start(() => follow(name, AbortSignal.any([stop, gone.signal])))
  }

  named.forEach(begin)
  for (;;) {
    try {
      const all = areNamed ? options.queues : await client.listQueues(commonPrefix(options.queues), stop)
      const names = [...new Set([...named, ...selectQueues(options, all)])]
      for (const [name, gone] of followed) {
        if (names.includes(name)) continue
        gone.abort(new Error(`The queue ${name} is gone`))
        followed.delete(name)
        health.forget(name)
      }
      names.filter((name) => !followed.has(name)).forEach(begin)
      if (followed.size === 0) throw noQueue(options.queues, all)
      if (!areNamed) health.works(listSource)
      refreshed([...followed.keys()])
    } catch (error) {
      if (stop.aborted) return
      if (once) throw error
      health.failed(listSource, error)
    }
    if (once) return
    try {
      await clock.sleep(options.refreshIntervalMs, stop)
    } catch {
      return
    }
  }
}

/** The queues to read; never the one that poison is parked in, or it would come back. */
export function selectQueues(
  { queues, poison }: Pick<SmqOptions, 'queues' | 'poison'>,
  all: readonly string[],
): string[] {
  const matches = createNameMatcher(queues)
  return [...new Set(all)].filter((name) => matches(name) && name !== poison.queue)
}

/** What the names of all queues begin with that the patterns can select; empty where nothing can be told. */
export function commonPrefix(patterns: readonly string[]): string {
  const starts = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => (isPlainName(pattern) ? pattern : (/^[A-Za-z0-9-]*/.exec(pattern)?.[0] ?? '')))
  const [first = '', ...others] = starts
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--
  return first.slice(0, length)
}

function noQueue(patterns: readonly string[], all: readonly string[]): ReceiverError {
  const has =
    all.length === 0 ? 'there is none' : `there are: ${all.slice(0, 20).join(', ')}${all.length > 20 ? ', …' : ''}`
  return new ReceiverError('SMQ_NOT_FOUND', `No queue matches ${patterns.join(', ')}; ${has}`)
}
