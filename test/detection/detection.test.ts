import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { JsonObject } from '../../src/lossless-json.ts'
import type { Checkpoints } from '../../src/storage/checkpoints.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import { fileStorage } from '../../src/storage/sqlite/file-storage.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'
import { event, fired, later, recordOf, ruleIdOf, rules, sample, startDetection, uidOf } from './events.ts'

const failedSignIns = (count: number): JsonObject[] =>
  Array.from({ length: count }, (_, index) =>
    event({
      eventName: 'ConsoleSignin',
      eventType: 'ConsoleSignin',
      eventTime: later(index),
      errorCode: 'PasswordIncorrect',
      userIdentity: { type: 'ram-user', userName: 'alice' },
    }),
  )

const signInRules = rules({}, ['signin-failures'])

describe('a finding', () => {
  it('tells the rule, who did what, and the event', async () => {
    const detection = await startDetection({ rules: rules({}, ['trail-stopped']) })
    const document = sample('19-trail-stopped')
    const { findings } = detection.examine(document, recordOf(document))
    expect(findings).toEqual([
      {
        resource: new Map([
          ['service.name', 'actiontrail'],
          ['cloud.account.id', '1234567890123456'],
          ['cloud.region', 'cn-hangzhou'],
        ]),
        scopeName: 'alibabacloud-otel-receiver/detection',
        format: 'alibabacloud.finding',
        fields: {
          timeUnixNano: 1_748_737_020_000_000_000n,
          observedTimeUnixNano: 1_748_833_500_000_000_000n,
          severityNumber: 21,
          eventName: 'alibabacloud.finding',
          body: 'A trail was stopped or deleted: root-account root: Actiontrail.StopLogging from 2001:db8:0:1::25 (cn-hangzhou)',
          attributes: expect.objectContaining({
            'log.record.uid': 'finding/trail-stopped/A0000019-0000-5000-8000-000000000019',
            'alibabacloud.finding.rule.id': 'trail-stopped',
            'alibabacloud.finding.title': 'A trail was stopped or deleted',
            'alibabacloud.finding.severity': 'critical',
            'alibabacloud.finding.event_ids': ['A0000019-0000-5000-8000-000000000019'],
            'user.name': 'root',
            'client.address': '2001:db8:0:1::25',
            'rpc.method': 'StopLogging',
            'cloud.resource_id': 'audit-trail',
          }),
        },
      },
    ])
  })

  it('of a window tells how many events there were, of whom, and when', async () => {
    const detection = await startDetection({ rules: signInRules })
    const findings = failedSignIns(8).flatMap((each) => detection.examine(each, recordOf(each)).findings)
    expect(findings).toHaveLength(1)
    expect(findings[0]?.fields.body).toMatch(/^Sign-ins that fail one after the other: .*, 6 events in 30m$/)
    expect(findings[0]?.fields.attributes).toMatchObject({
      'alibabacloud.finding.count': 6,
      'alibabacloud.finding.window.start': '2025-06-02T03:00:00.000Z',
      'alibabacloud.finding.window.end': '2025-06-02T03:00:05.000Z',
      'alibabacloud.finding.window.size': 1800,
      'alibabacloud.finding.group': ['fact.account_id=1234567890123456', 'fact.user=alice'],
    })
  })

  it('stands beside others of the same event', async () => {
    expect(fired(await startDetection(), sample('24-root-accesskey-used'))).toEqual([
      'root-access-key-used',
      'policy-attached-or-detached',
      'powerful-policy-attached',
      'policy-attached-to-user',
    ])
  })
})

describe('an event that comes again', () => {
  it('counts once, and brings what it brought', async () => {
    const detection = await startDetection({ rules: signInRules })
    const events = failedSignIns(6)
    const first = events.flatMap((each) => detection.examine(each, recordOf(each)).findings.map(uidOf))
    const again = events.flatMap((each) => detection.examine(each, recordOf(each)).findings.map(uidOf))
    const other = events.toReversed().flatMap((each) => detection.examine(each, recordOf(each)).findings.map(uidOf))
    expect(first).toEqual([`finding/signin-failures/${events[5]?.['eventId']}`])
    expect(again).toEqual(first)
    expect(other).toEqual(first)
    expect(detection.eventCounts().map(({ value }) => value)).toEqual([6])
  })

  it('of which every copy comes twice in a row, fires at the same count', async () => {
    const detection = await startDetection({ rules: signInRules })
    expect(fired(detection, ...failedSignIns(5).flatMap((each) => [each, each]))).toEqual([])
  })

  it('is known after a restart, with its findings', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const events = failedSignIns(6)
    const before = await startDetection({ rules: signInRules, checkpoints })
    const first = events.flatMap((each) => before.examine(each, recordOf(each)).findings)
    await before.save()
    const after = await startDetection({ rules: signInRules, checkpoints })
    const again = events.flatMap((each) => after.examine(each, recordOf(each)).findings)
    expect(again).toEqual(first)
    expect(after.eventCounts()).toEqual([])
  })

  it('that was examined but not saved counts from the start after a crash', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const events = failedSignIns(6)
    const before = await startDetection({ rules: signInRules, checkpoints })
    fired(before, ...events.slice(0, 3))
    await before.save()
    expect(fired(before, ...events.slice(3))).toEqual(['signin-failures'])
    const after = await startDetection({ rules: signInRules, checkpoints })
    expect(fired(after, ...events.slice(3))).toEqual(['signin-failures'])
  })
})

