import { convertAlert } from '../../../src/alibaba/cloudmonitor-events/alert.ts'
import type { CloudMonitorRecord } from '../../../src/alibaba/cloudmonitor-events/event-record.ts'
import { convertSystemEvent } from '../../../src/alibaba/cloudmonitor-events/system-event.ts'
import { type JsonObject, scalarText } from '../../../src/lossless-json.ts'
import type { ShapeContext, ShapedEvent, ShapeKind } from './shape.ts'

/** A system event of CloudMonitor, sent by an event subscription; `undefined` for anything else. */
export function shapeSystemEvent(json: JsonObject, { body }: ShapeContext): ShapedEvent | undefined {
  if (!['product', 'name', 'level', 'eventTime'].every((name) => scalarText(json[name]) !== undefined)) return undefined
  return shaped('cloudmonitor/system-event', convertSystemEvent(json, { body }))
}

/** A threshold alert of CloudMonitor, raised or cleared; `undefined` for anything else. Who is told of it is left out. */
export function shapeAlert(json: JsonObject, { body }: ShapeContext): ShapedEvent | undefined {
  if (!['ruleId', 'curLevel'].every((name) => scalarText(json[name]) !== undefined)) return undefined
  return shaped('cloudmonitor/threshold-alert', convertAlert(json, { body, contacts: 'drop' }))
}

/** Neither is sent with a promise that its id is the same in each copy, so the message's id tells it. */
const shaped = (kind: ShapeKind, record: CloudMonitorRecord): ShapedEvent => ({ kind, ...record, uid: undefined })
