import { effectOf } from '../faults.ts'
import type { RpcAction, RpcAnswer, RpcCall } from '../rpc/call.ts'
import { RpcFault } from '../rpc/fault.ts'
import type { CloudMonitorBehaviour } from './behaviour.ts'

export const invalidParameter = (message: string) => new RpcFault('ParameterInvalid', message, 400)
export const notFound = () => new RpcFault('ResourceNotFound', 'The specified resource is not found.', 404)

/**
 * An action of CloudMonitor: what it refuses stands in a body with status 200 if the behaviour says so, with the bare number
 * as its code (cloudmonitor.md 1.4, 1.8).
 * @param emptyFields what else such a body holds
 */
export function cmsAction(
  behaviour: CloudMonitorBehaviour,
  emptyFields: RpcAnswer,
  read: (call: RpcCall) => RpcAnswer,
): RpcAction {
  const spelled = (status: number) => (behaviour.code === 'text' ? String(status) : status)
  return (call) => {
    const injected = effectOf(call.effects, 'body_failure')
    if (injected !== undefined) {
      const { code, message = `Injected fault: ${code}` } = injected
      return { Code: code, Message: message, Success: false, ...emptyFields }
    }
    try {
      return { Code: spelled(200), Message: 'success', Success: true, ...read(call) }
    } catch (error) {
      if (!(error instanceof RpcFault) || behaviour.refusals === 'status' || !bodyCodes.has(error.code)) throw error
      return { Code: spelled(error.status), Message: error.message, Success: false, ...emptyFields }
    }
  }
}

/** The gateway's own refusals come with a status. */
const bodyCodes: ReadonlySet<string> = new Set(['ParameterInvalid', 'ResourceNotFound'])
