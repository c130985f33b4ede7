import type { z } from 'zod'

/** A stored JSON text, or `undefined` for one that is not as its writer writes it. */
export function parseStored<T>(form: z.ZodType<T>, text: string): T | undefined {
  try {
    return form.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
