import type { z } from 'zod'
import type { Registry } from '../registry.ts'
import { toJsonSchema } from './option-faults.ts'
import { telemetrySchema } from './telemetry.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

interface Described {
  readonly type: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly schema: z.ZodType
}

/** JSON schema (draft 2020-12) of a whole configuration file, for editors. It describes the file after substitution. */
export function configJsonSchema(registry: Registry): JsonSchema {
  const definitions: Record<string, JsonSchema> = {}

  function section(name: string, description: string, components: readonly Described[]): JsonSchema {
    const patterns: Record<string, JsonSchema> = {}
    for (const { type, aliases = [], summary, schema } of components) {
      const key = `${name}.${type}`
      const options = moveReferences(toJsonSchema(schema), `#/$defs/${key}`)
      definitions[key] = { description: summary, ...options }
      const types = [type, ...aliases].join('|')
      // An empty block (`debug:`) is null and means all defaults.
      patterns[`^(${types})(/\\S+)?$`] = { anyOf: [{ $ref: `#/$defs/${key}` }, { type: 'null' }] }
    }
    return orNull({ description, type: 'object', patternProperties: patterns, additionalProperties: false })
  }

  const ids = (description: string, extra: JsonSchema = {}) => ({
    description,
    type: 'array',
    items: { type: 'string' },
    uniqueItems: true,
    ...extra,
  })
  const pipeline = {
    type: 'object',
    properties: {
      receivers: ids('Ids of receivers', { minItems: 1 }),
      processors: ids('Ids of processors, in order'),
      exporters: ids('Ids of exporters; each must have answered before a position moves', { minItems: 1 }),
    },
    required: ['receivers', 'exporters'],
    additionalProperties: false,
  }
  const properties = {
    extensions: section('extensions', 'Storage of positions, and health', [...registry.storages, registry.healthCheck]),
    receivers: section('receivers', 'Where data comes from', registry.receivers),
    processors: section('processors', 'What happens to records while they are encoded', registry.processors),
    exporters: section('exporters', 'Where data goes to', registry.exporters),
    service: {
      type: 'object',
      properties: {
        extensions: ids('Ids of the extensions to start'),
        pipelines: {
          type: 'object',
          patternProperties: { '^(logs|metrics)(/\\S+)?$': pipeline },
          additionalProperties: false,
          minProperties: 1,
        },
        telemetry: orNull({
          description: 'The logs and metrics of this process',
          ...moveReferences(toJsonSchema(telemetrySchema), '#/properties/service/properties/telemetry'),
        }),
      },
      required: ['pipelines'],
      additionalProperties: false,
    },
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Configuration of alibabacloud-otel-receiver',
    type: 'object',
    properties,
    required: ['receivers', 'exporters', 'service'],
    additionalProperties: false,
    $defs: definitions,
  }
}

const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: [schema['type'], 'null'] })

/** Points the references of a schema that stands by itself to where it now stands in a larger one. */
function moveReferences(schema: JsonSchema, root: string): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace(/^#/, root) : value,
  )
  return JSON.parse(text) as JsonSchema
}
