import { z } from 'zod'
import { compilePattern, PatternError } from '../linear-pattern.ts'
import { addressForm, addressList, isAddressOrNetwork } from './address-list.ts'
import { type EventView, factDescriptions, type Scalar, valuesAt } from './event-view.ts'
import { officeHoursForm, parseOfficeHours } from './office-hours.ts'

/** The value of a tunable parameter, from the rule file or from the configuration. */
export type ParameterValue = string | number | boolean | readonly (string | number | boolean)[]

/** A written value, or the name of the parameter that holds it. */
type Operand<T> = T | { readonly param: string }

type Written = string | number | boolean

/** A condition as it is written in a rule file. Exactly one of `all`, `any`, `not` and `field` is there. */
export interface Condition {
  readonly all?: readonly Condition[] | undefined
  readonly any?: readonly Condition[] | undefined
  readonly not?: Condition | undefined
  /** One path or several, where any may hold the value. */
  readonly field?: string | readonly string[] | undefined
  readonly equals?: Operand<Written> | undefined
  readonly in?: Operand<readonly Written[]> | undefined
  readonly contains?: Operand<Written> | undefined
  readonly starts_with?: Operand<string | readonly string[]> | undefined
  readonly matches?: Operand<string> | undefined
  readonly gt?: Operand<number> | undefined
  readonly gte?: Operand<number> | undefined
  readonly lt?: Operand<number> | undefined
  readonly lte?: Operand<number> | undefined
  readonly cidr?: Operand<readonly string[]> | undefined
  readonly within?: Operand<string> | undefined
  readonly exists?: boolean | undefined
}

const parameterReference = z.strictObject({ param: z.string().min(1) })
const scalar = z.union([z.string(), z.number(), z.boolean()])
const comparison = z.union([z.number(), parameterReference], { error: 'must be a number, or { param: its name }' })
const list = z.array(scalar).min(1)

const combinators = ['all', 'any', 'not', 'field'] as const
const operators = [
  'equals',
  'in',
  'contains',
  'starts_with',
  'matches',
  'gt',
  'gte',
  'lt',
  'lte',
  'cidr',
  'within',
  'exists',
] as const

/** The form of a condition; whether patterns, addresses and names of facts hold is told by `compileCondition`. */
export const conditionSchema: z.ZodType<Condition> = z
  .strictObject({
    get all() {
      return z.array(conditionSchema).min(1).optional()
    },
    get any() {
      return z.array(conditionSchema).min(1).optional()
    },
    get not() {
      return conditionSchema.optional()
    },
    field: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional(),
    equals: z.union([scalar, parameterReference]).optional(),
    in: z.union([list, parameterReference]).optional(),
    contains: z.union([scalar, parameterReference]).optional(),
    starts_with: z.union([z.string(), z.array(z.string()).min(1), parameterReference]).optional(),
    matches: z.union([z.string(), parameterReference]).optional(),
    gt: comparison.optional(),
    gte: comparison.optional(),
    lt: comparison.optional(),
    lte: comparison.optional(),
    cidr: z.union([z.array(z.string()).min(1), parameterReference]).optional(),
    within: z.union([z.string(), parameterReference]).optional(),
    exists: z.boolean().optional(),
  })
  .superRefine((written, context) => {
    // A key that nobody knows says enough by itself.
    if (context.issues.length > 0) return
    const forms = combinators.filter((name) => written[name] !== undefined)
    const asked = operators.filter((name) => written[name] !== undefined)
    if (forms.length !== 1) {
      const message = forms.length === 0 ? 'says nothing to look for' : `has ${forms.join(' and ')} beside each other`
      context.addIssue({ code: 'custom', message, params: { allowed: 'exactly one of all, any, not and field' } })
    } else if (forms[0] === 'field' && asked.length === 0) {
      context.addIssue({ code: 'custom', message: 'says no operator', params: { allowed: [...operators] } })
    } else if (forms[0] !== 'field' && asked.length > 0) {
      context.addIssue({ code: 'custom', message: `has ${asked.join(', ')} without a field` })
    }
  })

/** What is wrong with a condition, and where in it. */
export interface ConditionFault {
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What may stand there: names, of which the nearest is suggested, or a form. */
  readonly allowed?: readonly string[] | string
}

