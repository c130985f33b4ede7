import type { ExpectedPoint } from './points.ts'

/** One statistic of one point, as it arrived. */
export interface DeliveredValue {
  /** As `pointUid` spells it. */
  readonly uid: string
  /** As the API calls it: `Average`. */
  readonly statistic: string
  readonly value: number
}

/** Each entry is `uid statistic`. All lists are empty when every value came once and is right. */
export interface PointCheck {
  readonly delivered: number
  readonly missing: readonly string[]
  readonly repeated: readonly string[]
  /** Of no expected point, so also what has a wrong time or wrong dimensions. */
  readonly invented: readonly string[]
  readonly wrongValue: readonly string[]
}

/** Holds what arrived against what had to. */
export function checkPoints(expected: Iterable<ExpectedPoint>, delivered: Iterable<DeliveredValue>): PointCheck {
  const wanted = new Map<string, number>()
  for (const { uid, values } of expected) {
    for (const [statistic, value] of Object.entries(values)) wanted.set(`${uid} ${statistic}`, value)
  }
  const seen = new Set<string>()
  const repeated: string[] = []
  const invented: string[] = []
  const wrongValue: string[] = []
  for (const { uid, statistic, value } of delivered) {
    const key = `${uid} ${statistic}`
    const right = wanted.get(key)
    if (right === undefined) invented.push(key)
    else if (seen.has(key)) repeated.push(key)
    else if (right !== value) wrongValue.push(key)
    seen.add(key)
  }
  const missing = [...wanted.keys()].filter((key) => !seen.has(key))
  return { delivered: wanted.size - missing.length, missing, repeated, invented, wrongValue }
}
