import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import type {
  ExporterDefinition,
  ProcessorDefinition,
  ReceiverDefinition,
  StorageDefinition,
} from '../pipeline/component.ts'
import type { Signal } from '../pipeline/payload.ts'
import type { Registry } from '../registry.ts'
import { byPosition, type ConfigFault, formatPath, type Path } from './fault.ts'
import type { HealthCheckDefinition, HealthCheckOptions } from './health-check.ts'
import { nearest } from './nearest.ts'
import { readOptions, showValue, unknownKey } from './option-faults.ts'
import { type TelemetryOptions, telemetrySchema } from './telemetry.ts'
import { parseYaml, type YamlTree } from './yaml-tree.ts'

/** A component as configured: `id` as written, `type` in its canonical spelling, `options` checked and complete. */
export interface Configured<Definition, Options = unknown> {
  id: string
  type: string
  definition: Definition
  options: Options
}

export interface PipelineConfig {
  /** `logs`, `metrics` or `logs/name`. */
  id: string
  signal: Signal
  receivers: string[]
  processors: string[]
  exporters: string[]
}

/** A configuration that can be started. The maps hold what a pipeline uses, by id. */
export interface ServiceConfig {
  path: string
  storage: Configured<StorageDefinition<unknown>>
  healthCheck: Configured<HealthCheckDefinition, HealthCheckOptions> | undefined
  receivers: Map<string, Configured<ReceiverDefinition<unknown>>>
  processors: Map<string, Configured<ProcessorDefinition<unknown>>>
  exporters: Map<string, Configured<ExporterDefinition<unknown>>>
  pipelines: PipelineConfig[]
  telemetry: TelemetryOptions
  warnings: string[]
  /** The file as plain values, after substitution. Holds secrets. */
  written: unknown
}

export interface LoadContext {
  /** Named in faults; `${file:}` paths are relative to its folder. */
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly registry: Registry
  /** Reads a text file by its absolute path; default: the file system. */
  readonly readFile?: (path: string) => string
}

export type Loaded = { readonly config: ServiceConfig } | { readonly faults: ConfigFault[] }

/** Reads a configuration. Never throws for a bad one: all its faults come back at once, in the order of the file. */
export function loadConfig(text: string, context: LoadContext): Loaded {
  const { path, env, registry, readFile = (file) => readFileSync(file, 'utf8') } = context
  const { tree, faults } = parseYaml(text, { env, readFile: (file) => readFile(resolve(dirname(path), file)) })
  if (tree === undefined) return { faults }
  const reading: Reading = { tree, faults, warnings: [] }
  const config = readRoot(reading, registry)
  if (config === undefined || faults.length > 0) return { faults: faults.sort(byPosition) }
  return { config: { path, ...config, warnings: reading.warnings, written: tree.value } }
}

/** One reading of one tree. Every function below adds what it finds and goes on, so that the rest is checked too. */
interface Reading {
  readonly tree: YamlTree
  readonly faults: ConfigFault[]
  readonly warnings: string[]
}

type Block = Readonly<Record<string, unknown>>

/** What all definitions have in common. */
interface Definition {
  readonly type: string
  readonly aliases?: readonly string[]
  readonly schema: z.ZodType
}

interface Declared<D extends Definition> {
  readonly id: string
  readonly definition: D
  /** The block as written; `{}` for an empty one. */
  readonly raw: unknown
  /** `undefined` where the options have faults. */
  readonly parsed: { readonly options: unknown } | undefined
  used: boolean
}

/** The components of one section by id; `undefined` for one whose type nobody knows, which is a fault already. */
type Section<D extends Definition> = Map<string, Declared<D> | undefined>

const sectionNames = ['extensions', 'receivers', 'processors', 'exporters', 'service']
const serviceKeys = ['extensions', 'pipelines', 'telemetry']
const pipelineKeys = ['receivers', 'processors', 'exporters'] as const
const signals: readonly Signal[] = ['logs', 'metrics']
const defaultStorageType = 'memory_storage'
const componentId = /^([A-Za-z][A-Za-z0-9_]*)(?:\/\S+)?$/
const idForm = 'type or type/name, without spaces'

type Checked = Omit<ServiceConfig, 'path' | 'warnings' | 'written'>

