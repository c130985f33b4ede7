import type { Random } from '../random.ts'
import {
  oddBytesPlaceholder,
  privateAddress,
  type TrafficGroup,
  type TrafficKind,
  type TrafficRecord,
  uuid,
} from './kind.ts'

const HUGE_VALUE_BYTES = 100_000

const lines = [
  'INFO started on :8080',
  'INFO GET /cart 200 in 12ms',
  'WARN retrying payment gateway, attempt 2 of 5',
  'ERROR cannot reach inventory: connect ECONNREFUSED 192.0.2.44:6379',
  'DEBUG cache miss key=cart:42',
  '订单已创建，金额 ¥199.00 ✅',
  'level=info ts=2026-03-02T00:15:30Z caller=main.go:42 msg="tick"',
  '',
] as const

const images = [
  'example/web:1.2.3',
  'example.com:5000/checkout:2026.3',
  'example/worker@sha256:0f1e2d3c4b5a6978',
] as const

function line(random: Random): string {
  if (random.chance(0.25)) {
    const level = random.pick(['debug', 'info', 'warn', 'error'])
    return JSON.stringify({ level, msg: random.pick(lines), user: random.integer(1, 9999), trace_id: random.hex(32) })
  }
  return `${random.pick(lines)} #${random.integer(1, 1_000_000)}`
}

/** Container output, as both generations of the agent write it: the Kubernetes facts in the contents, or in the tags. */
export const k8sStdout: TrafficKind = {
  name: 'k8s-stdout',
  group(random): TrafficGroup {
    const name = random.pick(['web', 'checkout', 'worker'])
    const facts: [string, string][] = [
      ['_image_name_', random.pick(images)],
      ['_container_name_', name],
      ['_pod_name_', `${name}-5d9c7b6f4-${random.hex(5)}`],
      ['_namespace_', random.pick(['default', 'shop', 'kube-system'])],
      ['_pod_uid_', uuid(random)],
      ['_container_ip_', privateAddress(random)],
    ]
    const factsInTags = random.chance(0.5)
    const agentTags: [string, string][] = [
      ['__hostname__', `node-${random.integer(1, 5)}`],
      ['__pack_id__', `${random.hex(16).toUpperCase()}-${random.integer(1, 999)}`],
    ]
    return {
      topic: '',
      source: privateAddress(random),
      tags: factsInTags ? [...facts, ...agentTags] : agentTags,
      record(timeMs): TrafficRecord {
        const timeNs = (timeMs % 1000) * 1_000_000 + random.integer(0, 999_999)
        const seconds = new Date(timeMs).toISOString().slice(0, 19)
        return {
          contents: [
            ['content', line(random)],
            ['_time_', `${seconds}.${timeNs.toString().padStart(9, '0')}Z`],
            ['_source_', random.chance(0.8) ? 'stdout' : 'stderr'],
            ...(factsInTags ? [] : facts),
          ],
          ...(random.chance(0.5) ? { timeNs } : {}),
        }
      },
    }
  },
}

/** Whatever an application writes: fields nobody agreed on, and now and then all that a parser has to survive. */
export const app: TrafficKind = {
  name: 'app',
  group(random): TrafficGroup {
    return {
      topic: random.pick(['', 'checkout', 'billing']),
      source: privateAddress(random),
      tags: [
        ['__hostname__', `app-${random.integer(1, 9)}`],
        ['__path__', '/var/log/app/app.log'],
        ['team', random.pick(['web', '支付'])],
      ],
      record(): TrafficRecord {
        const contents: [string, string][] = [
          ['level', random.pick(['debug', 'info', 'INFO', 'warn', 'error', 'fatal'])],
          ['message', random.pick(lines)],
          ['request_id', uuid(random)],
          ['duration_ms', random.integer(1, 4000).toString()],
          ['user.id', random.integer(1, 99_999).toString()],
        ]
        if (random.chance(0.2)) contents.push(['用户', random.pick(['王芳', 'Zoë', '🦊'])])
        if (random.chance(0.1))
          contents.push(['payload', JSON.stringify({ items: [1, 2.5, null], nested: { ok: true } })])
        if (random.chance(0.05)) contents.push(['level', 'duplicate of an earlier key'])
        if (random.chance(0.03)) contents.push(['raw', `before ${oddBytesPlaceholder} after \u0000 nul`])
        if (random.chance(0.02)) contents.push(['empty', ''])
        if (random.chance(0.001))
          contents.push(['stack', 'at com.example.Deep.call(Deep.java:7)\n'.repeat(HUGE_VALUE_BYTES / 38)])
        return { contents }
      },
    }
  },
}
