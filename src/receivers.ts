import { accessKeysReceiver } from '../receivers/access_keys/receiver.ts'
import { actiontrailReceiver } from '../receivers/actiontrail/receiver.ts'
import { cloudMonitorReceiver } from '../receivers/cloudmonitor/receiver.ts'
import { cloudMonitorEventsReceiver } from '../receivers/cloudmonitor_events/receiver.ts'
import { slsReceiver } from '../receivers/sls/receiver.ts'
import { smqReceiver } from '../receivers/smq/receiver.ts'
import type { ReceiverDefinition } from './pipeline/component.ts'

/** Every receiver a configuration can name. The only file of src/ that knows one by name. */
export const receiverDefinitions: readonly ReceiverDefinition<unknown>[] = [
  accessKeysReceiver,
  actiontrailReceiver,
  cloudMonitorReceiver,
  cloudMonitorEventsReceiver,
  slsReceiver,
  smqReceiver,
]
