import { actiontrailEvent } from './actiontrail-event.ts'
import { apiGateway, asmAccess, csbGateway, gatewayEnvoyAccess } from './api-gateways.ts'
import { cdnOffline, cdnRealtime, dcdnRealtime, edgeAccess } from './cdn.ts'
import { clbAccess } from './clb-access.ts'
import { cloudconfigChange, cloudconfigNoncompliant } from './cloud-config.ts'
import { cfwEvent, cfwInternet, cfwIps, cfwNat, cfwVpc } from './cloud-firewall.ts'
import { ddosOrigin, ddosProxyAccess } from './ddos.ts'
import { dnsPrivatezone } from './dns.ts'
import { fcFunctionLog, fcInstance, fcRequestMetrics } from './function-compute.ts'
import { bastionhost, idaasEiam } from './identity.ts'
import { innerActiontrail } from './inner-actiontrail.ts'
import type { KindTable } from './kind-table.ts'
import { ackControlplane, k8sAudit, k8sEvent, k8sStdout } from './kubernetes.ts'
import { albAccess, nlbAccess, slbL4Metrics } from './load-balancers.ts'
import { mnsQueueOperation, mnsTopicOperation } from './messages.ts'
import { mongodbAudit, mongodbRun, mongodbSlow } from './mongodb.ts'
import { nasNfs, nasSmb } from './nas.ts'
import { ackIngress, nginxAccess } from './nginx.ts'
import { ossAccess, ossBatchDelete, ossMetering } from './oss.ts'
import { appconnect, dbaudit, mobilePush } from './others.ts'
import { polardbAudit, polardbError, polardbSlow, polardbxAudit } from './polardb.ts'
import { rdsError, rdsSlow } from './rds.ts'
import { rdsSqlAudit } from './rds-sql-audit.ts'
import { redisAudit, redisRun, redisSlow } from './redis.ts'
import { sasAlert, sasBaseline, sasDns, sasHttp, sasLocalDns, sasOther, sasSession, sasVul } from './security-center.ts'
import {
  aegisCrack,
  aegisDns,
  aegisLogin,
  aegisNetwork,
  aegisProcess,
  aegisSnapAccount,
  aegisSnapPort,
  aegisSnapProcess,
} from './security-center-hosts.ts'
import {
  slsConsumergroup,
  slsEtlMetrics,
  slsLogtailAlarm,
  slsLogtailProfile,
  slsLogtailStatus,
  slsMetering,
  slsScheduledSql,
} from './sls.ts'
import { slsOperation } from './sls-operation.ts'
import { eipMetrics, vpcFlow } from './vpc.ts'
import { antibotAccess, waf2Access, waf3Access } from './waf.ts'

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
export const kindTables: readonly KindTable[] = [
  ackControlplane,
  ackIngress,
  actiontrailEvent,
  aegisCrack,
  aegisDns,
  aegisLogin,
  aegisNetwork,
  aegisProcess,
  aegisSnapAccount,
  aegisSnapPort,
  aegisSnapProcess,
  albAccess,
  antibotAccess,
  apiGateway,
  appconnect,
  asmAccess,
  bastionhost,
  cdnOffline,
  cdnRealtime,
  cfwEvent,
  cfwInternet,
  cfwIps,
  cfwNat,
  cfwVpc,
  clbAccess,
  cloudconfigChange,
  cloudconfigNoncompliant,
  csbGateway,
  dbaudit,
  dcdnRealtime,
  ddosOrigin,
  ddosProxyAccess,
  dnsPrivatezone,
  edgeAccess,
  eipMetrics,
  fcFunctionLog,
  fcInstance,
  fcRequestMetrics,
  gatewayEnvoyAccess,
  idaasEiam,
  innerActiontrail,
  k8sAudit,
  k8sEvent,
  k8sStdout,
  mnsQueueOperation,
  mnsTopicOperation,
  mobilePush,
  mongodbAudit,
  mongodbRun,
  mongodbSlow,
  nasNfs,
  nasSmb,
  nginxAccess,
  nlbAccess,
  ossAccess,
  ossBatchDelete,
  ossMetering,
  polardbAudit,
  polardbError,
  polardbSlow,
  polardbxAudit,
  rdsError,
  rdsSlow,
  rdsSqlAudit,
  redisAudit,
  redisRun,
  redisSlow,
  sasAlert,
  sasBaseline,
  sasDns,
  sasHttp,
  sasLocalDns,
  sasOther,
  sasSession,
  sasVul,
  slbL4Metrics,
  slsConsumergroup,
  slsEtlMetrics,
  slsLogtailAlarm,
  slsLogtailProfile,
  slsLogtailStatus,
  slsMetering,
  slsOperation,
  slsScheduledSql,
  vpcFlow,
  waf2Access,
  waf3Access,
]
