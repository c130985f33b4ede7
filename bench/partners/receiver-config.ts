import { join } from 'node:path'
import { defaultAccessKey } from '../../simulator/accounts.ts'

/** A configuration of the receiver between a simulated SLS and a backend. */
export function receiverConfig(settings: {
  endpoint: string
  backendUrl: string
  compression: string
  folder: string
  logstores: string[]
}) {
  const { endpoint, backendUrl, compression, folder, logstores } = settings
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
