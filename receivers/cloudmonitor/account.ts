import { accountRateLimiter } from '../../src/alibaba/account-limits.ts'
import { type CmsApi, type CmsClient, createCmsClient } from '../../src/alibaba/cms/client.ts'
import { createCredentials } from '../../src/alibaba/credentials.ts'
import type { RateLimiter } from '../../src/alibaba/rate-limit.ts'
import { createRpcClient, type RpcClient } from '../../src/alibaba/rpc/client.ts'
import { endpointOf } from '../../src/alibaba/rpc/endpoint.ts'
import type { ReceiverContext } from '../../src/pipeline/component.ts'
import { userAgent } from '../../src/version.ts'
import { type CallBudget, createCallBudget } from './budget.ts'
import type { Catalogue } from './catalogue/catalogue.ts'
import { chooseInventory } from './choose-inventory.ts'
import type { AccountConfig, CloudMonitorOptions } from './config.ts'
import { createInventory, type RefreshedInventory } from './inventory.ts'
import { createPlaces, type Places } from './schedule.ts'
import { requestedNamespaces } from './selection.ts'

/** Metrics of one endpoint that are read at a time. */
const metricsAtOnce = 4

/** Where CloudMonitor is asked. Endpoints share no places: one that never answers keeps nobody else waiting. */
export interface Endpoint {
  readonly region: string
  readonly client: CmsClient
  /** A call that fails is repeated for minutes, so metrics that failed last time wait apart from those that work. */
  readonly places: { readonly working: Places; readonly failing: Places }
}

/** One identity, with what its metrics share: quota, inventory, and a client for each endpoint. */
export interface Account {
  readonly name: string
  /** Before its keys in the store and its sources in the status; empty for the only account. */
  readonly prefix: string
  readonly endpoints: readonly Endpoint[]
  readonly budget: CallBudget
  /** Absent where none is wanted. */
  readonly inventory: RefreshedInventory | undefined
  close(): Promise<void>
}

/**
 * @throws {ReceiverError} CONFIG_INVALID for an endpoint that is none, or a filter that the inventory cannot answer; STORAGE_FAILED
 */
export async function openAccount(
  { name, credentials: credentialsOptions }: AccountConfig,
  options: CloudMonitorOptions,
  context: ReceiverContext,
  catalogue: Catalogue,
): Promise<Account> {
  const { clock, log, meter, checkpoints } = context
  const { proxy, rateLimitPerSecond, endpoint } = options
  const prefix = name === '' ? '' : `${name}/`
  const credentials = createCredentials(credentialsOptions, log)
  const budget = await createCallBudget(options.budgetCalls, `calls/${prefix}month`, { checkpoints, clock, log })

  /** The vendor counts each API of an account by itself, whichever endpoint is called and whoever calls. */
  const limiterOf = (api: string): RateLimiter =>
    accountRateLimiter(`cloudmonitor ${api}`, credentialsOptions, rateLimitPerSecond, clock)
  /** Of the calls we make, DescribeMetricList alone is counted by the month (cloudmonitor.md 1.8). */
  const countedLimiter: RateLimiter = {
    async acquire(signal) {
      await budget.acquire(signal)
      await limiterOf('DescribeMetricList').acquire(signal)
    },
  }

  const byEndpoint = new Map<string, Endpoint>()
  for (const region of options.regions) {
    const address = endpointOf(endpoint, region, `metrics.${region}.aliyuncs.com`)
    // What one endpoint says once need not be asked for again.
    if (byEndpoint.has(address)) continue
    const client = createCmsClient(
      { endpoint: address, region, proxy, userAgent },
      {
        credentials,
        limiterOf: (api: CmsApi) => (api === 'DescribeMetricList' ? countedLimiter : limiterOf(api)),
        clock,
        log,
        meter,
      },
    )
    const places = { working: createPlaces(metricsAtOnce), failing: createPlaces(metricsAtOnce) }
    byEndpoint.set(address, { region, client, places })
  }

  const rpcClients: RpcClient[] = []
  const openRpc = (product: string, address: string, region?: string): RpcClient => {
    const rpc = createRpcClient(
      { endpoint: address, product, proxy, userAgent, ...(region === undefined ? {} : { region }) },
      { credentials, limiter: limiterOf(product), clock, log, meter },
    )
    rpcClients.push(rpc)
    return rpc
  }
  const resourceTypes = resourceTypesOf(options, catalogue)
  const source = chooseInventory({ options, resourceTypes, openRpc, log })
  const { refreshMs } = options.inventory

  return {
    name,
    prefix,
    endpoints: [...byEndpoint.values()],
    budget,
    inventory: source && createInventory(source, { refreshMs, resourceTypes }, { clock, log }),
    async close() {
      const clients = [...byEndpoint.values()].map(({ client }) => client)
      await Promise.all([...clients, ...rpcClients].map((client) => client.close()))
    },
  }
}

/** The types of all that is collected; none, which means all there are, where one of them is not certain. */
function resourceTypesOf({ requests }: CloudMonitorOptions, catalogue: Catalogue): string[] {
  const types = requestedNamespaces(requests, catalogue).map((name) => {
    const namespace = catalogue.get(name)
    return namespace?.isResourceTypeVerified ? namespace.resourceType : undefined
  })
  const certain = types.filter((type) => type !== undefined)
  return certain.length === types.length ? [...new Set(certain)] : []
}
