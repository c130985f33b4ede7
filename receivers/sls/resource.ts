import { isIP } from 'node:net'
import type { SimpleValue } from '../../src/otlp/attribute-bytes.ts'
import { encodeResource, encodeScope } from '../../src/otlp/encode-log.ts'
import { RecordGroup } from '../../src/otlp/log-batch.ts'
import { version } from '../../src/version.ts'
import { agentFields, agentMarks, containerMarks } from './kinds/agent-fields.ts'
import { type KindTable, targetsOf } from './kinds/kind-table.ts'
import { encodeRecordAttributes, type ShapeSurroundings, uniqueNames } from './plan.ts'

/** What topic, source and tags of an SLS log group say about each of its logs. */
export interface GroupFacts {
  readonly topic: string
  readonly surroundings: ShapeSurroundings
  /** Encoded attributes for every record. */
  readonly attributes: Uint8Array
  readonly attributeNames: readonly string[]
  readonly resource: readonly GroupResource[]
}

interface GroupResource {
  readonly attribute: string
  readonly value: string
  /** The record attribute for a value that a log's own field displaced. */
  readonly displaced: string
}

const resourceOfAgentField = new Map(
  agentFields.flatMap((field) => {
    const [target] = targetsOf(field)
    return target?.attribute.startsWith('resource:') ? [[field.name, target.attribute.slice('resource:'.length)]] : []
  }),
)
const droppedAgentFields = new Set(agentFields.filter((field) => targetsOf(field).length === 0).map(({ name }) => name))

/** Tags that change with every group and say nothing about the logs, so that groups are alike without their values. */
export const volatileTags: readonly string[] = [...droppedAgentFields]

/** sls-log-schemas 1.1 and 1.2. `null`, empty and absent topics are the same. */
export function groupFacts(topic: string, source: string, tags: readonly (readonly [string, string])[]): GroupFacts {
  const keys = new Set(tags.map(([key]) => key))
  const isContainer = containerMarks.some((mark) => keys.has(mark))
  const isAgent = agentMarks.some((mark) => keys.has(mark))
  const attributes: [string, SimpleValue][] = []
  const resource: GroupResource[] = []
  const unique = uniqueNames([])
  const add = (name: string, value: string) => attributes.push([unique(name), value])

  let hasIostream = false
  for (const [key, value] of tags) {
    if (droppedAgentFields.has(key) || value === '') continue
    const tagName = `alibabacloud.sls.tag.${key}`
    const attribute = resourceOfAgentField.get(key)
    if (attribute !== undefined && !resource.some((other) => other.attribute === attribute)) {
      resource.push({ attribute, value, displaced: unique(tagName) })
    } else if (key === '__path__') {
      add('log.file.path', value)
      add('log.file.name', value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1))
    } else if (key === '__client_ip__') add('alibabacloud.sls.client_address', value)
    else if (key === '_source_' && isContainer && !hasIostream) {
      hasIostream = true
      add('log.iostream', value)
    } else add(tagName, value)
  }
  const cleanTopic = topic === 'null' ? '' : topic
  if (cleanTopic !== '') add('alibabacloud.sls.topic', cleanTopic)
  if (source !== '') {
    const host = resource.find(({ attribute }) => attribute === 'host.ip')
    if (isAgent && host === undefined && isIP(source) !== 0)
      resource.push({ attribute: 'host.ip', value: source, displaced: 'alibabacloud.sls.source' })
    else if (host?.value !== source) add('alibabacloud.sls.source', source)
  }
  return {
    topic: cleanTopic,
    surroundings: { topic: cleanTopic, isContainer, isAgent, hasIostream },
    attributes: encodeRecordAttributes(attributes),
    attributeNames: attributes.map(([name]) => name),
    resource,
  }
}

/** What the resource is made of, besides the group: all of it as text. */
export interface ResourceFacts {
  readonly kind: KindTable
  readonly serviceName: string
  readonly project: string
  readonly logstore: string
  /** The endpoint's region, for records that name none. */
  readonly region: string | undefined
  /** From the record; where two say different things, the first counts. */
  readonly record: readonly { attribute: string; value: string; displaced: string }[]
  /** Set by the pipeline's processors over all else. */
  readonly overrides: ReadonlyMap<string, string | number | boolean>
}

/** Resource and scope for records that share all these facts. A value that another displaced becomes an attribute of the records. */
export function createRecordGroup(group: GroupFacts, facts: ResourceFacts): RecordGroup {
  const resource = new Map<string, SimpleValue>([
    ['cloud.provider', 'alibaba_cloud'],
    ['service.name', facts.serviceName],
    ['alibabacloud.sls.project', facts.project],
    ['alibabacloud.sls.logstore', facts.logstore],
  ])
  const displaced: [string, SimpleValue][] = []
  const texts = new Map<string, string>()
  for (const { attribute, value, displaced: name } of [...facts.record, ...group.resource]) {
    const first = texts.get(attribute)
    if (first === undefined && isPlausible(attribute, value)) {
      texts.set(attribute, value)
      for (const [key, converted] of resourceValues(attribute, value)) resource.set(key, converted)
    } else if (first !== value) displaced.push([name, value])
  }
  for (const [key, value] of namedAttributes(group, facts)) if (!resource.has(key)) resource.set(key, value)
  if (facts.region !== undefined && !resource.has('cloud.region')) resource.set('cloud.region', facts.region)
  for (const [key, value] of facts.overrides) resource.set(key, value)
  const scope = encodeScope('alibabacloud-otel-receiver/receivers/sls', version, [
    ['encoding.format', `alibabacloud.${facts.kind.id}`],
  ])
  return new RecordGroup(encodeResource(resource), scope, encodeRecordAttributes(displaced))
}

/** What the kind itself, and the names of project, logstore and topic, say about the resource. */
function namedAttributes({ topic }: GroupFacts, facts: ResourceFacts): [string, SimpleValue][] {
  const { kind, project, logstore } = facts
  const constants = Object.entries(kind.constantAttributes ?? {}).flatMap(([name, value]): [string, SimpleValue][] =>
    name.startsWith('resource:') ? [[name.slice('resource:'.length), value]] : [],
  )
  const names = { project, logstore, topic }
  const found = (kind.named ?? []).flatMap(({ from, pattern, attribute }): [string, SimpleValue][] => {
    const value = new RegExp(pattern).exec(names[from])?.[1]
    return value === undefined || value === '' ? [] : [[attribute, value]]
  })
  return [...constants, ...found]
}

/** One page calls `_container_id_` the pod's address, so it is taken only where it looks like an id. */
const isPlausible = (attribute: string, value: string) =>
  attribute !== 'container.id' || /^[0-9a-f]{12,64}$/.test(value)

/** The conventions hold a host's addresses, and an image's tags and digests, as lists. */
function resourceValues(attribute: string, value: string): [string, SimpleValue][] {
  if (attribute === 'host.ip') return [[attribute, [value]]]
  if (attribute !== 'container.image.name') return [[attribute, value]]
  const digest = value.indexOf('@')
  if (digest >= 0) {
    return [
      ['container.image.name', value.slice(0, digest)],
      ['container.image.repo_digests', [value]],
    ]
  }
  // A colon before the last slash belongs to the registry's port.
  const colon = value.indexOf(':', value.lastIndexOf('/') + 1)
  if (colon < 0) return [['container.image.name', value]]
  return [
    ['container.image.name', value.slice(0, colon)],
    ['container.image.tags', [value.slice(colon + 1)]],
  ]
}
