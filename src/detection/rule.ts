import { z } from 'zod'
import { durationSchema } from '../config/duration.ts'
import { faultsIn } from '../config/schema-faults.ts'
import {
  type CompiledCondition,
  type Condition,
  compileCondition,
  conditionSchema,
  type ParameterValue,
} from './condition.ts'
import { factDescriptions } from './event-view.ts'

/** How grave a finding is, with the `severityNumber` of its record. */
export const findingSeverities = { info: 9, low: 11, medium: 13, high: 17, critical: 21 } as const
export type FindingSeverity = keyof typeof findingSeverities
export const severityNames = Object.keys(findingSeverities) as FindingSeverity[]

const parameterTypes = ['text', 'number', 'boolean', 'list'] as const
export type ParameterType = (typeof parameterTypes)[number]

/** Something about a rule that a user may set. Without a default the rule sleeps until it is set. */
export interface RuleParameter {
  readonly description: string
  readonly type: ParameterType
  readonly default?: ParameterValue | undefined
}

/**
 * When the events that match a condition become a finding: each by itself; so many of one group within a window; or
 * when a field has a value that the group was never seen with.
 */
export type RuleTrigger =
  | { readonly on: 'event' }
  | {
      readonly on: 'window'
      readonly groupBy: readonly string[]
      readonly threshold: number
      readonly windowMs: number
    }
  | {
      readonly on: 'new_value'
      readonly groupBy: readonly string[]
      readonly of: string
      /** A group learns without findings for this long after its first event… */
      readonly learnForMs: number
      /** …or until it knows this many values. */
      readonly learnValues: number
    }

/** A rule as its file says it. */
export interface RuleDefinition {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly severity: FindingSeverity
  readonly condition: Condition
  readonly trigger: RuleTrigger
  readonly parameters: ReadonlyMap<string, RuleParameter>
  /** Benchmarks, the vendor's rules, pages. */
  readonly references: readonly string[]
  /** The same question for a backend, by its name; written for the attributes of the events themselves. */
  readonly queries: Readonly<Record<string, string>>
  readonly replacesBuiltIn: boolean
}

/** A rule that can be asked, with what the configuration set. */
export interface Rule extends Omit<RuleDefinition, 'condition'> {
  readonly condition: CompiledCondition
}

const idForm = /^[a-z0-9]+(-[a-z0-9]+)*$/
const scalar = z.union([z.string(), z.number(), z.boolean()])
const parameterValue = z.union([scalar, z.array(scalar)])
const threshold = () => z.int().min(1).max(1000)
const window = () => durationSchema({ min: '1s', max: '7d' })
const learnFor = () => durationSchema({ min: '0s', max: '90d' })
const learnValues = () => z.int().min(1).max(100)

/** One rule of a rule file. */
export const ruleSchema: z.ZodType<RuleDefinition> = z
  .strictObject({
    id: z.string().regex(idForm, { error: 'must be lower-case words and numbers with - between' }),
    title: z.string().min(1),
    description: z.string().min(1),
    severity: z.enum(severityNames),
    condition: conditionSchema,
    group_by: z.array(z.string().min(1)).min(1).optional(),
    threshold: threshold().optional(),
    window: window().optional(),
    new_value: z.strictObject({ of: z.string().min(1), learn_for: learnFor(), learn_values: learnValues() }).optional(),
    parameters: z
      .record(
        z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'must be lower-case words with _ between' }),
        z.strictObject({
          description: z.string().min(1),
          type: z.enum(parameterTypes),
          default: parameterValue.optional(),
        }),
      )
      .prefault({}),
    references: z.array(z.string().min(1)).prefault([]),
    queries: z.record(z.string().min(1), z.string().min(1)).prefault({}),
    replaces_built_in: z.boolean().default(false),
  })
  .transform((written, context): RuleDefinition => {
    const fault = faultsIn(context)
    const { group_by: groupBy, window: windowMs, new_value: newValue } = written
    if ((written.threshold === undefined) !== (windowMs === undefined)) {
      const [missing, given] = windowMs === undefined ? ['window', 'threshold'] : ['threshold', 'window']
      fault([missing], `is needed beside ${given}`)
    }
    if (newValue !== undefined && windowMs !== undefined) fault(['new_value'], 'cannot stand beside a window')
    if (newValue !== undefined && groupBy === undefined) fault(['group_by'], 'is needed beside new_value')
    if (groupBy !== undefined && windowMs === undefined && newValue === undefined) {
      fault(['group_by'], 'needs threshold and window, or new_value')
    }
    const asked = [...(groupBy ?? []).map((field, index) => ({ field, path: ['group_by', index] }))]
    if (newValue !== undefined) asked.push({ field: newValue.of, path: ['new_value', 'of'] })
    const facts = Object.keys(factDescriptions).map((name) => `fact.${name}`)
    for (const { field, path } of asked) {
      if (field.startsWith('fact.') && !facts.includes(field)) fault(path, 'is no fact that is known', facts)
    }

    const parameters = new Map(Object.entries(written.parameters))
    for (const [name, { type, default: value }] of parameters) {
      if (tunables.includes(name)) fault(['parameters', name], 'is a name that every rule has already')
      const problem = value === undefined ? undefined : typeFault(value, type)
      if (problem !== undefined) fault(['parameters', name, 'default'], problem)
    }
    const defaults = new Map([...parameters].map(([name, each]) => [name, each.default]))
    const result = compileCondition(written.condition, defaults)
    if ('faults' in result) {
      for (const { path, message, allowed } of result.faults) fault(['condition', ...path], message, allowed)
    }
    return {
      id: written.id,
      title: written.title,
      description: written.description,
      severity: written.severity,
      condition: written.condition,
      trigger: triggerOf(groupBy, written.threshold, windowMs, newValue),
      parameters,
      references: written.references,
      queries: written.queries,
      replacesBuiltIn: written.replaces_built_in,
    }
  })

