import type { KindTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'

/** RFC 1813. */
const nfs3Procedures = {
  '0': 'NULL',
  '1': 'GETATTR',
  '2': 'SETATTR',
  '3': 'LOOKUP',
  '4': 'ACCESS',
  '5': 'READLINK',
  '6': 'READ',
  '7': 'WRITE',
  '8': 'CREATE',
  '9': 'MKDIR',
  '10': 'SYMLINK',
  '11': 'MKNOD',
  '12': 'REMOVE',
  '13': 'RMDIR',
  '14': 'RENAME',
  '15': 'LINK',
  '16': 'READDIR',
  '17': 'READDIRPLUS',
  '18': 'FSSTAT',
  '19': 'FSINFO',
  '20': 'PATHCONF',
  '21': 'COMMIT',
}

/** RFC 7530: the operations that touch data or names; a compound's others only prepare them. */
const nfs4Operations = {
  '3': 'ACCESS',
  '9': 'GETATTR',
  '15': 'LOOKUP',
  '18': 'OPEN',
  '25': 'READ',
  '28': 'REMOVE',
  '29': 'RENAME',
  '38': 'WRITE',
}

/** sls-log-schemas section 6. Numbers, not names. */
export const nasNfs: KindTable = {
  id: 'nas-nfs',
  title: 'NAS access log (NFS)',
  product: 'nas',
  topics: ['nas_audit_log'],
  logstorePatterns: ['^nas-nfs$', '^nas-extreme-nfs$', '^nas_log$'],
  projectPatterns: [...logAuditProjects, '^nas-\\d+-[a-z0-9-]+$'],
  signatureFields: ['ArgIno', 'NFSProtocolRc', 'Volume', 'microtime'],
  timeField: 'microtime',
  fields: [
    { name: 'ArgIno', type: 'int', to: 'file.inode' },
    { name: 'AuthRc', type: 'int', to: 'alibabacloud.nas.auth_rc' },
    { name: 'NFSProtocolRc', type: 'int', to: 'alibabacloud.nas.nfs_rc' },
    {
      name: 'OpList',
      to: [
        'alibabacloud.nas.op_list',
        { attribute: 'nfs.operation.name', form: 'first_known', values: nfs4Operations, onlyKnown: true },
      ],
    },
    {
      name: 'Proc',
      type: 'int',
      to: [
        'onc_rpc.procedure.number',
        {
          attribute: 'nfs.operation.name',
          form: 'first_known',
          values: nfs3Procedures,
          onlyKnown: true,
          unless: 'OpList',
        },
      ],
    },
    { name: 'RWSize', type: 'int', unit: 'By', absent: ['-1'], to: 'alibabacloud.nas.rw_size' },
    { name: 'RequestId', to: 'alibabacloud.request_id' },
    { name: 'ResIno', type: 'int', to: 'alibabacloud.nas.result_inode' },
    { name: 'SourceIp', to: ['client.address', 'source.address'] },
    { name: 'User', to: 'resource:cloud.account.id' },
    { name: 'Vers', type: 'int', to: 'onc_rpc.version' },
    { name: 'Vip', to: 'server.address' },
    { name: 'Volume', to: 'resource:cloud.resource_id' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'threat_source_ip', to: 'alibabacloud.threat.source_ip' },
  ],
  severity: {
    rules: [
      { when: { field: 'NFSProtocolRc', in: ['5', '10006'] }, severity: 'ERROR' },
      { when: { field: 'NFSProtocolRc', in: ['1', '13'] }, severity: 'WARN' },
      {
        when: [
          { field: 'AuthRc', present: true },
          { field: 'AuthRc', notIn: ['0'] },
        ],
        severity: 'WARN',
      },
    ],
    otherwise: 'INFO',
  },
  summary: ['{nfs.operation.name}', ' from {client.address}', ' ({alibabacloud.nas.nfs_rc})'],
}

/** Only the logstore's name is documented: for `kind:`. */
export const nasSmb: KindTable = {
  id: 'nas-smb',
  title: 'NAS access log (SMB)',
  product: 'nas',
  topics: [],
  logstorePatterns: ['^nas-smb-access-log$'],
  projectPatterns: ['^nas-\\d+-[a-z0-9-]+$'],
  signatureFields: [],
  fields: [],
  severity: { rules: [], otherwise: 'INFO' },
}
