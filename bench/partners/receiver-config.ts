import { join } from 'node:path'
import { defaultAccessKey } from '../../simulator/accounts.ts'

export interface ReceiverSettings {
  readonly endpoint: string
  readonly backendUrl: string
  readonly compression: string
  readonly folder: string
  readonly logstores: readonly string[]
  readonly workers?: number
  readonly consumerGroup?: string
}

/** A configuration of the receiver between a simulated SLS and a backend. */
export function receiverConfig(settings: ReceiverSettings) {
  const { endpoint, backendUrl, compression, folder, logstores, workers, consumerGroup } = settings
  return {
    extensions: { file_storage: { directory: join(folder, 'state') } },
    receivers: {
      alibabacloud_sls: {
        endpoint,
        region: 'cn-hangzhou',
        project: 'web-prod',
        logstores,
        start_at: 'earliest',
        credentials: {
          type: 'access_key',
          access_key_id: defaultAccessKey.id,
          access_key_secret: defaultAccessKey.secret,
        },
        // Each worker has what a receiver of its own would have.
        ...(workers === undefined ? {} : { workers, max_in_flight: `${16 * workers}MiB` }),
        ...(consumerGroup === undefined ? {} : { consumer_group: consumerGroup }),
      },
    },
    processors: { batch: {} },
    exporters: { otlp_http: { endpoint: backendUrl, compression } },
    service: {
      extensions: ['file_storage'],
      pipelines: { logs: { receivers: ['alibabacloud_sls'], processors: ['batch'], exporters: ['otlp_http'] } },
      telemetry: { logs: { level: 'warn' } },
    },
  }
}
