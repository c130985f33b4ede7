import type { Json } from '../../lossless-json.ts'
import type { RpcClient } from '../rpc/client.ts'
import { RpcError } from '../rpc/errors.ts'

export const actionTrailVersion = '2020-07-06'
/** How far back the API can be asked. */
export const lookupRetentionMs = 90 * 24 * 60 * 60 * 1000
/** The account's global events (sign-ins, RAM) are stored in one of these two (actiontrail.md 1.2). */
export const globalStorageRegions = ['cn-hangzhou', 'ap-southeast-1'] as const
/** The most that the API gives at once. */
const PAGE_EVENTS = 50

/** The keys by which the API itself can filter (actiontrail.md 1.5). One at a time is sure to be allowed. */
export type LookupKey =
  | 'ServiceName'
  | 'EventName'
  | 'User'
  | 'EventId'
  | 'ResourceType'
  | 'ResourceName'
  | 'EventRW'
  | 'EventAccessKeyId'
  | 'SensitiveAction'

export interface LookupRequest {
  /** Milliseconds since the epoch; the API knows whole seconds, and takes both ends as part of the window. */
  readonly fromMs: number
  readonly toMs: number
  readonly direction: 'FORWARD' | 'BACKWARD'
  readonly filter?: { readonly key: LookupKey; readonly value: string } | undefined
  /** Of the page before, with all else unchanged. */
  readonly nextToken?: string | undefined
}

export interface LookupPage {
  /** As they came. Each should be an object. */
  readonly events: readonly Json[]
  /** Absent on the last page. A page without events may have one. */
  readonly nextToken: string | undefined
}

/**
 * One page of ActionTrail events of the region that the client calls.
 * @throws {RpcError} as the client; `bad_response` for an answer of another shape
 */
export async function lookupEvents(
  client: Pick<RpcClient, 'call'>,
  { fromMs, toMs, direction, filter, nextToken }: LookupRequest,
  signal: AbortSignal,
): Promise<LookupPage> {
  const { body } = await client.call(
    {
      action: 'LookupEvents',
      version: actionTrailVersion,
      query: {
        StartTime: wholeSeconds(fromMs),
        EndTime: wholeSeconds(toMs),
        MaxResults: String(PAGE_EVENTS),
        Direction: direction,
        ...(filter === undefined ? {} : { LookupAttribute: [{ Key: filter.key, Value: filter.value }] }),
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      },
      onTimeout: 'throw',
    },
    signal,
  )
  const events = body['Events'] ?? []
  if (!Array.isArray(events)) {
    throw new RpcError('bad_response', 'LookupEvents was answered with "Events" that is no list')
  }
  const token = body['NextToken']
  return {
    events,
    nextToken: typeof token === 'string' && token !== '' ? token : undefined,
  }
}

/** `2025-06-01T00:59:59Z` */
const wholeSeconds = (unixMs: number) => `${new Date(unixMs).toISOString().slice(0, 19)}Z`