describe('state', () => {
  it('goes on counting where it was before a restart, through SQLite', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-detection-'))
    const open = () =>
      fileStorage.open(fileStorage.schema.parse({ directory }), { id: 'file_storage', log: createRecordingLog() })
    let store = await open()
    onTestFinished(async () => {
      await store.close()
      await rm(directory, { recursive: true, force: true })
    })
    const events = failedSignIns(6)
    for (const each of events.slice(0, 5)) {
      const detection = await startDetection({ rules: signInRules, checkpoints: store.scope('detection') })
      expect(fired(detection, each)).toEqual([])
      await detection.save()
      await store.close()
      store = await open()
    }
    const detection = await startDetection({ rules: signInRules, checkpoints: store.scope('detection') })
    expect(fired(detection, ...events.slice(5))).toEqual(['signin-failures'])
  })

  it('addresses of a key that were learnt are known after a restart', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const settings = {
      rules: rules({ 'new-address-for-access-key': { learn_values: 1 } }, ['new-address-for-access-key']),
    }
    const before = await startDetection({ ...settings, checkpoints })
    expect(fired(before, event())).toEqual([])
    await before.save()
    const after = await startDetection({ ...settings, checkpoints })
    expect(fired(after, event(), event({ sourceIpAddress: '203.0.113.1' }))).toEqual(['new-address-for-access-key'])
  })

  it('of a rule that is switched off is removed', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const before = await startDetection({ rules: signInRules, checkpoints })
    fired(before, ...failedSignIns(2))
    await before.save()
    expect(await checkpoints.list('group/')).toHaveLength(1)
    const after = await startDetection({ rules: [], checkpoints })
    await after.save()
    expect(await checkpoints.list('group/')).toEqual([])
  })

  it('that cannot be read is forgotten with a word in the log, and the rest goes on', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const before = await startDetection({ rules: signInRules, checkpoints })
    const events = failedSignIns(6)
    fired(before, ...events.slice(0, 5))
    await before.save()
    await checkpoints.save([['seen/000000000000', 'garbage']])
    const log = createRecordingLog()
    const after = await startDetection({ rules: signInRules, checkpoints, log })
    expect(log.lines).toMatchObject([{ level: 'warn', fields: { key: 'seen/000000000000' } }])
    expect(fired(after, ...events)).toEqual(['signin-failures'])
  })

  it('a save writes what changed, not all there is', async () => {
    const store = createMemoryStore().scope('detection')
    const writes: string[][] = []
    const checkpoints: Checkpoints = {
      ...store,
      save: async (entries) => {
        const list = [...entries]
        writes.push(list.map(([key]) => key))
        await store.save(list)
      },
    }
    const detection = await startDetection({ rules: signInRules, checkpoints })
    for (let i = 0; i < 3; i++) {
      const [each = {}] = failedSignIns(1)
      fired(detection, { ...each, recipientAccountId: `${i}` })
      await detection.save()
    }
    await detection.save()
    expect(writes).toEqual(
      [0, 1, 2].map((account) => [`group/signin-failures/["${account}","alice"]`, 'seen/000000000000']),
    )
  })

  it('a save waits for what another one is writing', async () => {
    const store = createMemoryStore().scope('detection')
    const written = Promise.withResolvers<void>()
    const detection = await startDetection({
      rules: signInRules,
      checkpoints: { ...store, save: () => written.promise },
    })
    fired(detection, ...failedSignIns(1))
    const ended: string[] = []
    const first = detection.save().then(() => ended.push('first'))
    const second = detection.save().then(() => ended.push('second'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(ended).toEqual([])
    written.resolve()
    await Promise.all([first, second])
    expect(ended).toHaveLength(2)
  })

  it('what a failed save should have written is written by the next', async () => {
    const store = createMemoryStore().scope('detection')
    let isBroken = true
    const detection = await startDetection({
      rules: signInRules,
      checkpoints: {
        ...store,
        save: async (entries) => {
          if (isBroken) throw new Error('disk full')
          await store.save(entries)
        },
      },
    })
    fired(detection, ...failedSignIns(1))
    await expect(detection.save()).rejects.toThrow('disk full')
    isBroken = false
    await detection.save()
    expect(await store.list()).toHaveLength(2)
  })

  it('a hundred thousand users and ids stay within their bounds, in memory and in the store', async () => {
    const checkpoints = createMemoryStore().scope('detection')
    const limits = { maxSeenEvents: 2000, maxGroups: 500, maxItems: 1000 }
    const detection = await startDetection({ rules: signInRules, checkpoints, limits })
    const [one = {}] = failedSignIns(1)
    const record = recordOf(one)
    for (let i = 0; i < 100_000; i++) {
      const attributes = { ...record.attributes, 'user.name': `user-${i}` }
      detection.examine(one, { ...record, eventId: `e${i}`, attributes })
      if (i % 1000 === 0) await detection.save()
    }
    await detection.save()
    expect(await checkpoints.list('group/')).toHaveLength(500)
    const blocks = await checkpoints.list('seen/')
    expect(blocks.length).toBeLessThanOrEqual(2000 / 256 + 2)
    expect(blocks.length).toBeGreaterThan(2000 / 256 - 2)
  })
})

