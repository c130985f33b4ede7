import type { AnyValue } from '@opentelemetry/api'
import { formatDuration } from '../../src/config/duration.ts'
import { findingFormat } from '../../src/detection/finding.ts'
import { type FindingSeverity, findingSeverities } from '../../src/detection/rule.ts'
import { NANOS_PER_MS } from '../../src/nanoseconds.ts'
import type { OutgoingRecord } from '../../src/pipeline/record-encoder.ts'
import type { AccountKey } from './credential-report.ts'
import type { UsageReading } from './key-usage.ts'

const scopeName = 'alibabacloud-otel-receiver/receivers/access_keys'
const DAY_MS = 24 * 60 * 60 * 1000

export interface KeyFindingLimits {
  readonly unusedAfterMs: number
  readonly maxAgeMs: number
  readonly repeatFindingsMs: number
}

/** A finding about the state of a key. */
export interface KeyFinding {
  /** What it is about: rule and key, and for an address the address. One is open at a time. */
  readonly key: string
  /** The same until the state changes or the finding is due again; also `log.record.uid`. */
  readonly uid: string
  /** It lasts, and comes again; otherwise it happened once. */
  readonly isState: boolean
  readonly record: OutgoingRecord
}

interface Kind {
  readonly rule: string
  readonly title: string
  readonly severity: FindingSeverity
  readonly references: readonly string[]
}

const kinds = {
  unused: {
    rule: 'access-key-unused',
    title: 'An AccessKey is not used any more',
    severity: 'low',
    references: ['CIS Alibaba Cloud Foundations, unused AccessKeys are disabled'],
  },
  root: {
    rule: 'root-access-key-exists',
    title: 'The root account has an AccessKey',
    severity: 'high',
    references: ['Cloud Config managed rule root-ak-check', 'CIS Alibaba Cloud Foundations, no root AccessKeys'],
  },
  old: {
    rule: 'access-key-old',
    title: 'An AccessKey is old',
    severity: 'low',
    references: ['CIS Alibaba Cloud Foundations, AccessKeys are rotated'],
  },
  address: {
    rule: 'access-key-new-address',
    title: 'An AccessKey was used from an address not seen before',
    severity: 'medium',
    references: ['ActionTrail, GetAccessKeyLastUsedIps'],
  },
} as const satisfies Record<string, Kind>

/** Tells one key from all others: by its id, else by its user and its place in the report. */
export function keyIdentity({ id, isRoot, principalName, place }: AccountKey): string {
  return id ?? `${isRoot ? 'root' : principalName}/${place}`
}

/**
 * What is wrong with a key now. Ids follow from the state and its beginning alone, so the same state gives the same ids
 * whoever looks, whenever, until the finding is due again.
 */
export function findingsOf(
  key: AccountKey,
  newAddresses: UsageReading['newAddresses'],
  limits: KeyFindingLimits,
  nowMs: number,
): KeyFinding[] {
  const { isActive, isRoot, createdAtMs, lastUsedAtMs } = key
  const findings: KeyFinding[] = []
  const add = (kind: Kind, sinceMs: number, detail: string, attributes: Record<string, AnyValue> = {}) => {
    findings.push(toFinding(kind, key, sinceMs, detail, attributes, limits, nowMs))
  }
  const lastSignMs = lastUsedAtMs ?? createdAtMs
  if (isActive && lastSignMs !== undefined && nowMs - lastSignMs >= limits.unusedAfterMs) {
    const since = lastUsedAtMs === undefined ? 'never used' : `not used for ${days(nowMs - lastUsedAtMs)}`
    add(kinds.unused, lastSignMs + limits.unusedAfterMs, since)
  }
  if (isRoot) add(kinds.root, createdAtMs ?? 0, isActive ? 'it is active' : 'it is switched off')
  if (isActive && createdAtMs !== undefined && nowMs - createdAtMs >= limits.maxAgeMs) {
    add(kinds.old, createdAtMs + limits.maxAgeMs, `made ${days(nowMs - createdAtMs)} ago`)
  }
  for (const { address, product, usedAtMs } of newAddresses) {
    const attributes = { 'client.address': address, 'source.address': address, 'alibabacloud.service.name': product }
    add(kinds.address, usedAtMs, `${address}, with ${product}`, attributes)
  }
  return findings
}

const days = (ms: number) => formatDuration(Math.floor(ms / DAY_MS) * DAY_MS)

function toFinding(
  { rule, title, severity, references }: Kind,
  key: AccountKey,
  sinceMs: number,
  detail: string,
  extra: Readonly<Record<string, AnyValue>>,
  { repeatFindingsMs }: KeyFindingLimits,
  nowMs: number,
): KeyFinding {
  const identity = keyIdentity(key)
  const address = extra['client.address']
  const isState = address === undefined
  const subject = isState ? identity : `${identity}/${address}`
  const repeat = isState ? Math.floor(Math.max(0, nowMs - sinceMs) / repeatFindingsMs) : 0
  const findingKey = `${rule}/${subject}`
  const uid = `finding/${findingKey}/${Math.floor(sinceMs / 1000)}/${repeat}`
  return {
    key: findingKey,
    uid,
    isState,
    record: {
      resource: keyResource(key),
      scopeName,
      format: findingFormat,
      fields: {
        timeUnixNano: BigInt(sinceMs + repeat * repeatFindingsMs) * NANOS_PER_MS,
        observedTimeUnixNano: BigInt(nowMs) * NANOS_PER_MS,
        severityNumber: findingSeverities[severity],
        eventName: findingFormat,
        body: `${title}: ${key.userName}, ${identity}: ${detail}`,
        attributes: {
          'log.record.uid': uid,
          'alibabacloud.finding.rule.id': rule,
          'alibabacloud.finding.title': title,
          'alibabacloud.finding.severity': severity,
          'alibabacloud.finding.references': [...references],
          'alibabacloud.finding.since': new Date(sinceMs).toISOString(),
          ...keyAttributes(key),
          ...extra,
        },
      },
    },
  }
}

/** What tells a key and its owner, in findings and metrics alike. */
export function keyAttributes({ id, userName, isRoot, place }: AccountKey): Record<string, string> {
  return {
    ...(id === undefined
      ? { 'alibabacloud.access_key.place': place }
      : { 'alibabacloud.user_identity.access_key.id': id }),
    'user.name': userName,
    'alibabacloud.user_identity.principal.type': isRoot ? 'root-account' : 'ram-user',
  }
}

/** The account stands in the principal name, unless it has an alias. */
export function keyResource({ principalName }: AccountKey): Map<string, string> {
  const accountId = /@(\d{10,20})\./.exec(principalName)?.[1]
  return new Map([
    ['service.name', 'ram'],
    ...(accountId === undefined ? [] : [['cloud.account.id', accountId] as const]),
  ])
}