export interface CompiledCondition {
  matches(view: EventView): boolean
  /** What in the event made it match, one text for each field looked at; called only where it matches. */
  explain(view: EventView): string[]
}

/**
 * Makes a condition ready to be asked.
 * @param parameters values by name; one without a value is a name that is known, and its rule never runs
 */
export function compileCondition(
  condition: Condition,
  parameters: ReadonlyMap<string, ParameterValue | undefined>,
): { compiled: CompiledCondition } | { faults: ConditionFault[] } {
  const faults: ConditionFault[] = []
  const compiled = compile(condition, [], { parameters, faults })
  return faults.length > 0 ? { faults } : { compiled }
}

interface Compiling {
  readonly parameters: ReadonlyMap<string, ParameterValue | undefined>
  readonly faults: ConditionFault[]
}

type Path = readonly (string | number)[]

function compile(condition: Condition, path: Path, compiling: Compiling): CompiledCondition {
  const { all, any, not } = condition
  if (all !== undefined) {
    const parts = all.map((part, index) => compile(part, [...path, 'all', index], compiling))
    return {
      matches: (view) => parts.every((part) => part.matches(view)),
      explain: (view) => parts.flatMap((part) => part.explain(view)),
    }
  }
  if (any !== undefined) {
    const parts = any.map((part, index) => compile(part, [...path, 'any', index], compiling))
    return {
      matches: (view) => parts.some((part) => part.matches(view)),
      explain: (view) => parts.find((part) => part.matches(view))?.explain(view) ?? [],
    }
  }
  if (not !== undefined) {
    const part = compile(not, [...path, 'not'], compiling)
    const text = `not (${describeCondition(not)})`
    return { matches: (view) => !part.matches(view), explain: () => [text] }
  }
  return compileField(condition, path, compiling)
}

type Test = (value: Scalar, view: EventView) => boolean

function compileField(condition: Condition, path: Path, compiling: Compiling): CompiledCondition {
  const written = condition.field ?? []
  const fields = typeof written === 'string' ? [written] : written
  for (const [index, field] of fields.entries()) {
    const [first, fact = '', ...rest] = field.split('.')
    if (first !== 'fact' || (fact in factDescriptions && rest.length === 0)) continue
    const at = typeof written === 'string' ? ['field'] : ['field', index]
    const allowed = Object.keys(factDescriptions).map((name) => `fact.${name}`)
    compiling.faults.push({ path: [...path, ...at], message: 'is no fact that is known', allowed })
  }
  const tests = operators.flatMap((name) => {
    if (name === 'exists' || condition[name] === undefined) return []
    const operand = operandOf(condition[name], [...path, name], compiling)
    const test = operand === undefined ? undefined : testOf(name, operand, [...path, name], compiling)
    return test === undefined ? [] : [test]
  })
  const firstMatch = (view: EventView): { field: string; value: Scalar } | undefined => {
    for (const field of fields) {
      for (const value of valuesAt(view, field)) {
        if (tests.every((test) => test(value, view))) return { field, value }
      }
    }
    return undefined
  }
  const wanted = condition.exists !== false
  return {
    matches: (view) => (firstMatch(view) !== undefined) === wanted,
    explain: (view) => {
      const found = firstMatch(view)
      if (found === undefined) return [`no ${fields.join(', no ')}`]
      return [`${found.field} = ${shorten(String(found.value))}`]
    },
  }
}

/** @returns `undefined` for a parameter that has no value, or no such parameter, which is a fault */
function operandOf(operand: Condition[keyof Condition], path: Path, compiling: Compiling): ParameterValue | undefined {
  if (!isReference(operand)) return operand as ParameterValue
  const { param } = operand
  if (!compiling.parameters.has(param)) {
    const message = `names no parameter of the rule: ${param}`
    compiling.faults.push({ path: [...path, 'param'], message, allowed: [...compiling.parameters.keys()] })
  }
  return compiling.parameters.get(param)
}

const isReference = (operand: unknown): operand is { readonly param: string } =>
  typeof operand === 'object' && operand !== null && 'param' in operand

type Operator = Exclude<(typeof operators)[number], 'exists'>

