import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CredentialsOptions, createCredentials, credentialsSchema } from '../../src/alibaba/credentials.ts'
import { createRecordingLog } from '../fakes/recording-log.ts'

const VARIABLES = [
  'ALIBABA_CLOUD_ACCESS_KEY_ID',
  'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  'ALIBABA_CLOUD_SECURITY_TOKEN',
  'ALIBABA_CLOUD_ROLE_ARN',
  'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
  'ALIBABA_CLOUD_OIDC_TOKEN_FILE',
  'ALIBABA_CLOUD_CREDENTIALS_URI',
  'ALIBABA_CLOUD_CREDENTIALS_FILE',
  'ALIBABA_CLOUD_CLI_PROFILE_DISABLED',
  'ALIBABA_CLOUD_PROFILE',
  'ALIBABA_CLOUD_ECS_METADATA_DISABLED',
]

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'credentials-'))
  vi.stubEnv('HOME', home)
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true })
})

function setEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
}

function writeHomeFile(folder: string, name: string, text: string): void {
  mkdirSync(join(home, folder))
  writeFileSync(join(home, folder, name), text)
}

const cliProfile = (secret: string) =>
  JSON.stringify({
    current: 'default',
    profiles: [
      { name: 'default', mode: 'AK', access_key_id: 'cliId', access_key_secret: secret },
      { name: 'audit', mode: 'StsToken', access_key_id: 'auditId', access_key_secret: 's', sts_token: 't' },
    ],
  })

describe('createCredentials with a configuration', () => {
  it('gives an access key as it is', async () => {
    const log = createRecordingLog()
    const provider = createCredentials({ type: 'access_key', access_key_id: 'id', access_key_secret: 'hidden' }, log)
    expect(await provider.get()).toEqual({ accessKeyId: 'id', accessKeySecret: 'hidden' })
    provider.refresh()
    expect(await provider.get()).toEqual({ accessKeyId: 'id', accessKeySecret: 'hidden' })
    expect(provider.describe()).toBe('access_key')
    expect(log.lines).toEqual([{ level: 'info', message: 'Credentials chosen', fields: { source: 'access_key' } }])
    await expect(provider.get(AbortSignal.abort('stop'))).rejects.toBe('stop')
  })

  it('gives a temporary key with its token', async () => {
    const options = { type: 'sts', access_key_id: 'id', access_key_secret: 'hidden', security_token: 'token' } as const
    expect(await createCredentials(options, createRecordingLog()).get()).toEqual({
      accessKeyId: 'id',
      accessKeySecret: 'hidden',
      securityToken: 'token',
    })
  })

  it('reads a named profile of the aliyun CLI', async () => {
    writeHomeFile('.aliyun', 'config.json', cliProfile('hidden'))
    const provider = createCredentials({ type: 'profile', name: 'audit' }, createRecordingLog())
    expect(await provider.get()).toEqual({ accessKeyId: 'auditId', accessKeySecret: 's', securityToken: 't' })
  })

  it('says why the file of an OIDC token cannot be read', async () => {
    const options = {
      type: 'oidc_role_arn',
      role_arn: 'acs:ram::1:role/r',
      oidc_provider_arn: 'acs:ram::1:oidc-provider/p',
      oidc_token_file: join(home, 'no-token'),
    } as const
    await expect(createCredentials(options, createRecordingLog()).get()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: expect.stringMatching(/^Cannot get credentials from oidc_role_arn: ENOENT.*no-token/),
    })
  })

  it('takes the environment as the source of an assumed role that names none', async () => {
    setEnvironment({
      ALIBABA_CLOUD_ROLE_ARN: 'r',
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'p',
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: join(home, 'no-token'),
    })
    const provider = createCredentials({ type: 'ram_role_arn', role_arn: 'acs:ram::1:role/r' }, createRecordingLog())
    expect(provider.describe()).toBe('ram_role_arn, assumed by oidc_role_arn (environment)')
    await expect(provider.get()).rejects.toThrow(/from ram_role_arn, .*: ENOENT.*no-token/)
  })
})

