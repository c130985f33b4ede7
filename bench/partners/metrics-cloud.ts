/**
 * A CloudMonitor in a process of its own that has a point of every instance and metric in every minute, made when it is
 * asked for. `process.argv`: instances. Answers the message `counts` with the pages it gave and the fewest that were needed.
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const instances = Number(process.argv[2])
const minute = 60_000
const counts = { pages: 0, fewest: 0, points: 0, firstListAtMs: 0 }

function metricList(query: URLSearchParams): object {
  const startMs = Number(query.get('StartTime'))
  const periods = (Number(query.get('EndTime')) - startMs) / minute
  const length = Number(query.get('Length'))
  const total = periods * instances
  const from = Number(query.get('NextToken') ?? 0)
  const to = Math.min(from + length, total)
  counts.firstListAtMs ||= Date.now()
  counts.pages++
  counts.points += to - from
  if (from === 0) counts.fewest += Math.max(1, Math.ceil(total / length))
  const points: string[] = []
  for (let index = from; index < to; index++) {
    const instance = Math.floor(index / periods)
    const timestamp = startMs + ((index % periods) + 1) * minute
    const value = (instance * 7 + timestamp / minute) % 100
    points.push(
      `{"timestamp":${timestamp},"userId":"1208863178618123","instanceId":"i-bp1${instance}","Minimum":${value},"Average":${value + 0.25},"Maximum":${value + 1}}`,
    )
  }
  const next = to < total ? { NextToken: String(to) } : {}
  return { RequestId: 'R', Code: '200', Success: true, Period: '60', Datapoints: `[${points.join(',')}]`, ...next }
}

function searchResources(query: URLSearchParams): object {
  const from = Number(query.get('NextToken') ?? 0)
  const to = Math.min(from + Number(query.get('MaxResults')), instances)
  const Resources = Array.from({ length: to - from }, (_, index) => ({
    AccountId: '1208863178618123',
    RegionId: 'cn-hangzhou',
    ZoneId: 'cn-hangzhou-h',
    ResourceId: `i-bp1${from + index}`,
    ResourceName: `web-${from + index}`,
    ResourceType: 'ACS::ECS::Instance',
    ResourceGroupId: 'rg-web',
    IpAddresses: ['10.0.0.1'],
    Tags: [
      { Key: 'team', Value: 'web' },
      { Key: 'env', Value: 'prod' },
    ],
  }))
  return { RequestId: 'R', Resources, ...(to < instances ? { NextToken: String(to) } : {}) }
}

const server = createServer((request, response: ServerResponse) => {
  request.resume()
  const query = new URL(request.url ?? '', 'http://any').searchParams
  const action = request.headers['x-acs-action']
  const body =
    action === 'DescribeMetricList'
      ? metricList(query)
      : action === 'SearchResources'
        ? searchResources(query)
        : { Code: 200, Success: true, TotalCount: 0, Resources: { Resource: [] } }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
})
server.listen(0, '127.0.0.1', () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
process.on('message', () => process.send?.(counts))
process.once('disconnect', () => process.exit(0))
