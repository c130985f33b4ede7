import type { Random } from '../random.ts'
import { accountId, clientAddress, type TrafficGroup, type TrafficKind, type TrafficRecord } from './kind.ts'

const logstores = ['slb-access', 'rds-audit', 'app-stdout', 'nginx'] as const
const accessKeyId = 'LTAI5tExampleKeyId000000'

function caller(random: Random): [string, string][] {
  switch (random.integer(0, 2)) {
    case 0:
      return [
        ['AccessKeyId', accessKeyId],
        ['CallerType', 'Subuser'],
        ['InvokerUid', '234567890123456789'],
      ]
    case 1:
      return [
        ['CallerType', 'Sts'],
        ['InvokerUid', accountId],
        ['Role', random.pick(['log-shipper', 'collector-role'])],
        ['RoleSessionName', `node-${random.integer(1, 9)}`],
      ]
    default:
      return [
        ['AccessKeyId', accessKeyId],
        ['CallerType', 'Parent'],
        ['InvokerUid', accountId],
      ]
  }
}

type Family = 'query' | 'pull' | 'write' | 'resource'

function familyFields(random: Random, family: Family, nowSeconds: number): [string, string][] {
  const bytes = random.integer(0, 400_000).toString()
  switch (family) {
    case 'query': {
      const lines = random.integer(0, 100)
      return [
        ['Method', random.pick(['GetLogStoreLogs', 'GetLogStoreHistogram'])],
        ['NetOutFlow', bytes],
        ['NetworkOut', bytes],
        ['BeginTime', (nowSeconds - 900).toString()],
        ['EndTime', nowSeconds.toString()],
        ['DataStatus', random.pick(['Complete', 'Complete', 'OK', 'Unknown'])],
        ['Offset', '0'],
        [
          'Query',
          random.pick(['status >= 500', '* | select count(1) as c group by status', 'host: shop.example.com and 错误']),
        ],
        ['RequestLines', '100'],
        ['ResponseLines', lines.toString()],
        ['Reverse', random.pick(['0', '1'])],
        ['TermUnit', random.integer(0, 3).toString()],
        ['Topic', ''],
      ]
    }
    case 'pull':
      return [
        ['Method', random.pick(['PullLogs', 'GetCursor', 'GetCursorTime'])],
        ['NetOutFlow', bytes],
        ['NetworkOut', random.pick(['0', bytes])],
        ['Shard', random.integer(0, 3).toString()],
      ]
    case 'write':
      return [
        ['Method', random.pick(['PostLogStoreLogs', 'BatchPostLogStoreLogs', 'PutWebTracking'])],
        ['NetOutFlow', '0'],
        ['NetworkOut', '0'],
        ['InFlow', bytes],
        ['InputLines', random.integer(1, 900).toString()],
        ['NetInflow', random.integer(100, 60_000).toString()],
        ['Shard', random.integer(0, 3).toString()],
        ['Topic', random.pick(['', 'app'])],
      ]
    case 'resource':
      return [
        ['Method', random.pick(['GetLogStore', 'ListShards', 'CreateDashboard', 'UpdateConfig', 'ListLogStores'])],
        ['NetOutFlow', bytes],
        ['NetworkOut', '0'],
        ['Dashboard', random.pick(['-', 'traffic'])],
        ['Config', '-'],
        ['ConsumerGroup', random.pick(['-', 'otel'])],
      ]
  }
}

type Failure = readonly [status: string, code: string, message: string]

const failures: readonly [Failure, ...Failure[]] = [
  ['401', 'Unauthorized', 'denied by sts or ram, action: log:GetCursorOrData'],
  ['403', 'ReadQuotaExceed', 'Read QPS Exceed'],
  ['404', 'LogStoreNotExist', 'logstore audit does not exist'],
  ['500', 'InternalServerError', 'Internal server error'],
]

export const slsOperation: TrafficKind = {
  name: 'sls-operation',
  group(random): TrafficGroup {
    return {
      topic: '',
      source: 'log_service',
      tags: [],
      record(timeMs): TrafficRecord {
        const family = random.weighted<Family>([
          ['write', 4],
          ['pull', 3],
          ['query', 2],
          ['resource', 1],
        ])
        const failure = random.chance(0.05) ? random.pick(failures) : undefined
        const contents: [string, string][] = [
          ['APIVersion', '0.6.0'],
          ...caller(random),
          ['Latency', random.integer(300, 90_000).toString()],
          ['LogStore', random.pick(logstores)],
          ['Project', 'web-prod'],
          ['RequestId', random.hex(24).toUpperCase()],
          ['SourceIP', clientAddress(random)],
          ['Status', failure?.[0] ?? '200'],
          ['UserAgent', random.pick(['logtail', 'log-python-sdk-v-0.9.12', 'aliyun-sdk-go', 'consumer-example/1.0'])],
          ...familyFields(random, family, Math.floor(timeMs / 1000)),
        ]
        if (failure !== undefined) contents.push(['ErrorCode', failure[1]], ['ErrorMsg', failure[2]])
        return { contents }
      },
    }
  },
}