describe('createCredentials without a configuration', () => {
  const key = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'id', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'hidden' }
  const oidc = {
    ALIBABA_CLOUD_ROLE_ARN: 'r',
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'p',
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: 'f',
  }
  const uri = { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:1/' }

  it.each<[string, Record<string, string>]>([
    ['access_key (environment)', { ...key, ...oidc, ...uri }],
    ['sts (environment)', { ...key, ALIBABA_CLOUD_SECURITY_TOKEN: 'token', ...oidc }],
    ['oidc_role_arn (environment)', { ...oidc, ...uri }],
    ['credentials_uri (environment)', { ...uri, ALIBABA_CLOUD_ACCESS_KEY_ID: 'without a secret' }],
    ['ecs_ram_role (nothing else is configured)', { ALIBABA_CLOUD_ROLE_ARN: 'alone' }],
  ])('chooses %s', (source, variables) => {
    setEnvironment(variables)
    const log = createRecordingLog()
    expect(createCredentials(undefined, log).describe()).toBe(source)
    expect(log.lines.map(({ fields }) => fields)).toEqual([{ source }])
  })

  it('reads the profile file when there are no variables, and remembers the choice', async () => {
    writeHomeFile('.aliyun', 'config.json', cliProfile('hidden'))
    const provider = createCredentials(undefined, createRecordingLog())
    setEnvironment(key)
    expect(provider.describe()).toBe(`profile (${join(home, '.aliyun', 'config.json')})`)
    expect(await provider.get()).toEqual({ accessKeyId: 'cliId', accessKeySecret: 'hidden' })
  })

  it('reads the SDKs’ own profile file where there is no other', async () => {
    writeHomeFile(
      '.alibabacloud',
      'credentials',
      '[default]\ntype = access_key\naccess_key_id = iniId\naccess_key_secret = hidden\n',
    )
    const provider = createCredentials(undefined, createRecordingLog())
    expect(await provider.get()).toEqual({ accessKeyId: 'iniId', accessKeySecret: 'hidden' })
  })

  it('says that the instance role may not be asked for', async () => {
    setEnvironment({ ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' })
    await expect(createCredentials(undefined, createRecordingLog()).get()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: expect.stringContaining('IMDS credentials is disabled'),
    })
  })

  it('never repeats what a broken profile file holds', async () => {
    writeHomeFile('.aliyun', 'config.json', cliProfile('hidden').slice(0, -3))
    const error = await createCredentials(undefined, createRecordingLog())
      .get()
      .catch((reason: Error) => reason)
    expect(error).toMatchObject({ code: 'CREDENTIALS_MISSING', message: expect.stringContaining('config.json') })
    expect(JSON.stringify([error, String(error), (error as Error).stack, (error as Error).cause])).not.toContain(
      'hidden',
    )
  })
})

describe('credentials from a URI', () => {
  let server: Server
  let answers: (() => { status?: number; body: unknown })[]
  let options: CredentialsOptions

  const session = (id: string) => ({
    AccessKeyId: id,
    AccessKeySecret: 'hidden',
    SecurityToken: 'token',
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  })

  beforeEach(async () => {
    answers = []
    server = createServer((_request, response) => {
      const { status = 200, body } = answers.shift()?.() ?? { status: 599, body: 'nobody expected this call' }
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    options = { type: 'credentials_uri', url: `http://127.0.0.1:${port}/?token=hidden` }
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
    expect(answers).toEqual([])
  })

  it('are fetched once and kept until refresh', async () => {
    answers.push(
      () => ({ body: session('first') }),
      () => ({ body: session('second') }),
    )
    const provider = createCredentials(options, createRecordingLog())
    const first = { accessKeyId: 'first', accessKeySecret: 'hidden', securityToken: 'token' }
    expect(await Promise.all([provider.get(), provider.get()])).toEqual([first, first])
    expect(await provider.get()).toEqual(first)
    provider.refresh()
    expect(await provider.get()).toMatchObject({ accessKeyId: 'second' })
  })

  it('fail with the vendor’s code and without what else the answer holds, and may be asked for again', async () => {
    answers.push(
      () => ({ status: 403, body: { Code: 'NoPermission.Role', Message: 'hidden' } }),
      () => ({ body: { ...session('incomplete'), SecurityToken: '' } }),
      () => ({ body: session('third') }),
    )
    const provider = createCredentials(options, createRecordingLog())
    await expect(provider.get()).rejects.toMatchObject({
      code: 'CREDENTIALS_MISSING',
      message: 'Cannot get credentials from credentials_uri: get sts token failed, HTTP 403, NoPermission.Role',
    })
    await expect(provider.get()).rejects.toThrow(/^(?!.*hidden).*error retrieving credentials/)
    expect(await provider.get()).toMatchObject({ accessKeyId: 'third' })
  })

  it('that do not come are given up when the signal aborts', async () => {
    const controller = new AbortController()
    answers.push(() => {
      controller.abort('stop')
      return { body: session('late') }
    })
    await expect(createCredentials(options, createRecordingLog()).get(controller.signal)).rejects.toBe('stop')
  })

  it('keep the parameters of the URL out of messages', async () => {
    const closedUrl = options.type === 'credentials_uri' ? options.url : ''
    await new Promise((resolve) => server.close(resolve))
    const provider = createCredentials({ type: 'credentials_uri', url: closedUrl }, createRecordingLog())
    await expect(provider.get()).rejects.toThrow(/^(?!.*hidden).*ECONNREFUSED/)
  })
})

describe('credentialsSchema', () => {
  it.each<CredentialsOptions>([
    { type: 'access_key', access_key_id: 'a', access_key_secret: 'b' },
    { type: 'sts', access_key_id: 'a', access_key_secret: 'b', security_token: 'c' },
    { type: 'ram_role_arn', role_arn: 'r', external_id: 'x', source: { type: 'ecs_ram_role' } },
    { type: 'oidc_role_arn', role_arn: 'r', oidc_provider_arn: 'p', oidc_token_file: 'f' },
    { type: 'ecs_ram_role' },
    { type: 'profile', name: 'audit' },
    { type: 'credentials_uri', url: 'http://127.0.0.1:8080/credentials' },
  ])('accepts $type', (options) => {
    expect(credentialsSchema.parse(options)).toEqual(options)
  })

  it.each([
    [{ type: 'access_key', access_key_id: 'a' }],
    [{ type: 'access_key', access_key_id: 'a', access_key_secret: '' }],
    [{ type: 'access_key', access_key_id: 'a', access_key_secret: 'b', security_token: 'c' }],
    [{ type: 'ram_role_arn', role_arn: 'r', source: { type: 'ram_role_arn', role_arn: 'r' } }],
    [{ type: 'credentials_uri', url: 'file:///etc/passwd' }],
    [{ type: 'magic' }],
    [{}],
  ])('refuses %j', (options) => {
    expect(credentialsSchema.safeParse(options).success).toBe(false)
  })
})