function readRoot(reading: Reading, registry: Registry): Checked | undefined {
  const { value } = reading.tree
  if (value === null || value === undefined) {
    addFault(reading, [], 'The file is empty', { allowed: `a map with ${sectionNames.join(', ')}` })
    return undefined
  }
  const root = readMap(reading, value, [])
  if (root === undefined) return undefined
  refuseUnknownKeys(reading, root, [], sectionNames)

  const { healthCheck } = registry
  const extensions = readSection(reading, root, 'extensions', [...registry.storages, healthCheck])
  const receivers = readSection(reading, root, 'receivers', registry.receivers)
  const processors = readSection(reading, root, 'processors', registry.processors)
  const exporters = readSection(reading, root, 'exporters', registry.exporters)

  const service = readMap(reading, root['service'] ?? {}, ['service']) ?? {}
  refuseUnknownKeys(reading, service, ['service'], serviceKeys)
  const pipelines = readPipelines(reading, service['pipelines'], { receivers, processors, exporters })
  const started = readReferences(reading, service['extensions'], ['service', 'extensions'], 'extensions', extensions)
  const telemetry = parseOptions(reading, telemetrySchema, service['telemetry'] ?? {}, ['service', 'telemetry'])

  const stores = started.filter((each) => isStorage(each))
  const store = onlyOne(reading, stores, 'storage extension')
  const checks = started.filter(({ definition }) => definition === healthCheck)
  const health = onlyOne(reading, checks, 'health_check extension')

  if (store === undefined) {
    reading.warnings.push('service.extensions has no storage: positions are kept in memory and lost at exit')
  }
  warnOfUnused(reading, { extensions, receivers, processors, exporters })
  if (reading.faults.length > 0 || telemetry === undefined) return undefined
  return {
    storage: store === undefined ? defaultStorage(registry) : configured(store),
    healthCheck: health && {
      id: health.id,
      type: healthCheck.type,
      definition: healthCheck,
      options: healthCheck.schema.parse(health.raw),
    },
    receivers: usedComponents(receivers),
    processors: usedComponents(processors),
    exporters: usedComponents(exporters),
    pipelines,
    telemetry: telemetry.options,
  }
}

// ---------------------------------------------------------------------------------------------------- components

function readSection<D extends Definition>(
  reading: Reading,
  root: Block,
  name: string,
  definitions: readonly D[],
): Section<D> {
  const section: Section<D> = new Map()
  const byType = new Map(
    definitions.flatMap((each) => [each.type, ...(each.aliases ?? [])].map((type) => [type, each])),
  )
  for (const [id, block] of Object.entries(readMap(reading, root[name] ?? {}, [name]) ?? {})) {
    const path = [name, id]
    section.set(id, undefined)
    const type = componentId.exec(id)?.[1]
    if (type === undefined) {
      addFault(reading, path, 'is no name of a component', { allowed: idForm }, 'key')
      continue
    }
    const definition = byType.get(type)
    if (definition === undefined) {
      const details = { found: type, allowed: [...byType.keys()].join(', ') || 'none', ...suggest(type, byType.keys()) }
      addFault(reading, path, `is of a type that is not known under ${name}`, details, 'key')
      continue
    }
    const raw = block ?? {}
    const parsed = parseOptions(reading, definition.schema, raw, path)
    section.set(id, { id, definition, raw, parsed, used: false })
  }
  return section
}

function parseOptions<Options>(reading: Reading, schema: z.ZodType<Options>, raw: unknown, path: Path) {
  const parsed = readOptions(schema, raw, path, reading.tree)
  if ('options' in parsed) return parsed
  reading.faults.push(...parsed.faults)
  return undefined
}

function configured<D extends Definition>({ id, definition, parsed }: Declared<D>): Configured<D> {
  return { id, type: definition.type, definition, options: parsed?.options }
}

function usedComponents<D extends Definition>(section: Section<D>): Map<string, Configured<D>> {
  const used = [...section.values()].flatMap((each) => (each?.used ? [configured(each)] : []))
  return new Map(used.map((each) => [each.id, each]))
}

function warnOfUnused(reading: Reading, sections: Readonly<Record<string, Section<Definition>>>): void {
  for (const [name, section] of Object.entries(sections)) {
    const consequence = name === 'extensions' ? 'not listed in service.extensions' : 'used by no pipeline'
    for (const [id, component] of section) {
      if (component?.used === false) reading.warnings.push(`${formatPath([name, id])} is defined but ${consequence}`)
    }
  }
}

const isStorage = (
  declared: Declared<StorageDefinition<unknown> | HealthCheckDefinition>,
): declared is Declared<StorageDefinition<unknown>> => 'open' in declared.definition

function onlyOne<D extends Definition>(reading: Reading, components: Declared<D>[], what: string) {
  const [first, second] = components
  if (second !== undefined) {
    const found = components.map(({ id }) => id).join(', ')
    addFault(reading, ['service', 'extensions'], `uses more than one ${what}`, { found, allowed: 'one' })
  }
  return first
}

function defaultStorage({ storages }: Registry): Configured<StorageDefinition<unknown>> {
  const definition = storages.find(({ type }) => type === defaultStorageType)
  if (definition === undefined) throw new Error(`The registry has no ${defaultStorageType}`)
  return { id: defaultStorageType, type: defaultStorageType, definition, options: definition.schema.parse({}) }
}

// ---------------------------------------------------------------------------------------------------- pipelines

interface PipelineSections {
  readonly receivers: Section<ReceiverDefinition<unknown>>
  readonly processors: Section<ProcessorDefinition<unknown>>
  readonly exporters: Section<ExporterDefinition<unknown>>
}

