import type { ExporterDefinition } from '../../pipeline/component.ts'
import { createDelivery } from '../delivery-policy.ts'
import { type OtlpHttpOptions, otlpHttpSchema } from './config.ts'
import { createHttpTransport } from './transport.ts'

/** Sends to any OTLP/HTTP endpoint and reports an answer only when the backend gave one. */
export const otlpHttpExporter: ExporterDefinition<OtlpHttpOptions> = {
  type: 'otlp_http',
  aliases: ['otlphttp'],
  summary: 'OTLP over HTTP, protobuf or JSON, to a Collector or a backend',
  signals: ['logs', 'metrics'],
  schema: otlpHttpSchema(process.env),
  create(options, context) {
    const { maxConcurrent, retry, onRejected } = options
    const deadLetterDirectory = options.deadLetterDirectory ?? context.deadLetterDirectory
    const transport = createHttpTransport(options, context.clock)
    const delivery = createDelivery(transport, { maxConcurrent, retry, onRejected, deadLetterDirectory }, context)
    return { export: delivery.deliver, shutdown: delivery.close }
  },
}
