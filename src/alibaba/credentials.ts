import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { CredentialsProvider as LibraryProvider } from '@alicloud/credentials'
import { z } from 'zod'
import { describeError, ReceiverError } from '../errors.ts'
import type { Log } from '../telemetry/log.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** Only with temporary credentials. */
  readonly securityToken?: string
}

export interface CredentialsProvider {
  /**
   * Credentials that are valid now; fetched and renewed as their source needs.
   * @throws {ReceiverError} CREDENTIALS_MISSING, or the signal's reason
   */
  get(signal?: AbortSignal): Promise<Credentials>
  /** Forgets what is cached: the vendor refused it. */
  refresh(): void
  /** Where the credentials come from, such as `oidc_role_arn (environment)`; never a secret. */
  describe(): string
}

const text = z.string().min(1)
const accessKeySchema = z.strictObject({
  type: z.literal('access_key'),
  access_key_id: text,
  access_key_secret: text,
})
const stsSchema = z.strictObject({
  type: z.literal('sts'),
  access_key_id: text,
  access_key_secret: text,
  security_token: text,
})
const oidcRoleSchema = z.strictObject({
  type: z.literal('oidc_role_arn'),
  role_arn: text,
  oidc_provider_arn: text,
  oidc_token_file: text.describe('Read again at every renewal, since it is rotated'),
  role_session_name: text.optional(),
})
const ecsRoleSchema = z.strictObject({
  type: z.literal('ecs_ram_role'),
  role_name: text.optional().describe('Absent: the role the instance has'),
})
const profileSchema = z.strictObject({
  type: z.literal('profile'),
  name: text.optional().describe('Absent: ALIBABA_CLOUD_PROFILE, else the current one'),
})
const uriSchema = z.strictObject({ type: z.literal('credentials_uri'), url: z.url({ protocol: /^https?$/ }) })

const sourceSchema = z.discriminatedUnion('type', [
  accessKeySchema,
  stsSchema,
  oidcRoleSchema,
  ecsRoleSchema,
  profileSchema,
  uriSchema,
])
const assumedRoleSchema = z.strictObject({
  type: z.literal('ram_role_arn'),
  role_arn: text,
  role_session_name: text.optional(),
  external_id: text.optional(),
  source: sourceSchema.optional().describe('Who assumes the role. Absent: as if `credentials` were absent'),
})

/** The `credentials` block of a receiver, in the keys of the configuration. */
export const credentialsSchema = z.discriminatedUnion('type', [
  accessKeySchema,
  stsSchema,
  assumedRoleSchema,
  oidcRoleSchema,
  ecsRoleSchema,
  profileSchema,
  uriSchema,
])
export type CredentialsOptions = z.infer<typeof credentialsSchema>
type SourceOptions = z.infer<typeof sourceSchema>
type AssumedRoleOptions = z.infer<typeof assumedRoleSchema>

const DEFAULT_SESSION_NAME = 'alibabacloud-otel-receiver'

/**
 * A provider for a `credentials` block. Without one the source is chosen here, once: the access key variables, the OIDC
 * variables that ACK sets (RRSA), a credentials URI, the profile file, the instance's role. The library's own chain is not
 * used: it can stick to the node's role after one failure of another source, and then reads with the wrong rights.
 */
export function createCredentials(options: CredentialsOptions | undefined, log: Log): CredentialsProvider {
  const { chosen, source } = options?.type === 'ram_role_arn' ? chooseAssumer(options) : chooseSource(options)
  log.info('Credentials chosen', { source })
  return chosen.type === 'access_key' || chosen.type === 'sts'
    ? createStaticProvider(chosen, source)
    : createLibraryProvider(chosen, source)
}

function chooseSource(options: SourceOptions | undefined): { chosen: SourceOptions; source: string } {
  if (options !== undefined) return { chosen: options, source: options.type }
  const chosen = optionsFromEnvironment()
  return { chosen, source: `${chosen.type} (${originOf(chosen)})` }
}

