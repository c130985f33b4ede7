import type { KindTable } from './kind-table.ts'

/**
 * What the vendor's staff did (actiontrail.md 2.10). The fields of a record are the members of the document that
 * src/alibaba/actiontrail converts.
 */
export const innerActiontrail: KindTable = {
  id: 'inner-actiontrail',
  title: 'Inner-ActionTrail (operations by Alibaba Cloud staff)',
  product: 'actiontrail',
  content: 'actiontrail_fields',
  topics: [],
  signatureFields: ['EventID', 'EventProduct', 'EventMethod', 'ResourceOwnerID'],
  fields: [
    { name: 'EventID', to: [] },
    { name: 'EventVersion', to: [] },
    { name: 'EventProduct', to: [] },
    { name: 'EventName', to: [] },
    { name: 'EventDescription', to: [] },
    { name: 'EventType', to: [] },
    { name: 'EventMethod', to: [] },
    { name: 'ResourceType', to: [] },
    { name: 'ResourceID', to: [] },
    { name: 'ResourceRegionID', to: [] },
    { name: 'ResourceOwnerID', to: [] },
    { name: 'EventAdditionalDetail', to: [] },
    { name: 'EventTime', to: [] },
    { name: 'EventLevel', to: [] },
    { name: 'EventLocation', to: [] },
    { name: 'EmployeeID', to: [] },
  ],
}