function readPipelines(reading: Reading, value: unknown, sections: PipelineSections): PipelineConfig[] {
  const path = ['service', 'pipelines']
  const blocks = Object.entries(readMap(reading, value ?? {}, path) ?? {})
  if (blocks.length === 0) {
    addFault(reading, path, 'has no pipeline, so there is nothing to run', { allowed: 'logs, metrics, logs/name, …' })
  }
  return blocks.flatMap(([id, block]) => readPipeline(reading, id, block, sections) ?? [])
}

function readPipeline(
  reading: Reading,
  id: string,
  value: unknown,
  sections: PipelineSections,
): PipelineConfig | undefined {
  const path = ['service', 'pipelines', id]
  const type = componentId.exec(id)?.[1]
  const signal = signals.find((each) => each === type)
  if (signal === undefined) {
    const message =
      type === 'traces'
        ? 'is a traces pipeline: Alibaba Cloud receivers bring logs and metrics only'
        : 'is no name of a pipeline'
    const details = { allowed: 'logs, metrics, logs/name, metrics/name', ...suggest(type ?? id, signals) }
    addFault(reading, path, message, details, 'key')
  }
  const block = readMap(reading, value ?? {}, path)
  if (block === undefined) return undefined
  refuseUnknownKeys(reading, block, path, pipelineKeys)
  const needed = signal === undefined ? [] : (['receivers', 'exporters'] as const)
  for (const key of needed) {
    const list = block[key] ?? []
    if (Array.isArray(list) && list.length === 0)
      addFault(reading, [...path, key], `is required: at least one of the ${key}`)
  }
  const idsOf = (key: (typeof pipelineKeys)[number]) =>
    readReferences<{ signals: readonly Signal[] } & Definition>(
      reading,
      block[key],
      [...path, key],
      key,
      sections[key],
      ({ definition }) =>
        signal !== undefined && !definition.signals.includes(signal)
          ? `does not do ${signal}, only ${definition.signals.join(' and ')}`
          : undefined,
    ).map((component) => component.id)
  const pipeline = { id, receivers: idsOf('receivers'), processors: idsOf('processors'), exporters: idsOf('exporters') }
  return signal && { ...pipeline, signal }
}

/**
 * The components that a list names, each marked as used.
 * @param objection what speaks against using a component here, if anything
 */
function readReferences<D extends Definition>(
  reading: Reading,
  value: unknown,
  path: Path,
  sectionName: string,
  section: Section<D>,
  objection: (component: Declared<D>) => string | undefined = () => undefined,
): Declared<D>[] {
  const list = value ?? []
  if (!Array.isArray(list)) {
    addFault(reading, path, 'must be a list', {
      found: showValue(list, path, reading.tree),
      allowed: `ids of ${sectionName}`,
    })
    return []
  }
  const components = new Map<string, Declared<D>>()
  for (const [index, id] of list.entries()) {
    const place = [...path, index]
    const details = () => ({
      found: showValue(id, place, reading.tree),
      allowed: [...section.keys()].join(', ') || `nothing: ${sectionName} is empty`,
    })
    if (typeof id !== 'string') {
      addFault(reading, place, `must be an id of ${sectionName}`, details())
      continue
    }
    if (list.indexOf(id) < index) addFault(reading, place, 'is listed twice', { found: id })
    if (!section.has(id)) {
      addFault(reading, place, `is not defined under ${sectionName}`, { ...details(), ...suggest(id, section.keys()) })
    }
    const component = section.get(id)
    if (component === undefined) continue
    component.used = true
    components.set(id, component)
    const problem = objection(component)
    if (problem !== undefined) addFault(reading, place, problem, { found: id })
  }
  return [...components.values()]
}

// ---------------------------------------------------------------------------------------------------- faults

function addFault(
  { tree, faults }: Reading,
  path: Path,
  message: string,
  details: Pick<ConfigFault, 'found' | 'allowed' | 'suggestion'> = {},
  at: 'key' | 'value' = 'value',
): void {
  if (tree.isUnresolved(path)) return
  faults.push({ path: formatPath(path), ...tree.locate(path, at), message, ...details })
}

function refuseUnknownKeys(reading: Reading, block: Block, path: Path, known: readonly string[]): void {
  for (const key of Object.keys(block)) {
    if (!known.includes(key)) reading.faults.push(unknownKey([...path, key], known, reading.tree))
  }
}

function readMap(reading: Reading, value: unknown, path: Path): Block | undefined {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Block
  const message = path.length === 0 ? 'The file must be a map' : 'must be a map'
  addFault(reading, path, message, { found: showValue(value, path, reading.tree) })
  return undefined
}

function suggest(written: string, known: Iterable<string>): Pick<ConfigFault, 'suggestion'> {
  const suggestion = nearest(written, known)
  return suggestion === undefined ? {} : { suggestion }
}
