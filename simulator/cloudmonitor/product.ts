import type { RpcProduct } from '../rpc/call.ts'

/** CloudMonitor, 2019-01-01: the actions of its parts behind one host. */
export function createCms(...actions: readonly RpcProduct['actions'][]): RpcProduct {
  return {
    service: 'cms',
    hosts: ['metrics', 'cms'],
    version: '2019-01-01',
    actions: Object.assign({}, ...actions),
    describe(parameters) {
      const namespace = parameters.get('Namespace')
      const metric = parameters.get('MetricName') ?? parameters.get('Metric')
      return { ...(namespace === undefined ? {} : { namespace }), ...(metric === undefined ? {} : { metric }) }
    },
  }
}
