/** What tells the step of a processor from others, and is enough to make it again. `block`: its options as in a configuration. */
export const stepIdentity = (type: string, block: object): string => JSON.stringify([type, block])

/** `undefined` where the identity is that of a processor which is not ours. */
export function parseStepIdentity(identity: string): { type: string; block: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(identity)
    return Array.isArray(value) && typeof value[0] === 'string' ? { type: value[0], block: value[1] } : undefined
  } catch {
    return undefined
  }
}
