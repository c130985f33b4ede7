import { failureInBody } from '../../src/alibaba/cms/errors.ts'
import type { RpcClient } from '../../src/alibaba/rpc/client.ts'
import { RpcError } from '../../src/alibaba/rpc/errors.ts'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../../src/lossless-json.ts'
import type { Page } from '../../src/windows/read-pages.ts'
import type { EventList } from './config.ts'

const version = '2019-01-01'
/** The most that either call gives at once. */
const pageSize = 100

/** A window in whole seconds, both of which belong to it. */
export interface Seconds {
  readonly from: number
  readonly to: number
}

const members = { system_events: 'SystemEvents', alerts: 'AlertLogList' } as const
const actions = { system_events: 'DescribeSystemEventAttribute', alerts: 'DescribeAlertLogList' } as const

/**
 * One page of the events of a window (cloudmonitor.md 3.1 and 3.2). There is no total: a page that is not full is the last.
 * @param token the number of the page; absent for the first
 * @throws {RpcError} as the client; `bad_response` for an answer in which no list can be found: taking that for an empty
 *   page would lose the window
 */
export async function fetchPage(
  client: Pick<RpcClient, 'call'>,
  list: EventList,
  { from, to }: Seconds,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Page<Json>> {
  const page = Number(token ?? 1)
  const { body, requestId } = await client.call(
    {
      action: actions[list],
      version,
      query: {
        // Milliseconds, although the documentation says seconds.
        StartTime: String(from * 1000),
        EndTime: String(to * 1000 + 999),
        PageNumber: String(page),
        PageSize: String(pageSize),
      },
      onTimeout: 'throw',
      failureIn: ({ api, host }, answer) => failureInBody({ api, endpoint: host }, answer),
    },
    signal,
  )
  const items = entriesOf(list, body)
  if (items === undefined) {
    const message = `${actions[list]} was answered without a list at ${members[list]}; found ${excerptOf(list, body)}`
    throw new RpcError('bad_response', message, { requestId })
  }
  return { items, nextToken: items.length < pageSize ? undefined : String(page + 1) }
}

/** The entries of an answer; `undefined` where nobody can tell whether there are any. */
function entriesOf(list: EventList, body: JsonObject): readonly Json[] | undefined {
  const member = body[members[list]]
  if (member !== undefined) return entriesIn(member)
  if (body['Data'] !== undefined) return entriesInText(list, body['Data'])
  // An empty list may be left out, but only of an answer that says that it is one.
  const hasSucceeded = body['Success'] !== undefined || body['Code'] !== undefined
  return hasSucceeded ? [] : undefined
}

/** A list as it is, in a wrapper of one member, or one of the ways in which APIs write that it is empty. */
function entriesIn(value: Json | undefined): readonly Json[] | undefined {
  if (value === undefined || value === null || value === '') return []
  if (Array.isArray(value)) return value
  if (!isJsonObject(value)) return undefined
  const inside = Object.values(value)
  return inside.length > 1 ? undefined : entriesIn(inside[0])
}

/** Older answers have all in the text `Data` (cloudmonitor.md 3.1): the list, or what holds it. */
function entriesInText(list: EventList, data: Json): readonly Json[] | undefined {
  let value = data
  try {
    if (typeof data === 'string' && data !== '') value = parseJson(data)
  } catch {
    return undefined
  }
  return isJsonObject(value) && value[members[list]] !== undefined ? entriesIn(value[members[list]]) : entriesIn(value)
}

/** What came in the list's place, told by kinds and names only: events hold what is nobody's business in a log. */
function excerptOf(list: EventList, body: JsonObject): string {
  const name = body[members[list]] === undefined ? 'Data' : members[list]
  if (body[name] !== undefined) return `${name} as ${kindOf(body[name])}`
  return `only ${namesIn(body)}`
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'a list'
  if (isJsonObject(value)) return `an object of ${namesIn(value)}`
  return value === null || value === '' ? formatJson(value) : `a ${typeof value}`
}

/** The first few are enough to see what it is. */
const namesIn = (object: JsonObject) => Object.keys(object).slice(0, 10).join(', ') || 'nothing'
