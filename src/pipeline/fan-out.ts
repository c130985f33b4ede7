import type { Exporter } from './component.ts'
import type { Answer, Payload } from './payload.ts'

/** Sends one payload on; see Outlet.deliver for when it resolves and rejects. */
export type Deliver = (payload: Payload) => Promise<Answer>

/** Delivers to all: answered when every one has answered, with the worst of the answers. */
export function fanOut(targets: readonly Deliver[]): Deliver {
  const [only] = targets
  if (only !== undefined && targets.length === 1) return only
  return async (payload) => {
    const answers = await Promise.all(targets.map((deliver) => deliver(payload)))
    return {
      refused: Math.max(...answers.map((answer) => answer.refused)),
      rejected: Math.max(...answers.map((answer) => answer.rejected)),
    }
  }
}

/** An exporter as a target; `abandon` ends its endless retries. */
export function toExporter(exporter: Exporter, abandon: AbortSignal): Deliver {
  return (payload) => exporter.export(payload, abandon)
}
