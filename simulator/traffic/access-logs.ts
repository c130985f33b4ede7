import type { Random } from '../random.ts'
import {
  accountId,
  clientAddress,
  duration,
  privateAddress,
  type TrafficGroup,
  type TrafficKind,
  type TrafficRecord,
} from './kind.ts'

const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.3 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.49',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'okhttp/4.12.0',
  'curl/8.5.0',
  'python-requests/2.32.3',
  'kube-probe/1.30',
  '-',
] as const

const paths = [
  ['/', 12],
  ['/cart?id=', 10],
  ['/api/v1/orders/', 14],
  ['/api/v1/orders', 8],
  ['/api/v1/products?page=2&sort=price&q=%E9%9E%8B', 6],
  ['/login', 4],
  ['/checkout', 5],
  ['/static/app.7f3c1e.js', 10],
  ['/static/logo.svg', 6],
  ['/healthz', 8],
  ['/search?q=red+shoes&token=s3cr3t-looking', 3],
  ['/.env', 1],
  ['/wp-login.php', 1],
  ['/files/%E4%B8%AD%E6%96%87.pdf?download=1', 1],
] as const

const hosts = ['shop.example.com', 'api.example.com', 'static.example.com', 'admin.example.com'] as const
const ciphers = ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'] as const

interface Outcome {
  readonly status: string
  /** One per try. */
  readonly upstream: readonly { readonly address: string; readonly seconds: string; readonly status: string }[]
  readonly seconds: string
}

function outcome(random: Random): Outcome {
  const tryOnce = (status: string) => ({
    address: `${privateAddress(random)}:8080`,
    seconds: duration(random, 0.02),
    status,
  })
  const roll = random.next()
  if (roll < 0.008) {
    // Every backend tried failed.
    const upstream = [tryOnce('502'), tryOnce('502')]
    return { status: '502', upstream, seconds: duration(random, 2) }
  }
  if (roll < 0.02) {
    // The first backend failed, the second one answered.
    return { status: '200', upstream: [tryOnce('502'), tryOnce('200')], seconds: duration(random, 0.6) }
  }
  // No backend was asked.
  if (roll < 0.025) return { status: '503', upstream: [], seconds: '0.000' }
  if (roll < 0.03) {
    // The client hung up: there is an address, and neither time nor status.
    return { status: '499', upstream: [{ ...tryOnce('-'), seconds: '-' }], seconds: '60.000' }
  }
  const status = random.weighted([
    ['200', 84],
    ['304', 4],
    ['302', 3],
    ['201', 3],
    ['404', 3],
    ['401', 1],
    ['403', 1],
    ['429', 0.5],
    ['500', 0.7],
    ['504', 0.3],
  ])
  const only = tryOnce(status)
  return { status, upstream: [only], seconds: only.seconds }
}

/** The fields that CLB and ALB share, in the order of their tables. */
function balancerFields(random: Random, timeMs: number, vip: string, zone: 'Z' | '+08:00'): [string, string][] {
  const { status, upstream, seconds } = outcome(random)
  const isTls = random.chance(0.9)
  const path = random.weighted(paths)
  const host = random.pick(hosts)
  const client = clientAddress(random)
  const joined = (part: 'address' | 'seconds' | 'status') =>
    upstream.length === 0 ? '-' : upstream.map((attempt) => attempt[part]).join(', ')
  return [
    ['body_bytes_sent', random.integer(0, random.chance(0.05) ? 5_000_000 : 20_000).toString()],
    ['client_ip', client],
    ['client_port', random.integer(1024, 65535).toString()],
    ['host', host],
    ['http_host', random.chance(0.97) ? host : '-'],
    ['http_referer', random.chance(0.6) ? `https://${random.pick(hosts)}/` : '-'],
    ['http_user_agent', random.pick(userAgents)],
    ['http_x_forwarded_for', random.chance(0.3) ? `${clientAddress(random)}, ${client}` : '-'],
    ['http_x_real_ip', random.chance(0.2) ? clientAddress(random) : '-'],
    ['read_request_time', random.integer(0, 3).toString()],
    ['request_length', random.integer(180, 4000).toString()],
    [
      'request_method',
      random.weighted([
        ['GET', 75],
        ['POST', 17],
        ['PUT', 3],
        ['HEAD', 2],
        ['DELETE', 2],
        ['OPTIONS', 1],
      ]),
    ],
    ['request_time', seconds],
    ['request_uri', path.endsWith('=') || path.endsWith('orders/') ? path + random.integer(1, 99999) : path],
    ['scheme', isTls ? 'https' : 'http'],
    ['server_protocol', random.pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/2.0', 'HTTP/1.0'])],
    ['slb_vport', isTls ? '443' : '80'],
    ['ssl_cipher', isTls ? random.pick(ciphers) : '-'],
    ['ssl_protocol', isTls ? random.pick(['TLSv1.2', 'TLSv1.3']) : '-'],
    ['status', status],
    ['tcpinfo_rtt', random.integer(300, 90_000).toString()],
    ['time', isoTime(timeMs, zone)],
    ['upstream_addr', joined('address')],
    ['upstream_response_time', joined('seconds')],
    ['upstream_status', joined('status')],
    ['vip_addr', vip],
    ['write_response_time', random.integer(0, 2).toString()],
  ]
}

/** Whole seconds, as the balancers write them. */
function isoTime(timeMs: number, zone: 'Z' | '+08:00'): string {
  const shiftMs = zone === 'Z' ? 0 : 8 * 3_600_000
  return new Date(timeMs + shiftMs).toISOString().slice(0, 19) + zone
}

export const clbAccess: TrafficKind = {
  name: 'clb-access',
  group(random): TrafficGroup {
    const number = random.integer(1, 3)
    const slbid = `lb-bp1example000${number}`
    // Records of the Log Audit copy carry where the instance belongs.
    const isAuditCopy = random.chance(0.1)
    return {
      topic: 'slb_layer7_access_log',
      source: 'log_service',
      tags: [],
      record(timeMs): TrafficRecord {
        const contents = balancerFields(random, timeMs, `203.0.113.${79 + number}`, '+08:00')
        contents.push(['slbid', slbid])
        if (isAuditCopy) {
          contents.push(
            ['owner_id', accountId],
            ['region', 'cn-hangzhou'],
            ['instance_id', slbid],
            ['instance_name', `web-front-${number}`],
            ['network_type', 'VPC'],
            ['vpc_id', 'vpc-bp1example0001'],
          )
        }
        return { contents }
      },
    }
  },
}

export const albAccess: TrafficKind = {
  name: 'alb-access',
  group(random): TrafficGroup {
    const balancer = `alb-example000${random.integer(1, 2)}`
    return {
      topic: 'alb_layer7_access_log',
      source: 'log_service',
      tags: [],
      record(timeMs): TrafficRecord {
        const isTraced = random.chance(0.3)
        const contents = balancerFields(random, timeMs, '203.0.113.90', 'Z')
        contents.push(
          ['app_lb_id', balancer],
          ['slb_headers', random.chance(0.1) ? '{"x-tenant":"blue"}' : '-'],
          ['slb_xtrace', isTraced ? random.hex(32) : '-'],
          ['xtrace_type', isTraced ? 'Zipkin' : '-'],
        )
        return { contents }
      },
    }
  },
}