function chooseAssumer(options: AssumedRoleOptions): { chosen: AssumedRoleOptions; source: string } {
  const { chosen, source } = chooseSource(options.source)
  return { chosen: { ...options, source: chosen }, source: `${options.type}, assumed by ${source}` }
}

function optionsFromEnvironment(): SourceOptions {
  const { env } = process
  const accessKeyId = env['ALIBABA_CLOUD_ACCESS_KEY_ID']
  const accessKeySecret = env['ALIBABA_CLOUD_ACCESS_KEY_SECRET']
  const securityToken = env['ALIBABA_CLOUD_SECURITY_TOKEN']
  if (accessKeyId && accessKeySecret) {
    const key = { access_key_id: accessKeyId, access_key_secret: accessKeySecret }
    return securityToken ? { type: 'sts', ...key, security_token: securityToken } : { type: 'access_key', ...key }
  }

  const roleArn = env['ALIBABA_CLOUD_ROLE_ARN']
  const oidcProviderArn = env['ALIBABA_CLOUD_OIDC_PROVIDER_ARN']
  const oidcTokenFile = env['ALIBABA_CLOUD_OIDC_TOKEN_FILE']
  if (roleArn && oidcProviderArn && oidcTokenFile) {
    return {
      type: 'oidc_role_arn',
      role_arn: roleArn,
      oidc_provider_arn: oidcProviderArn,
      oidc_token_file: oidcTokenFile,
    }
  }

  const url = env['ALIBABA_CLOUD_CREDENTIALS_URI']
  if (url) return { type: 'credentials_uri', url }
  return existsSync(profileFile().path) ? { type: 'profile' } : { type: 'ecs_ram_role' }
}

function originOf(options: SourceOptions): string {
  if (options.type === 'profile') return profileFile().path
  return options.type === 'ecs_ram_role' ? 'nothing else is configured' : 'environment'
}

/** The file named by the environment, else the aliyun CLI's, else the SDKs' own. */
function profileFile(): { path: string; format: 'cli' | 'ini' } {
  const { env } = process
  const named = env['ALIBABA_CLOUD_CREDENTIALS_FILE']
  if (named) return { path: named, format: 'ini' }
  const cliPath = join(homedir(), '.aliyun', 'config.json')
  const cliDisabled = env['ALIBABA_CLOUD_CLI_PROFILE_DISABLED']?.toLowerCase() === 'true'
  if (!cliDisabled && existsSync(cliPath)) return { path: cliPath, format: 'cli' }
  return { path: join(homedir(), '.alibabacloud', 'credentials'), format: 'ini' }
}

type StaticOptions = Extract<CredentialsOptions, { type: 'access_key' | 'sts' }>

function createStaticProvider(options: StaticOptions, source: string): CredentialsProvider {
  const credentials: Credentials = {
    accessKeyId: options.access_key_id,
    accessKeySecret: options.access_key_secret,
    ...(options.type === 'sts' ? { securityToken: options.security_token } : {}),
  }
  return {
    get: async (signal) => {
      signal?.throwIfAborted()
      return credentials
    },
    refresh: () => {},
    describe: () => source,
  }
}

function createLibraryProvider(options: CredentialsOptions, source: string): CredentialsProvider {
  // The library renews its sessions by itself; a new instance is the only way to make it forget one.
  let provider: Promise<LibraryProvider> | undefined
  let fetching: Promise<Credentials> | undefined

  async function fetchCredentials(): Promise<Credentials> {
    try {
      provider ??= loadLibraryProvider(options)
      const { accessKeyId, accessKeySecret, securityToken } = await (await provider).getCredentials()
      return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) }
    } catch (error) {
      provider = undefined
      // Not as `cause`: the library puts whole answers into its messages, secrets included.
      throw new ReceiverError('CREDENTIALS_MISSING', `Cannot get credentials from ${source}: ${safeReason(error)}`, {
        retryable: true,
      })
    }
  }

  return {
    async get(signal) {
      signal?.throwIfAborted()
      if (fetching === undefined) {
        const fetch = fetchCredentials().finally(() => {
          if (fetching === fetch) fetching = undefined
        })
        fetching = fetch
      }
      return await (signal === undefined ? fetching : abortable(fetching, signal))
    },
    refresh() {
      provider = undefined
      fetching = undefined
    },
    describe: () => source,
  }
}

