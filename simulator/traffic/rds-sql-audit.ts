import type { Random } from '../random.ts'
import { accountId, privateAddress, type TrafficGroup, type TrafficKind, type TrafficRecord } from './kind.ts'

interface Engine {
  readonly instance: string
  readonly name: string
  readonly dbType: string
  readonly version: string
  readonly success: string
  readonly failures: readonly [string, ...string[]]
}

const engines: readonly [Engine, ...Engine[]] = [
  {
    instance: 'rm-bp1example0001',
    name: 'shop-db',
    dbType: 'mysql',
    version: '8.0',
    success: '0',
    failures: ['1062', '1205', '1146', '1'],
  },
  {
    instance: 'pgm-bp1example0002',
    name: 'shop-pg',
    dbType: 'pgsql',
    version: '15.0',
    success: '0000',
    failures: ['23505', '42P01', '57014'],
  },
]

interface Statement {
  readonly sql: string
  readonly returned: number
  readonly updated: number
}

function statement(random: Random): Statement {
  const id = random.integer(1, 99_999)
  switch (random.integer(0, 8)) {
    case 0:
      return {
        sql: `INSERT INTO orders (id, total) VALUES (${id}, ${random.integer(1, 900)}.90)`,
        returned: 0,
        updated: 1,
      }
    case 1:
      return { sql: `UPDATE stock SET qty = qty - 1 WHERE sku = 'A-${id}'`, returned: 0, updated: 1 }
    case 2:
      return { sql: `DELETE FROM sessions WHERE expires_at < ${id}`, returned: 0, updated: random.integer(0, 40) }
    case 3:
      return {
        sql: `/* checkout */ select c.name, sum(o.total)\n  from customer c join orders o on o.customer_id = c.id\n where c.id = ${id}\n group by c.name`,
        returned: 1,
        updated: 0,
      }
    case 4:
      return { sql: `SELECT * FROM products WHERE title LIKE '%跑鞋%' LIMIT 20`, returned: 20, updated: 0 }
    case 5:
      return { sql: 'commit', returned: 0, updated: 0 }
    case 6:
      return { sql: `SET SESSION net_write_timeout = ${random.integer(30, 600)}`, returned: 0, updated: 0 }
    default: {
      const returned = random.integer(0, 50)
      return { sql: `SELECT id, total FROM orders WHERE customer_id = ${id}`, returned, updated: 0 }
    }
  }
}

export const rdsSqlAudit: TrafficKind = {
  name: 'rds-sql-audit',
  group(random): TrafficGroup {
    const engine = random.pick(engines)
    // Records of three ages: without the engine, with it, and the Log Audit copy.
    const layout = random.pick(['old', 'new', 'audit'])
    return {
      topic: 'rds_audit_log',
      source: 'log_service',
      tags: [],
      record(timeMs): TrafficRecord {
        const isLogin = random.chance(0.03)
        const { sql, returned, updated } = isLogin
          ? { sql: 'login success!', returned: 0, updated: 0 }
          : statement(random)
        const failed = !isLogin && random.chance(0.02)
        const contents: [string, string][] = [
          ['instance_id', engine.instance],
          ['check_rows', (failed ? 0 : returned * random.integer(1, 20)).toString()],
          ['client_ip', privateAddress(random)],
          ['db', isLogin ? '-' : random.pick(['shop', 'billing', 'crm'])],
          ['fail', failed ? random.pick(engine.failures) : engine.success],
          ['latency', random.integer(90, random.chance(0.02) ? 8_000_000 : 5000).toString()],
          ['origin_time', `${timeMs}${random.integer(0, 999).toString().padStart(3, '0')}`],
          ['return_rows', (failed ? 0 : returned).toString()],
          ['sql', sql],
          ['thread_id', random.integer(1000, 99_999).toString()],
          ['user', random.pick(['app_rw', 'app_ro', 'report', 'dba_alice'])],
          ['update_rows', (failed ? 0 : updated).toString()],
        ]
        if (layout === 'audit') {
          contents.push(['owner_id', accountId], ['region', 'cn-hangzhou'], ['instance_name', engine.name])
        }
        if (layout !== 'old') contents.push(['db_type', engine.dbType], ['db_version', engine.version])
        if (layout === 'new') contents.push(['hash', random.hex(8)])
        return { contents }
      },
    }
  },
}