function testOf(name: Operator, operand: ParameterValue, path: Path, compiling: Compiling): Test | undefined {
  const values = typeof operand === 'object' ? operand : [operand]
  const fault = (message: string, allowed: string): undefined => {
    compiling.faults.push({ path, message, allowed })
  }
  switch (name) {
    case 'equals':
    case 'in': {
      const wanted = new Set(values.map(comparable))
      return (value) => wanted.has(comparable(value))
    }
    case 'contains':
      return (value) => values.some((part) => String(value).includes(String(part)))
    case 'starts_with':
      return (value) => values.some((part) => String(value).startsWith(String(part)))
    case 'matches': {
      const [pattern] = values
      try {
        const isFound = compilePattern(String(pattern))
        return (value) => isFound(String(value))
      } catch (error) {
        if (!(error instanceof PatternError)) throw error
        return fault(`${error.message} (at character ${error.at + 1})`, 'a pattern without look-around and references')
      }
    }
    case 'cidr': {
      const bad = values.find((value) => !isAddressOrNetwork(String(value)))
      if (bad !== undefined) return fault(`has an entry that is no address: ${bad}`, addressForm)
      const contains = addressList(values.map(String))
      return (value) => contains(String(value))
    }
    case 'within': {
      const isWithin = parseOfficeHours(String(values[0]))
      if (isWithin === undefined) return fault(`is no time of the week: ${values[0]}`, officeHoursForm)
      return (value, view) => isWithin(timeOf(value) ?? view.timeUnixMs)
    }
    default:
      return numberTest(name, Number(values[0]))
  }
}

function numberTest(name: 'gt' | 'gte' | 'lt' | 'lte', limit: number): Test {
  const compare: Record<typeof name, (value: number) => boolean> = {
    gt: (value) => value > limit,
    gte: (value) => value >= limit,
    lt: (value) => value < limit,
    lte: (value) => value <= limit,
  }
  const holds = compare[name]
  return (value) => {
    if (typeof value === 'boolean') return false
    const number = Number(value)
    return !Number.isNaN(number) && holds(number)
  }
}

function timeOf(value: Scalar): number | undefined {
  const unixMs = Date.parse(String(value))
  return Number.isNaN(unixMs) ? undefined : unixMs
}

/** Documents spell truth and numbers as themselves or as text, so they are compared as text; `False` is `false`. */
function comparable(value: Scalar): string {
  const text = String(value)
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : text
}

const maxShown = 80
const shorten = (text: string) => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text)

// ------------------------------------------------------------------------------------------------------- for people

const words: Readonly<Record<Operator, string>> = {
  equals: '=',
  in: 'in',
  contains: 'contains',
  starts_with: 'starts with',
  matches: 'matches',
  gt: '>',
  gte: '≥',
  lt: '<',
  lte: '≤',
  cidr: 'in the networks',
  within: 'within',
}

/** A condition on one line, as `eventName = ConsoleSignin and fact.failed = true`. */
export function describeCondition(condition: Condition): string {
  const { all, any, not, field = [], exists } = condition
  if (all !== undefined) return all.map((part) => grouped(part, 'any')).join(' and ')
  if (any !== undefined) return any.map((part) => grouped(part, 'all')).join(' or ')
  if (not !== undefined) return `not (${describeCondition(not)})`
  const name = typeof field === 'string' ? field : `any of (${field.join(', ')})`
  const tests = operators.flatMap((operator) => {
    if (operator === 'exists' || condition[operator] === undefined) return []
    return [`${words[operator]} ${describeOperand(condition[operator])}`]
  })
  if (exists !== undefined && tests.length === 0) return `${name} ${exists ? 'is there' : 'is not there'}`
  return `${exists === false ? 'no ' : ''}${name} ${tests.join(' and ')}`
}

const grouped = (part: Condition, other: 'all' | 'any') =>
  part[other] === undefined ? describeCondition(part) : `(${describeCondition(part)})`

function describeOperand(operand: Condition[keyof Condition]): string {
  if (isReference(operand)) return `<${operand.param}>`
  return Array.isArray(operand) ? `[${operand.join(', ')}]` : String(operand)
}
