import type { CredentialsProvider } from '../../src/alibaba/credentials.ts'
import type { RateLimiter } from '../../src/alibaba/rate-limit.ts'
import { createSlsClient, type SlsClientDeps } from '../../src/alibaba/sls/client.ts'
import type { SlsClient } from '../../src/alibaba/sls/types.ts'
import { userAgent } from '../../src/version.ts'
import type { SlsOptions } from './config.ts'
import type { ShardHealth } from './follow-shard.ts'

/** The name under which calls that the client is repeating show in the status. */
const apiSource = 'api'
const worrisomeAttempts = 3

interface ProjectClientDeps extends Pick<SlsClientDeps, 'clock' | 'log' | 'meter'> {
  readonly credentials: CredentialsProvider
  /** One for the receiver, whatever its threads. */
  readonly limiter: RateLimiter
  readonly health: ShardHealth
}

/** The client of the receiver's project. Calls that go on failing show in its health. */
export function createProjectClient(options: SlsOptions, { health, ...deps }: ProjectClientDeps): SlsClient {
  const { endpoint, region, project, signature, proxy, rateLimitPerSecond } = options
  return createSlsClient(
    { endpoint, region, project, signature, proxy, rateLimitPerSecond, userAgent },
    {
      ...deps,
      // A throttle now and then is how SLS works; what lasts is worth a word.
      onRetry: (error, attempt) => attempt >= worrisomeAttempts && health.failed(apiSource, error),
      onSuccess: () => health.works(apiSource),
    },
  )
}