describe('a watched key', () => {
  it('raises the severity of each of its events, and tells the delay', async () => {
    const detection = await startDetection({ watch: ['LTAIEXAMPLEKEY01'], rules: rules({}, ['watched-access-key']) })
    const read = event({ eventRW: 'Read' })
    const { severityNumber, findings } = detection.examine(read, recordOf(read))
    expect(recordOf(read).severityNumber).toBe(9)
    expect(severityNumber).toBe(13)
    expect(findings[0]?.fields.attributes['alibabacloud.watch.delay']).toBe(300)
    const next = event({ eventRW: 'Read' })
    expect(detection.examine(next, recordOf(next))).toEqual({ severityNumber: 13, findings: [] })
  })

  it('never lowers a severity', async () => {
    const detection = await startDetection({ watch: ['LTAIEXAMPLEKEY01'] })
    const broken = event({ errorCode: 'InternalError' })
    expect(detection.examine(broken, recordOf(broken)).severityNumber).toBe(17)
  })

  it('that ActionTrail reports by itself counts as well', async () => {
    const detection = await startDetection({ watch: ['LTAIEXAMPLEKEY09'], rules: rules({}, ['watched-access-key']) })
    const insightDetails = { insightType: 'AkInsight', insightObject: 'LTAIEXAMPLEKEY09', state: 'Start' }
    expect(fired(detection, event({ eventType: 'ActionTrailInsight', insightDetails }))).toEqual(['watched-access-key'])
  })

  it('others keep their severity and are silent', async () => {
    const detection = await startDetection({ watch: ['LTAIOTHER'], rules: rules({}, ['watched-access-key']) })
    const read = event({ eventRW: 'Read' })
    expect(detection.examine(read, recordOf(read))).toEqual({ severityNumber: 9, findings: [] })
  })
})

describe('counts', () => {
  it('name watched keys only; all others, and those of sessions, are one', async () => {
    const detection = await startDetection({
      watch: ['LTAIEXAMPLEKEY01', 'STS.NEXAMPLEexample0001'],
      rules: [],
    })
    fired(
      detection,
      event(),
      event({ errorCode: 'Forbidden.RAM' }),
      sample('24-root-accesskey-used'),
      sample('15-ecs-create-network-interface'),
      sample('01-console-signin-ram-user-success'),
    )
    const keys = detection.eventCounts().filter(({ name }) => name === 'alibabacloud.access_key.events')
    expect(keys.map(({ attributes, value }) => [...Object.values(attributes), value])).toEqual([
      ['LTAIEXAMPLEKEY01', 'success', 1],
      ['LTAIEXAMPLEKEY01', 'failure', 1],
      ['_OTHER', 'success', 2],
    ])
  })

  it('have the attributes of the event that have few values', async () => {
    const detection = await startDetection({ rules: [] })
    fired(detection, sample('10-error-access-denied'))
    expect(detection.eventCounts()[0]).toEqual({
      name: 'alibabacloud.actiontrail.events',
      attributes: {
        'alibabacloud.service.name': 'Ecs',
        'alibabacloud.event.type': 'ApiCall',
        'error.type': 'Forbidden.RAM',
        'alibabacloud.event.read_only': false,
        'alibabacloud.event.outcome': 'failure',
        'alibabacloud.user_identity.principal.type': 'ram-user',
      },
      value: 1,
    })
  })

  it('stay few however many services and errors there are, and lose no event', async () => {
    const detection = await startDetection({ rules: [] })
    for (let i = 0; i < 5000; i++) {
      fired(detection, event({ serviceName: `S${i}`, errorCode: `E${i % 70}`, userIdentity: { type: `t${i}` } }))
    }
    const counts = detection.eventCounts()
    expect(counts.length).toBeLessThan(1600)
    expect(counts.reduce((sum, { value }) => sum + value, 0)).toBe(5000)
    expect(new Set(counts.map(({ attributes }) => attributes['error.type'])).size).toBe(51)
  })
})

it('events without an id of their own are told apart by their content', async () => {
  const detection = await startDetection({ rules: rules({}, ['kms-key-disabled']) })
  const { eventId: _, ...nameless } = event({ serviceName: 'Kms', eventName: 'DisableKey' })
  const one = detection.examine(nameless, recordOf(nameless)).findings.map(uidOf)
  const other = { ...nameless, acsRegion: 'cn-beijing' }
  expect(detection.examine({ ...nameless }, recordOf(nameless)).findings.map(uidOf)).toEqual(one)
  expect(detection.examine(other, recordOf(other)).findings.map(uidOf)).not.toEqual(one)
  expect(detection.examine(other, recordOf(other)).findings.map(ruleIdOf)).toEqual(['kms-key-disabled'])
})