/** Settings that rules have by their trigger, not by their parameters. */
const tunables = ['severity', 'threshold', 'window', 'learn_for', 'learn_values']

function triggerOf(
  groupBy: readonly string[] = [],
  count: number | undefined,
  windowMs: number | undefined,
  newValue: { of: string; learn_for: number; learn_values: number } | undefined,
): RuleTrigger {
  if (newValue !== undefined) {
    const { of, learn_for: learnForMs, learn_values: values } = newValue
    return { on: 'new_value', groupBy, of, learnForMs, learnValues: values }
  }
  if (count === undefined || windowMs === undefined) return { on: 'event' }
  return { on: 'window', groupBy, threshold: count, windowMs }
}

function typeFault(value: ParameterValue, type: ParameterType): string | undefined {
  const is = Array.isArray(value) ? 'list' : typeof value === 'string' ? 'text' : typeof value
  return is === type
    ? undefined
    : `must be ${{ text: 'text', number: 'a number', boolean: 'true or false', list: 'a list' }[type]}`
}

/** What a configuration may set about a rule, for people: the names in the order in which they are shown. */
export function settingsOf({ trigger, parameters }: Pick<RuleDefinition, 'trigger' | 'parameters'>): string[] {
  const own = {
    event: ['severity'],
    window: ['severity', 'threshold', 'window'],
    new_value: ['severity', 'learn_for', 'learn_values'],
  }[trigger.on]
  return [...own, ...parameters.keys()]
}

/** The parameters that have no value, for want of which a rule sleeps. */
export function missingSettings(
  definition: RuleDefinition,
  settings: Readonly<Record<string, unknown>> = {},
): string[] {
  return [...definition.parameters].flatMap(([name, { default: value }]) =>
    value === undefined && settings[name] === undefined ? [name] : [],
  )
}

/** What is wrong with a setting, by its name. */
export interface SettingFault {
  readonly setting: string
  readonly message: string
  readonly allowed?: readonly string[] | string
}

/**
 * Makes a rule that can be asked out of its definition and what the configuration sets about it.
 * @param settings raw, by the names of `settingsOf`
 */
export function tuneRule(
  definition: RuleDefinition,
  settings: Readonly<Record<string, unknown>> = {},
): { rule: Rule } | { faults: SettingFault[] } {
  const faults: SettingFault[] = []
  const names = settingsOf(definition)
  for (const name of Object.keys(settings)) {
    if (!names.includes(name)) faults.push({ setting: name, message: 'is no setting of this rule', allowed: names })
  }
  const read = <T>(name: string, schema: z.ZodType<T>, otherwise: T, form: string): T => {
    const value = settings[name]
    if (value === undefined || !names.includes(name)) return otherwise
    const result = schema.safeParse(value)
    if (result.success) return result.data
    faults.push({ setting: name, message: `cannot be ${JSON.stringify(value)}`, allowed: form })
    return otherwise
  }
  const severity = read('severity', z.enum(severityNames), definition.severity, severityNames.join(', '))
  const trigger = tuneTrigger(definition.trigger, read)
  const parameters = new Map<string, RuleParameter>()
  for (const [name, parameter] of definition.parameters) {
    const value = settings[name]
    const parsed = value === undefined ? undefined : parameterValue.safeParse(value)
    const problem =
      parsed === undefined ? undefined : parsed.success ? typeFault(parsed.data, parameter.type) : 'is too deep'
    if (problem !== undefined) faults.push({ setting: name, message: problem })
    parameters.set(name, parsed?.success ? { ...parameter, default: parsed.data } : parameter)
  }
  const values = new Map([...parameters].map(([name, each]) => [name, each.default]))
  const result = compileCondition(definition.condition, values)
  if ('faults' in result) {
    for (const { message, allowed } of faults.length > 0 ? [] : result.faults) {
      faults.push({ setting: '', message, ...(allowed === undefined ? {} : { allowed }) })
    }
    return { faults }
  }
  if (faults.length > 0) return { faults }
  return { rule: { ...definition, severity, trigger, parameters, condition: result.compiled } }
}

type Read = <T>(name: string, schema: z.ZodType<T>, otherwise: T, form: string) => T

function tuneTrigger(trigger: RuleTrigger, read: Read): RuleTrigger {
  if (trigger.on === 'window') {
    return {
      ...trigger,
      threshold: read('threshold', threshold(), trigger.threshold, 'a whole number from 1 to 1000'),
      windowMs: read('window', window(), trigger.windowMs, 'a duration from 1s to 7d'),
    }
  }
  if (trigger.on === 'new_value') {
    return {
      ...trigger,
      learnForMs: read('learn_for', learnFor(), trigger.learnForMs, 'a duration up to 90d'),
      learnValues: read('learn_values', learnValues(), trigger.learnValues, 'a whole number from 1 to 100'),
    }
  }
  return trigger
}
