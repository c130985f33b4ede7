import type { KindTable } from './kind-table.ts'

/**
 * sls-log-schemas section 10 and actiontrail.md section 3. One field `event` holds the document; its mapping is in
 * src/alibaba/actiontrail, because the same documents arrive through other doors too. Here are only the fields beside it.
 */
export const actiontrailEvent: KindTable = {
  id: 'actiontrail-event',
  title: 'ActionTrail event delivered to SLS',
  product: 'actiontrail',
  content: 'actiontrail',
  topics: ['actiontrail_event', 'actiontrail_audit_event'],
  logstorePatterns: ['^actiontrail_.+$', '^innertrail_.+$'],
  signatureFields: ['event'],
  signatureJson: { field: 'event', members: ['eventId', 'EventID'] },
  fields: [
    { name: 'event', sensitive: true, to: [] },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'threat_sourceIpAddress', to: 'alibabacloud.threat.source_ip_address' },
  ],
}
