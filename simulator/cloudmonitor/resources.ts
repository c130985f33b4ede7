import { defaultAccountId } from '../accounts.ts'

/** Something that has a place in the inventory, and metrics if its type is one that reports. */
export interface ResourceSpec {
  readonly id: string
  /** `ACS::ECS::Instance` */
  readonly type: string
  readonly name: string
  readonly region: string
  readonly zone?: string
  /** Default: that of `defaultAccessKey`. */
  readonly accountId?: string
  readonly resourceGroupId?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly addresses?: readonly string[]
  /** Of a host, as ECS calls it; default `ecs.g7.large`. */
  readonly instanceType?: string
  /** Of a database, as RDS calls it: `MySQL` (default), `PostgreSQL`, `SQLServer`, `MariaDB`. */
  readonly engine?: string
  /** Counted from the start of the simulator, or from when it is added, milliseconds: not there before, or not any more. Default: always there. */
  readonly appearsAfterMs?: number
  readonly vanishesAfterMs?: number
  /** At the beginning of every so many milliseconds (of Unix time) it is in trouble for a while, and its metrics show it. */
  readonly fails?: { readonly everyMs: number; readonly forMs: number }
  /** Which metrics of its namespace it reports; default: those usual for the type. */
  readonly reports?: RegExp
  /** Values of further dimensions, such as `port`; default: two of each, or whatever is usual. */
  readonly subdimensions?: Readonly<Record<string, readonly [string, ...string[]]>>
}

export interface Resource extends ResourceSpec {
  readonly accountId: string
  /** Milliseconds since the epoch. */
  readonly bornMs: number
  /** Infinite while it lives. */
  vanishedMs: number
}

/** Resources without a beginning were made so long before the start. */
const AGE_MS = 400 * 86_400_000

/** All resources of all accounts, those that are gone among them. */
export class Resources {
  /** In the order they were added. Never shrinks: their last points can still be asked for. */
  readonly #all: Resource[] = []
  readonly #newest = new Map<string, Resource>()

  /** @param startMs when the simulator was started: what is in `specs` was there long before, unless it says otherwise */
  constructor(startMs: number, specs: readonly ResourceSpec[]) {
    for (const spec of specs) this.add({ appearsAfterMs: -AGE_MS, ...spec }, startMs)
  }

  /**
   * Adds what appears now, unless it says otherwise.
   * @throws {RangeError} for an id that its type still has
   */
  add(spec: ResourceSpec, nowMs: number): Resource {
    const { appearsAfterMs = 0, vanishesAfterMs = Number.POSITIVE_INFINITY } = spec
    const bornMs = nowMs + appearsAfterMs
    const key = `${spec.type} ${spec.id}`
    if ((this.#newest.get(key)?.vanishedMs ?? 0) > bornMs)
      throw new RangeError(`There is a ${spec.type} ${spec.id} already`)
    const accountId = spec.accountId ?? defaultAccountId
    const resource = { ...spec, accountId, bornMs, vanishedMs: nowMs + vanishesAfterMs }
    this.#all.push(resource)
    this.#newest.set(key, resource)
    return resource
  }

  /** @throws {RangeError} for one that there is not */
  remove(id: string, nowMs: number): void {
    const found = [...this.#newest.values()].filter((each) => each.id === id && each.vanishedMs > nowMs)
    if (found.length === 0) throw new RangeError(`There is no resource ${id}`)
    for (const resource of found) resource.vanishedMs = nowMs
  }

  all(): readonly Resource[] {
    return this.#all
  }
}
