import { describe, expect, it } from 'vitest'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { registry } from '../../src/registry.ts'
import { sampleRegistry } from './sample-registry.ts'

describe('configJsonSchema', () => {
  const schema = configJsonSchema(sampleRegistry)

  it('describes every component under its ids and aliases, and allows no other', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['receivers', 'exporters', 'service'],
      additionalProperties: false,
      properties: {
        receivers: {
          type: ['object', 'null'],
          additionalProperties: false,
          patternProperties: {
            '^(sample_logs)(/\\S+)?$': { anyOf: [{ $ref: '#/$defs/receivers.sample_logs' }, { type: 'null' }] },
          },
        },
        exporters: { patternProperties: { '^(sample_http|samplehttp)(/\\S+)?$': expect.anything() } },
        service: {
          properties: { pipelines: { patternProperties: { '^(logs|metrics)(/\\S+)?$': expect.anything() } } },
        },
      },
    })
  })

  it('tells options as they are written, with units, defaults and descriptions', () => {
    expect(schema['$defs']).toMatchObject({
      'receivers.sample_logs': {
        description: 'Brings logs',
        required: ['project'],
        additionalProperties: false,
        properties: {
          poll_interval: { type: 'string', default: '1s' },
          body: { enum: ['summary', 'original', 'none'] },
        },
      },
      'extensions.file_storage': { properties: { directory: { description: expect.stringContaining('Folder') } } },
    })
  })

  it('has no reference that leads nowhere, with all real components', () => {
    const real = configJsonSchema(registry)
    const references = [...JSON.stringify(real).matchAll(/"\$ref":"#([^"]*)"/g)].map(([, pointer = '']) => pointer)
    expect(references.length).toBeGreaterThan(registry.receivers.length)
    for (const pointer of references) {
      const steps = pointer.split('/').slice(1)
      const target = steps.reduce<unknown>((value, step) => Object(value)[step], real)
      expect(target, pointer).toBeTypeOf('object')
    }
  })
})
