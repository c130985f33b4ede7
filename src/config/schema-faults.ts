import type { z } from 'zod'

/**
 * What a check or transform of a schema says of a value with: where in it, what is wrong, and what may stand there (names,
 * of which the nearest is suggested, or a form). It may be called as often as there are faults; all are listed.
 */
export type AddFault = (
  path: readonly (string | number)[],
  message: string,
  allowed?: readonly string[] | string,
) => void

export function faultsIn(context: z.RefinementCtx): AddFault {
  return (path, message, allowed) =>
    context.addIssue({
      code: 'custom',
      path: [...path],
      message,
      ...(allowed === undefined ? {} : { params: { allowed } }),
    })
}
