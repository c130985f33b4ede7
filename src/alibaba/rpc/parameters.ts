/** A parameter of an RPC-style call. `undefined` is left out. */
export type RpcValue =
  | string
  | number
  | bigint
  | boolean
  | undefined
  | readonly RpcValue[]
  | { readonly [name: string]: RpcValue }
export type RpcParameters = Readonly<Record<string, RpcValue>>

/** Names and values as they go over the wire: `{ Tag: [{ Key: 'a' }] }` is `Tag.1.Key=a`; lists count from 1. */
export function flattenParameters(parameters: RpcParameters): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]) => flatten(name, value))
}

function flatten(name: string, value: RpcValue): [string, string][] {
  if (value === undefined) return []
  if (isList(value)) return value.flatMap((item, index) => flatten(`${name}.${index + 1}`, item))
  if (typeof value !== 'object') return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, item]) => flatten(`${name}.${key}`, item))
}

const isList = (value: RpcValue): value is readonly RpcValue[] => Array.isArray(value)
