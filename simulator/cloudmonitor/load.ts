import type { PublishedMetric } from './published-metrics.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTES_A_DAY = 1440
/** The people whose use is simulated live by the clock of China. */
const LOCAL_OFFSET_MS = 8 * HOUR_MS
const WEEKEND_LOAD = 0.7
/** Extremes of a period lie this far from its average. */
const SPREAD = 0.12

/** What a series looks like, apart from the time. */
export interface Curve {
  /** Of series and metric. */
  readonly seed: number
  /** Follows the people's day; hardly moves; near nothing, or near everything, unless something is wrong. */
  readonly kind: 'load' | 'steady' | 'trouble' | 'health'
  /** The value of a busy hour. */
  readonly scale: number
  /** Percentages end at 100. */
  readonly ceiling: number
  readonly isWhole: boolean
}

export interface Sample {
  readonly average: number
  readonly minimum: number
  readonly maximum: number
}

/** @param seriesSeed of the simulator and the series */
export function curveOf(metric: PublishedMetric, seriesSeed: number): Curve {
  const shape = shapes.get(metric) ?? shapeOf(metric)
  shapes.set(metric, shape)
  const seed = mixedInteger(seriesSeed, metric.hash)
  // Instances are of different sizes.
  const size = shape.kind === 'health' ? 1 : 0.4 + 0.6 * fraction(seed, 1)
  return { ...shape, seed, scale: shape.scale * size }
}

type Shape = Omit<Curve, 'seed'>
const shapes = new WeakMap<PublishedMetric, Shape>()

function shapeOf({ name, unit }: PublishedMetric): Shape {
  const kind = kindOf(name)
  return {
    kind,
    scale: /(server|host)_?count/i.test(name) ? 6 : scaleOf(unit, kind),
    ceiling: unit === '%' ? 100 : Number.POSITIVE_INFINITY,
    isWhole: /^(count|counts|frequency|lines|bytes?|)$/i.test(unit),
  }
}

function kindOf(name: string): Curve['kind'] {
  if (/error|fail|drop|[45](xx|\d\d)|unhealthy|throttle|loss/i.test(name)) return 'trouble'
  if (/hit_?rat|readhit|availability|(success|valid)_?rate/i.test(name)) return 'health'
  return steadyNames.test(name) ? 'steady' : 'load'
}

const steadyNames =
  /(disk|memory).*total|capacity|limit|size|disk_?usage|inode|storage|allocatable|(server|host)_?count/i

function scaleOf(unit: string, kind: Curve['kind']): number {
  if (unit === '%') return kind === 'health' ? 100 : 80
  if (/^(bits?\/s|bps)$/i.test(unit)) return 80e6
  if (/^bytes?\/s$/i.test(unit)) return 10e6
  if (/^bytes?$/i.test(unit)) return 12e9
  if (/^(ms|milliseconds)$/i.test(unit)) return 60
  if (/^(us|μs)$/i.test(unit)) return 2500
  if (/^k/i.test(unit)) return 20_000
  if (/^m/i.test(unit)) return 4000
  if (/^(n\/a|cores|value|)$/i.test(unit)) return 4
  return 900
}

/**
 * The values of one shortest period. The same for the same arguments, whenever and wherever it is asked.
 * @param atMs begin of the period, milliseconds since the epoch
 * @param isFailing whether the instance is in trouble then
 */
export function sampleOf(curve: Curve, atMs: number, isFailing: boolean): Sample {
  const { seed, kind, scale, ceiling } = curve
  const noise = fraction(seed, Math.floor(atMs / 1000)) - 0.5
  const calm = kind === 'load' || kind === 'trouble' ? 1 : 20
  let average = scale * levelOf(curve, atMs) * (1 + (noise * 0.2) / calm)
  if (isFailing) average = inTrouble(curve, average, noise)
  const spread = SPREAD / calm
  return {
    average: Math.min(average, ceiling),
    minimum: Math.min(average * (1 - spread), ceiling),
    maximum: Math.min(average * (1 + spread), ceiling),
  }
}

/** Little gets done, everything is used up, and errors abound. */
function inTrouble({ kind, ceiling }: Curve, average: number, noise: number): number {
  if (kind === 'health') return average / 2
  if (ceiling === 100) return 97 + 3 * (noise + 0.5)
  return average * (kind === 'trouble' ? 400 : 0.05)
}

/** 0 to 1. */
function levelOf({ seed, kind }: Curve, atMs: number): number {
  if (kind === 'steady') return 0.5 + 0.2 * fraction(seed, Math.floor(atMs / DAY_MS))
  if (kind === 'health') return 0.96 + 0.03 * fraction(seed, Math.floor(atMs / HOUR_MS))
  // Not everybody comes at the same minute.
  const shiftMs = (fraction(seed, 2) - 0.5) * HOUR_MS
  const local = atMs + LOCAL_OFFSET_MS + shiftMs
  const minute = Math.floor((local % DAY_MS) / 60_000)
  const level = dayCurve[minute] ?? 0
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(local / DAY_MS) + 4) % 7
  const busy = weekday === 0 || weekday === 6 ? level * WEEKEND_LOAD : level
  return kind === 'trouble' ? 0.002 * busy : busy
}

/** Load by minute of the day: quiet nights, rush hours in the morning, after lunch and in the evening. */
const dayCurve = Array.from({ length: MINUTES_A_DAY }, (_, minute) => {
  const hour = minute / 60
  const peak = (at: number, width: number) => Math.exp(-(((hour - at) / width) ** 2))
  return 0.15 + 0.55 * peak(10.5, 1.8) + 0.4 * peak(15, 2) + 0.65 * peak(20.5, 1.7)
})

/** 0 (included) to 1 (excluded), by two numbers. */
export function fraction(a: number, b: number): number {
  return mixedInteger(a, b) / 2 ** 32
}

/** 32 bits that look like chance, by two numbers. */
export function mixedInteger(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 13), 0x27d4eb2f)
  return (hash ^ (hash >>> 16)) >>> 0
}
