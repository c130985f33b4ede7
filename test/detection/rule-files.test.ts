import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseRuleFile, readRuleFiles } from '../../src/detection/rule-files.ts'
import { describeTrigger, selectRules } from '../../src/detection/rule-selection.ts'
import { event, fired, startDetection } from './events.ts'

const mine = `rules:
  - id: big-disk
    title: A big disk
    description: Somebody made a big disk.
    severity: low
    condition:
      all:
        - { field: eventName, equals: CreateDisk }
        - { field: requestParameters.Size, gt: { param: gigabytes } }
    parameters:
      gigabytes: { description: From this size on, type: number, default: 1000 }
`

/** The rule with a line replaced. */
const changed = (line: string, by: string) => mine.replace(line, by)

async function writeRules(text: string, name = 'mine.yaml'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'alibabacloud-otel-rules-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const select = (options: Partial<Parameters<typeof selectRules>[0]>) =>
  selectRules({ disabled: [], files: [], settings: {}, ...options })

function idsOf(selected: ReturnType<typeof selectRules>): string[] {
  if ('faults' in selected) throw new Error(JSON.stringify(selected.faults))
  return selected.rules.map(({ id }) => id)
}

describe('a rule file', () => {
  it.each([
    ['no YAML', 'rules: [', { message: expect.stringContaining('Cannot be read as YAML') }],
    ['no rules', '{}', { path: 'rules', message: 'is required' }],
    [
      'an unknown key',
      changed('severity: low', 'severety: low'),
      { path: 'rules[0].severety', line: 5, message: 'is no known key', suggestion: 'severity' },
    ],
    [
      'an unknown key in a condition',
      changed('equals: CreateDisk', 'eqals: CreateDisk'),
      { path: 'rules[0].condition.all[0].eqals', line: 8, suggestion: 'equals' },
    ],
    [
      'an unknown severity',
      changed('severity: low', 'severity: lo'),
      { path: 'rules[0].severity', found: '"lo"', allowed: 'info, low, medium, high, critical', suggestion: 'low' },
    ],
    [
      'an unknown fact',
      changed('field: eventName', 'field: fact.faild'),
      { path: 'rules[0].condition.all[0].field', found: '"fact.faild"', suggestion: 'fact.failed' },
    ],
    [
      'an unknown parameter',
      changed('param: gigabytes', 'param: gigabyte'),
      { path: 'rules[0].condition.all[1].gt.param', suggestion: 'gigabytes' },
    ],
    [
      'a pattern that is none',
      changed('equals: CreateDisk', 'matches: "a("'),
      { path: 'rules[0].condition.all[0].matches', found: '"a("', message: expect.stringContaining('not closed') },
    ],
    [
      'two forms at once',
      changed(
        '{ field: eventName, equals: CreateDisk }',
        '{ field: eventName, equals: x, not: { field: y, equals: z } }',
      ),
      { path: 'rules[0].condition.all[0]', message: 'has not and field beside each other' },
    ],
    [
      'a field without an operator',
      changed('{ field: eventName, equals: CreateDisk }', '{ field: eventName }'),
      { path: 'rules[0].condition.all[0]', message: 'says no operator' },
    ],
    [
      'a window without a threshold',
      changed('severity: low', 'severity: low\n    window: 5m'),
      { path: 'rules[0].threshold', message: 'is needed beside window' },
    ],
    [
      'a group without a window',
      changed('severity: low', 'severity: low\n    group_by: [eventName]'),
      { path: 'rules[0].group_by', message: 'needs threshold and window, or new_value' },
    ],
    [
      'a default of another type',
      changed('default: 1000', 'default: big'),
      { path: 'rules[0].parameters.gigabytes.default', message: 'must be a number' },
    ],
    ['an id that is none', changed('id: big-disk', 'id: Big Disk'), { path: 'rules[0].id', found: '"Big Disk"' }],
    [
      'an id twice',
      `${mine}${mine.replace('rules:\n', '')}`,
      { path: 'rules[1].id', message: 'is the id of an earlier rule of the file' },
    ],
  ])('with %s is refused, and told where and what', (_, text, fault) => {
    expect(parseRuleFile('mine.yaml', text).faults).toContainEqual(expect.objectContaining(fault))
  })

  it('that is not there is a fault, not a crash', () => {
    expect(readRuleFiles('/nowhere/mine.yaml')[0]?.faults).toMatchObject([
      { message: expect.stringMatching(/^Cannot be read/) },
    ])
    expect(readRuleFiles('/nowhere/*.yaml')[0]?.faults).toMatchObject([
      { message: expect.stringMatching(/^Cannot be found/) },
    ])
  })

  it('may be named by a glob', async () => {
    const path = await writeRules(mine)
    expect(readRuleFiles(path.replace('mine', '*')).flatMap(({ rules }) => rules.map(({ id }) => id))).toEqual([
      'big-disk',
    ])
    expect(readRuleFiles(path.replace('mine', 'x*'))[0]?.faults).toMatchObject([{ message: 'Names no file' }])
  })
})

describe('selectRules', () => {
  it('a rule of the user runs beside the others, tuned', async () => {
    const files = [await writeRules(mine)]
    const selected = select({
      files,
      settings: { 'big-disk': { gigabytes: 10, severity: 'high' } },
      enabled: ['big-disk'],
    })
    if ('faults' in selected) throw new Error(JSON.stringify(selected.faults))
    const detection = await startDetection({ rules: selected.rules })
    const disk = (size: number) => event({ eventName: 'CreateDisk', requestParameters: { Size: String(size) } })
    expect(fired(detection, disk(10), disk(11))).toEqual(['big-disk'])
    expect(selected.rules[0]?.severity).toBe('high')
  })

  it('all run but those that are switched off, and those that want for a setting', () => {
    const ids = idsOf(select({ disabled: ['trail-stopped'] }))
    expect(ids).not.toContain('trail-stopped')
    expect(ids).not.toContain('signin-outside-office-hours')
    expect(ids).toContain('root-signin')
    expect(
      idsOf(select({ settings: { 'signin-outside-office-hours': { office_hours: 'Mon 08:00-09:00 UTC' } } })),
    ).toContain('signin-outside-office-hours')
  })

  it.each([
    [{ enabled: ['root-sigin'] }, ['enabled', 0], 'is no rule that is known', /root-signin/],
    [{ disabled: ['nobody-knows-this'] }, ['disabled', 0], 'is no rule that is known', /rules list/],
    [
      { settings: { 'root-signin': { treshold: 3 } } },
      ['settings', 'root-signin', 'treshold'],
      'is no setting of this rule',
      /threshold/,
    ],
    [
      { settings: { 'root-signin': { threshold: 0 } } },
      ['settings', 'root-signin', 'threshold'],
      'cannot be 0',
      /from 1 to 1000/,
    ],
    [
      { settings: { 'root-signin': { window: 30 } } },
      ['settings', 'root-signin', 'window'],
      'cannot be 30',
      /duration/,
    ],
    [
      { settings: { 'signin-outside-allow-list': { allowed_addresses: '10.0.0.0/8' } } },
      ['settings', 'signin-outside-allow-list', 'allowed_addresses'],
      'must be a list',
      /^$/,
    ],
    [
      { settings: { 'signin-outside-allow-list': { allowed_addresses: ['10.0.0.0/99'] } } },
      ['settings', 'signin-outside-allow-list'],
      'has an entry that is no address: 10.0.0.0/99',
      /203\.0\.113/,
    ],
    [
      { enabled: ['signin-outside-office-hours'] },
      ['settings', 'signin-outside-office-hours'],
      'is needed: rule signin-outside-office-hours does not run without office_hours',
      /^$/,
    ],
  ])('%j is refused', (options, path, message, allowed) => {
    const selected = select(options as Partial<Parameters<typeof selectRules>[0]>)
    expect(selected).toMatchObject({ faults: [{ path, message }] })
    if ('faults' in selected) expect(String(selected.faults[0]?.allowed ?? '')).toMatch(allowed)
  })

  it('a fault in a rule file is told in one line, with file, line and column', async () => {
    const path = await writeRules(mine.replace('severity: low', 'severety: low'))
    const selected = select({ files: [path] })
    if (!('faults' in selected)) throw new Error('not refused')
    expect(selected.faults.at(-1)).toMatchObject({
      path: ['files', 0],
      message: expect.stringMatching(/mine\.yaml:5:5 rules\[0\]\.severety is no known key \(did you mean: severity\)$/),
    })
  })

  it('the id of a built-in rule is refused, unless it says that it takes its place', async () => {
    const text = mine.replace('id: big-disk', 'id: root-signin')
    expect(select({ files: [await writeRules(text)] })).toMatchObject({
      faults: [{ message: expect.stringContaining('is there already; replaces_built_in: true') }],
    })
    const replaced = select({
      files: [await writeRules(text.replace('severity:', 'replaces_built_in: true\n    severity:'))],
    })
    if ('faults' in replaced) throw new Error(JSON.stringify(replaced.faults))
    expect(replaced.rules.filter(({ id }) => id === 'root-signin').map(({ title }) => title)).toEqual(['A big disk'])
  })
})

it('describeTrigger tells when events become a finding', () => {
  const { rules } = parseRuleFile('x', mine)
  expect(rules.map(describeTrigger)).toEqual(['each event'])
  const selected = select({ enabled: ['signin-failures', 'root-signin', 'new-address-for-access-key'] })
  if ('faults' in selected) throw new Error('refused')
  expect(selected.rules.map(describeTrigger).sort()).toEqual([
    '6 events in 30m for the same fact.account_id + fact.user',
    'a new fact.source_address for the same fact.access_key_id, once 7d are over or 20 are known',
    'the first event in 5m for the same fact.account_id',
  ])
})
