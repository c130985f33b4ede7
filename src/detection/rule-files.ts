import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import picomatch from 'picomatch'
import { z } from 'zod'
import { type ConfigFault, formatFaults } from '../config/fault.ts'
import { readOptions } from '../config/option-faults.ts'
import { parseYaml } from '../config/yaml-tree.ts'
import { describeError } from '../errors.ts'
import { packageRoot } from '../version.ts'
import { type RuleDefinition, ruleSchema } from './rule.ts'

/** Rules of one file, or all that is wrong with it, with line and column. */
export interface RuleFile {
  readonly path: string
  readonly rules: readonly RuleDefinition[]
  readonly faults: readonly ConfigFault[]
}

const fileSchema = z.strictObject({ rules: z.array(ruleSchema).min(1) }).superRefine(({ rules }, context) => {
  for (const [index, { id }] of rules.entries()) {
    if (rules.findIndex((rule) => rule.id === id) === index) continue
    context.addIssue({
      code: 'custom',
      path: ['rules', index, 'id'],
      message: 'is the id of an earlier rule of the file',
    })
  }
})

/** Reads the text of a rule file: YAML, a map with one key `rules`. Never throws for a bad one. */
export function parseRuleFile(path: string, text: string): RuleFile {
  const refuse = (): never => {
    throw new Error('a rule file takes no other files in')
  }
  const { tree, faults } = parseYaml(text, { env: {}, readFile: refuse })
  if (tree === undefined || faults.length > 0) return { path, rules: [], faults }
  const result = readOptions(fileSchema, tree.value ?? {}, [], tree)
  return 'faults' in result
    ? { path, rules: [], faults: result.faults }
    : { path, rules: result.options.rules, faults: [] }
}

/**
 * Reads rule files that a user names.
 * @param pattern a path, from the working directory, whose last part may be a glob
 */
export function readRuleFiles(pattern: string): RuleFile[] {
  const failed = (path: string, message: string): RuleFile[] => [{ path, rules: [], faults: [{ path: '', message }] }]
  let paths: string[]
  try {
    paths = pathsOf(pattern)
  } catch (error) {
    return failed(pattern, `Cannot be found: ${describeError(error)}`)
  }
  if (paths.length === 0) return failed(pattern, 'Names no file')
  return paths.flatMap((path) => {
    try {
      return parseRuleFile(path, readFileSync(path, 'utf8'))
    } catch (error) {
      return failed(path, `Cannot be read: ${describeError(error)}`)
    }
  })
}

function pathsOf(pattern: string): string[] {
  const name = basename(pattern)
  if (!/[*?[{]/.test(name)) return [pattern]
  const folder = dirname(pattern)
  const isMeant = picomatch(name)
  return readdirSync(resolve(folder))
    .filter((file) => isMeant(file))
    .sort()
    .map((file) => join(folder, file))
}

let builtIn: readonly RuleDefinition[] | undefined

/** The rules that come with the program, in the order of their files. */
export function builtInRules(): readonly RuleDefinition[] {
  if (builtIn !== undefined) return builtIn
  const files = readRuleFiles(join(fileURLToPath(new URL('rules/', packageRoot)), '*.yaml'))
  const bad = files.find(({ faults }) => faults.length > 0)
  if (bad !== undefined)
    throw new Error(`A rule file of the installation has faults:\n${formatFaults(bad.path, bad.faults)}`)
  builtIn = files.flatMap(({ rules }) => rules)
  return builtIn
}