async function loadLibraryProvider(options: CredentialsOptions): Promise<LibraryProvider> {
  // Loaded when first needed: the library takes longer to load than the rest of a start with an access key.
  const library = await import('@alicloud/credentials')
  switch (options.type) {
    case 'access_key':
      return library.StaticAKCredentialsProvider.builder()
        .withAccessKeyId(options.access_key_id)
        .withAccessKeySecret(options.access_key_secret)
        .build()
    case 'sts':
      return library.StaticSTSCredentialsProvider.builder()
        .withAccessKeyId(options.access_key_id)
        .withAccessKeySecret(options.access_key_secret)
        .withSecurityToken(options.security_token)
        .build()
    case 'ram_role_arn': {
      const source = await loadLibraryProvider(options.source ?? optionsFromEnvironment())
      const builder = library.RAMRoleARNCredentialsProvider.builder()
        .withCredentialsProvider(source)
        .withRoleArn(options.role_arn)
        .withRoleSessionName(options.role_session_name ?? DEFAULT_SESSION_NAME)
      if (options.external_id !== undefined) builder.withExternalId(options.external_id)
      return builder.build()
    }
    case 'oidc_role_arn': {
      const builder = library.OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(options.role_arn)
        .withOIDCProviderArn(options.oidc_provider_arn)
        .withOIDCTokenFilePath(options.oidc_token_file)
        .withRoleSessionName(
          options.role_session_name ?? process.env['ALIBABA_CLOUD_ROLE_SESSION_NAME'] ?? DEFAULT_SESSION_NAME,
        )
      // Set by ACK's webhook, and not read by the library.
      const stsEndpoint = process.env['ALIBABA_CLOUD_STS_ENDPOINT']
      if (stsEndpoint) builder.withStsEndpoint(stsEndpoint)
      return builder.build()
    }
    case 'ecs_ram_role': {
      const builder = library.ECSRAMRoleCredentialsProvider.builder()
      if (options.role_name !== undefined) builder.withRoleName(options.role_name)
      return builder.build()
    }
    case 'profile': {
      const { format } = profileFile()
      const builder =
        format === 'cli'
          ? library.CLIProfileCredentialsProvider.builder()
          : library.ProfileCredentialsProvider.builder()
      if (options.name !== undefined) builder.withProfileName(options.name)
      return builder.build()
    }
    case 'credentials_uri':
      return library.URICredentialsProvider.builder().withCredentialsURI(options.url).build()
  }
}

/**
 * The part of the library's message that it wrote itself. What it appends (an answer, a file, a URL's parameters) may hold
 * secrets, so of an answer only the vendor's code and the status stay.
 */
function safeReason(error: unknown): string {
  const message = describeError(error)
    .replaceAll(/\?\S*/g, '')
    .replaceAll(/\/\/[^/@\s]*@/g, '//')
  // A system error names a file or an address.
  if (error instanceof Error && 'syscall' in error) return message
  const own = message.split(/[{"]|: | = |, httpStatus/, 1)[0]
  const status = /httpStatus: (\d{3})/.exec(message)?.[1]
  const vendorCode = /"Code"\s*:\s*"([\w.]{1,80})"/.exec(message)?.[1]
  return [own, status && `HTTP ${status}`, vendorCode].filter(Boolean).join(', ')
}

/** The promise's outcome, or the signal's reason if that comes first. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
