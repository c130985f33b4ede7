import { actiontrailEvent } from './actiontrail-event.ts'
import { clbAccess } from './clb-access.ts'
import type { KindTable } from './kind-table.ts'
import { rdsSqlAudit } from './rds-sql-audit.ts'
import { slsOperation } from './sls-operation.ts'

/** What is none of the other kinds: the contents stay together in the body and nothing is guessed. */
export const generic: KindTable = {
  id: 'generic',
  title: 'Any other log',
  product: 'log',
  topics: [],
  signatureFields: [],
  fields: [],
}

/** The kinds that are recognised by themselves. */
export const kindTables: readonly KindTable[] = [actiontrailEvent, clbAccess, rdsSqlAudit, slsOperation]
