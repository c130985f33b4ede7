import type { HrTime } from '@opentelemetry/api'
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer'
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources'
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics'
import { NANOS_PER_SECOND } from '../nanoseconds.ts'
import type { Processing } from '../pipeline/outlet.ts'
import { concatPayloads, type Payload } from '../pipeline/payload.ts'

/**
 * Payloads of metrics that receivers build as objects, in the order given. Record steps are for log records and do not
 * apply. Resources without a data point are left out.
 *
 * @param maxPayloadBytes payloads are cut between resources, so that none is larger; a larger resource stands alone
 */
export function encodeMetrics(
  metrics: Iterable<ResourceMetrics>,
  processing: Processing,
  maxPayloadBytes: number,
): Payload[] {
  const payloads: Payload[] = []
  let open: Payload[] = []
  let openBytes = 0
  const finish = () => {
    const [first, ...others] = open
    if (first !== undefined) payloads.push(concatPayloads([first, ...others]))
    open = []
    openBytes = 0
  }
  for (const each of metrics) {
    const payload = encodeResourceMetrics(each, processing)
    if (payload === undefined) continue
    if (openBytes + payload.bytes.length > maxPayloadBytes) finish()
    open.push(payload)
    openBytes += payload.bytes.length
  }
  finish()
  return payloads
}

/** A request with this one resource; the official serializer knows no other. */
function encodeResourceMetrics(metrics: ResourceMetrics, processing: Processing): Payload | undefined {
  let items = 0
  let oldestUnixNano: bigint | undefined
  let newestUnixNano = 0n
  for (const { dataPoints } of metrics.scopeMetrics.flatMap((scope) => scope.metrics)) {
    items += dataPoints.length
    for (const { endTime } of dataPoints) {
      const unixNano = toUnixNano(endTime)
      if (oldestUnixNano === undefined || unixNano < oldestUnixNano) oldestUnixNano = unixNano
      if (unixNano > newestUnixNano) newestUnixNano = unixNano
    }
  }
  if (oldestUnixNano === undefined) return undefined
  const resource = withAttributes(metrics.resource, processing.resourceAttributes)
  const bytes = ProtobufMetricsSerializer.serializeRequest({ ...metrics, resource })
  if (bytes === undefined) throw new Error('The OTLP serializer gave nothing for a resource with data points')
  return { signal: 'metrics', bytes, items, oldestUnixNano, newestUnixNano }
}

function withAttributes(resource: Resource, attributes: Processing['resourceAttributes']): Resource {
  if (attributes.size === 0) return resource
  const { schemaUrl } = resource
  const merged = { ...resource.attributes, ...Object.fromEntries(attributes) }
  return resourceFromAttributes(merged, schemaUrl === undefined ? {} : { schemaUrl })
}

const toUnixNano = ([seconds, nanos]: HrTime) => BigInt(seconds) * NANOS_PER_SECOND + BigInt(nanos)
