import { derivedSeed } from '../random.ts'

/** A metric as CloudMonitor publishes it: irregular units, misspelt names, sometimes no unit at all. */
export interface PublishedMetric {
  readonly namespace: string
  readonly name: string
  readonly unit: string
  readonly statistics: readonly string[]
  /** Ascending, seconds. The first is the one it is measured in; multiples of it can be asked for. */
  readonly periodsSeconds: readonly number[]
  /** Keys of a point that tell its series, in the order of the metadata. */
  readonly dimensions: readonly string[]
  /** Of namespace and name, for whatever shall differ between metrics. */
  readonly hash: number
}

export interface PublishedNamespace {
  readonly namespace: string
  /** Label `productCategory` */
  readonly category: string
  readonly product: string
  /** What reports to it: a type of Resource Center. */
  readonly resourceType: string
  /** The dimension that holds the id of the resource. */
  readonly instanceDimension: string
  readonly metrics: ReadonlyMap<string, PublishedMetric>
}

/**
 * The published metrics of 21 namespaces (cloudmonitor.md 4): documentation and metadata of the vendor, nothing corrected.
 *
 *     # namespace | category | resource type | dimension of the instance | product
 *     unit | statistics | periods | dimensions | names
 */
const table = `
# acs_ecs_dashboard | ecs | ACS::ECS::Instance | instanceId | Elastic Compute Service
count | Maximum,Minimum,Average | 60 | userId,instanceId | AdvanceCredit BurstCredit NotpaidSurplusCredit TotlCredit
% | Maximum,Minimum,Average | 60 | userId,instanceId | CPUUtilization
byte/s | Maximum,Minimum,Average | 60 | userId,instanceId | DiskReadBPS DiskWriteBPS
count/s | Maximum,Minimum,Average | 60 | userId,instanceId | DiskReadIOPS DiskWriteIOPS
bit/s | Maximum,Minimum,Average | 60 | userId,instanceId | InternetInRate InternetOutRate IntranetInRate IntranetOutRate
% | Average | 60 | userId,instanceId | InternetOutRate_Percent
bit/s | Maximum,Minimum,Average | 60 | userId,instanceId,ip | VPC_PublicIP_InternetInRate VPC_PublicIP_InternetOutRate
% | Average | 60 | userId,instanceId,ip | VPC_PublicIP_InternetOutRate_Percent
count | Maximum | 60 | userId,instanceId | concurrentConnections
% | Maximum | 60 | userId,instanceId | packetInDropRates packetOutDropRates
% | Maximum,Minimum,Average | 15 | userId,instanceId | cpu_total cpu_idle cpu_other cpu_system cpu_user cpu_wait instance_gpu_decoder_utilization
% | Maximum,Minimum,Average | 15 | userId,instanceId | instance_gpu_encoder_utilization instance_gpu_usedutilization instance_gpu_memory_freeutlization
% | Maximum,Minimum,Average | 15 | userId,instanceId | instance_gpu_memory_usedutilizatioin memory_freeutilization memory_usedutilization
% | Maximum,Minimum,Average | 15 | userId,instanceId | vm.CPUUtilization vm.MemoryUtilization
byte/s | Maximum,Minimum,Average | 15 | userId,instanceId,device | disk_readbytes disk_writebytes
count/s | Maximum,Minimum,Average | 15 | userId,instanceId,device | disk_readiops disk_writeiops networkin_errorpackages networkin_packages
count/s | Maximum,Minimum,Average | 15 | userId,instanceId,device | networkout_errorpackages networkout_packages
byte | Maximum,Minimum,Average | 15 | userId,instanceId,device | diskusage_free diskusage_avail diskusage_total diskusage_used
% | Maximum,Minimum,Average | 15 | userId,instanceId,device | diskusage_utilization fs_inodeutilization
% | Maximum,Minimum,Average | 15 | userId,instanceId,gpuId | gpu_decoder_utilization gpu_encoder_utilization gpu_memory_userdutilization
% | Maximum,Minimum,Average | 15 | userId,instanceId,gpuId | gpu_memory_freeutilization gpu_memory_usedutilization
°C | Maximum,Minimum,Average | 15 | userId,instanceId,gpuId | gpu_gpu_temperature
byte | Maximum,Minimum,Average | 15 | userId,instanceId,gpuId | gpu_memory_freespace gpu_memory_userdspace
W | Maximum,Minimum,Average | 15 | userId,instanceId,gpuId | gpu_power_readings_power_draw
% | Maximum,Minimum,Average | 15 | userId,groupId | group_gpu_decoder_utilization group_gpu_encoder_utilization group_gpu_gpu_usedutilization
% | Maximum,Minimum,Average | 15 | userId,groupId | group_gpu_memory_freeutilization group_gpu_memory_usedutilization
°C | Maximum,Minimum,Average | 15 | userId,groupId | group_gpu_gpu_temperature
byte | Maximum,Minimum,Average | 15 | userId,groupId | group_gpu_memory_freespace group_gpu_memory_usedspace
W | Maximum,Minimum,Average | 15 | userId,groupId | group_gpu_power_readings_power_draw
°C | Maximum,Minimum,Average | 15 | userId,instanceId | instance_gpu_temperature
byte | Maximum,Minimum,Average | 15 | userId,instanceId | instance_gpu_memory_freespace instance_gpu_memory_usedspace memory_actualusedspace
byte | Maximum,Minimum,Average | 15 | userId,instanceId | memory_freespace memory_totalspace memory_usedspace
W | Maximum,Minimum,Average | 15 | userId,instanceId | instance_gpu_power_readings_power_draw
N/A | Maximum,Minimum,Average | 15 | userId,instanceId | load_15m load_1m load_5m load_per_core_15m load_per_core_1m load_per_core_5m
count | Maximum,Minimum,Average | 15 | userId,instanceId,state | net_tcpconnection
bit/s | Maximum,Minimum,Average | 15 | userId,instanceId,device | networkin_rate networkout_rate
count/min | Average | 15 | userId,instanceId,processName | process.number
byte/s | Maximum,Minimum,Average | 15 | userId,instanceId,diskname | vm.DiskIORead vm.DiskIOWrite
% | Maximum,Minimum,Average | 15 | userId,instanceId,mountpoint | vm.DiskIusedUtilization vm.DiskUtilization
N/A | Maximum,Minimum,Average | 15 | userId,instanceId,period | vm.LoadAverage
count/min | Maximum,Minimum,Average | 15 | userId,instanceId,state | vm.TcpCount
% | Average,Minimum,Maximum | 15 | userId,instanceId,gpuId | gpu_gpu_usedutilization
byte | Average,Minimum,Maximum | 15 | userId,instanceId,gpuId | gpu_memory_usedspace
# acs_slb_dashboard | slb | ACS::SLB::LoadBalancer | instanceId | Classic Load Balancer (SLB, CLB)
Count | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,protocol | ActiveConnection InactiveConnection NewConnection
Count/s | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,protocol | DropConnection DropPacketRX DropPacketTX PacketRX PacketTX
Count/s | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,protocol | UpstreamCode4xx UpstreamCode5xx
bits/s | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,protocol | DropTrafficRX DropTrafficTX TrafficRXNew TrafficTXNew
Count | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,vip | HeathyServerCount UnhealthyServerCount
Count/s | Average,Minimum,Maximum | 60,300 | userId,instanceId | InstanceActiveConnection InstanceDropConnection InstanceDropPacketRX
Count/s | Average,Minimum,Maximum | 60,300 | userId,instanceId | InstanceDropPacketTX InstanceInactiveConnection InstanceMaxConnection
Count/s | Average,Minimum,Maximum | 60,300 | userId,instanceId | InstanceNewConnection InstancePacketRX InstancePacketTX
bits/s | Average,Minimum,Maximum | 60,300 | userId,instanceId | InstanceDropTrafficRX InstanceDropTrafficTX InstanceTrafficRX InstanceTrafficTX
% | Average,Minimum,Maximum | 60,300 | userId,instanceId | InstanceMaxConnectionUtilization InstanceNewConnectionUtilization InstanceQpsUtilization
Count/s | Average | 60,300 | userId,instanceId | InstanceQps
ms | Average | 60,300 | userId,instanceId | InstanceRt InstanceUpstreamRt
Count/Second | Average | 60,300 | userId,instanceId | InstanceStatusCode2xx InstanceStatusCode3xx InstanceStatusCode4xx InstanceStatusCode5xx
Count/Second | Average | 60,300 | userId,instanceId | InstanceStatusCodeOther InstanceUpstreamCode4xx InstanceUpstreamCode5xx
Count/Second | Average,Minimum,Maximum | 60,300 | userId,instanceId,port,protocol | MaxConnection
Count/s | Average | 60,300 | userId,instanceId,port,protocol | Qps StatusCode2xx
 | Average | 60,300 | userId,instanceId,port,protocol | Rt
Count/Second | Average | 60,300 | userId,instanceId,port,protocol | StatusCode3xx StatusCode4xx StatusCode5xx StatusCodeOther
ms | Average | 60,300 | userId,instanceId,port,protocol | UpstreamRt
% | Maximum,Minimum,Average | 60 | userId,instanceId | InstanceTrafficTXUtilization
Count | Average,Maximum,Minimum | 60 | userId,instanceId,port,vip,domain,url | UnhealthyServerCountWithRule HealthyServerCountWithRule
Count | Value | 60 | groupId | GroupActiveConnection GroupNewConnection GroupUnhealthyServerCount
bits/s | Value | 60 | groupId | GroupTotalTrafficRX GroupTotalTrafficTX
% | Average,Minimum,Maximum | 60 | userId,instanceId | InstanceTrafficRXUtilization
bits/s | Average,Minimum,Maximum,Sum | 60 | groupId | GroupTrafficRX GroupTrafficTX
# acs_alb | alb | ACS::ALB::LoadBalancer | loadBalancerId | Application Load Balancer
Count | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerActiveConnection ListenerHealthyHostCount ListenerUnHealthyHostCount
Count | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerInactiveConnection ListenerMaxConnection
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerClientTLSNegotiationError ListenerHTTPCode2XX ListenerHTTPCode3XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerHTTPCode4XX ListenerHTTPCode500 ListenerHTTPCode502
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerHTTPCode503 ListenerHTTPCode504 ListenerHTTPCode5XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerHTTPCodeUpstream2XX ListenerHTTPCodeUpstream3XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerHTTPCodeUpstream4XX ListenerHTTPCodeUpstream5XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerHTTPFixedResponse ListenerHTTPRedirect ListenerNewConnection
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerNonStickyRequest ListenerQPS ListenerRejectedConnection
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerUpstreamConnectionError ListenerUpstreamTLSNegotiationError
bits/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerInBits ListenerOutBits
Milliseconds | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerUpstreamResponseTime
Count | Value | 60 | userId,loadBalancerId | LoadBalancerActiveConnection LoadBalancerHealthyHostCount LoadBalancerUnHealthyHostCount
Count | Value | 60 | userId,loadBalancerId | LoadBalancerInactiveConnection LoadBalancerMaxConnection ConsumedLCUs PeakLCUs ReservedLCUs
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerClientTLSNegotiationError LoadBalancerHTTPCode2XX LoadBalancerHTTPCode3XX
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerHTTPCode4XX LoadBalancerHTTPCode500 LoadBalancerHTTPCode502 LoadBalancerHTTPCode503
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerHTTPCode504 LoadBalancerHTTPCode5XX LoadBalancerHTTPCodeUpstream2XX
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerHTTPCodeUpstream3XX LoadBalancerHTTPCodeUpstream4XX LoadBalancerHTTPCodeUpstream5XX
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerHTTPFixedResponse LoadBalancerHTTPRedirect LoadBalancerNewConnection
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerNonStickyRequest LoadBalancerQPS LoadBalancerRejectedConnection
Count/s | Value | 60 | userId,loadBalancerId | LoadBalancerUpstreamConnectionError LoadBalancerUpstreamTLSNegotiationError
bits/s | Value | 60 | userId,loadBalancerId | LoadBalancerInBits LoadBalancerOutBits
Milliseconds | Value | 60 | userId,loadBalancerId | LoadBalancerUpstreamResponseTime
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleHTTPCodeUpstream2XX RuleHTTPCodeUpstream3XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleHTTPCodeUpstream4XX RuleHTTPCodeUpstream5XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleNonStickyRequest RuleQPS RuleUpstreamConnectionError
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleUpstreamTLSNegotiationError
Count | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleHealthyHostCount RuleUnHealthyHostCount
Milliseconds | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleUpstreamResponseTime
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupHTTPCodeUpstream2XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupHTTPCodeUpstream3XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupHTTPCodeUpstream4XX
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupHTTPCodeUpstream5XX ServerGroupNonStickyRequest
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupQPS ServerGroupUpstreamConnectionError
Count/s | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupUpstreamTLSNegotiationError
Count | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupHealthyHostCount ServerGroupUnHealthyHostCount
Milliseconds | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,serverGroupId | ServerGroupUpstreamResponseTime
ms | Value | 60 | userId,loadBalancerId | LoadBalancerRequestTime
ms | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | ListenerRequestTime
ms | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleRequestTime
ms | Value | 60 | userId,loadBalancerId,serverGroupId | ServerGroupRequestTime
% | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleHTTPCodeUpstream2XXRatio RuleHTTPCodeUpstream3XXRatio
% | Value | 60 | userId,loadBalancerId,listenerProtocol,listenerPort,ruleId | RuleHTTPCodeUpstream4XXRatio RuleHTTPCodeUpstream5XXRatio
Count | Value | 60 | userId,loadBalancerId,vip | VipActiveConnection VipInactiveConnection VipMaxConnection
Count/s | Value | 60 | userId,loadBalancerId,vip | VipNewConnection VipRejectedConnection VipUpstreamConnectionError VipUpstreamTLSNegotiationError
Count/s | Value | 60 | userId,loadBalancerId,vip | VipClientTLSNegotiationError VipHTTPFixedResponse VipHTTPRedirect VipQPS VipNonStickyRequest
Count/s | Value | 60 | userId,loadBalancerId,vip | VipHTTPCode2XX VipHTTPCode3XX VipHTTPCode4XX VipHTTPCode5XX VipHTTPCode500 VipHTTPCode502
Count/s | Value | 60 | userId,loadBalancerId,vip | VipHTTPCode503 VipHTTPCode504
ms | Value | 60 | userId,loadBalancerId,vip | VipUpstreamResponseTime VipRequestTime
bit/s | Value | 60 | userId,loadBalancerId,vip | VipOutBits VipInBits
Count | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerActiveConnection DualStack_ListenerInactiveConnection
Count | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerMaxConnection
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerClientTLSNegotiationError
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerHTTPCode2XX DualStack_ListenerHTTPCode3XX
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerHTTPCode4XX DualStack_ListenerHTTPCode500
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerHTTPCode502 DualStack_ListenerHTTPCode503
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerHTTPCode504 DualStack_ListenerHTTPCode5XX
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerHTTPFixedResponse DualStack_ListenerHTTPRedirect
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerNewConnection DualStack_ListenerNonStickyRequest
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerQPS DualStack_ListenerRejectedConnection
bits/s | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerInBits DualStack_ListenerOutBits
Count | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerActiveConnection DualStack_LoadBalancerInactiveConnection
Count | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerMaxConnection
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerClientTLSNegotiationError DualStack_LoadBalancerHTTPCode2XX
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerHTTPCode3XX DualStack_LoadBalancerHTTPCode4XX
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerHTTPCode500 DualStack_LoadBalancerHTTPCode502
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerHTTPCode503 DualStack_LoadBalancerHTTPCode504
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerHTTPCode5XX DualStack_LoadBalancerHTTPFixedResponse
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerHTTPRedirect DualStack_LoadBalancerNewConnection
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerNonStickyRequest DualStack_LoadBalancerQPS
Count/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerRejectedConnection
bits/s | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerInBits DualStack_LoadBalancerOutBits
ms | ipv4,ipv6 | 60 | userId,loadBalancerId | DualStack_LoadBalancerRequestTime
ms | ipv4,ipv6 | 60 | userId,loadBalancerId,listenerProtocol,listenerPort | DualStack_ListenerRequestTime
# acs_nlb | nlb | ACS::NLB::LoadBalancer | instanceId | Network Load Balancer
Count/s | Average | 60 | userId,instanceId | InstanceNewConnection InstanceDropConnection InstancePacketRX InstancePacketTX InstanceDropPacketRX
Count/s | Average | 60 | userId,instanceId | InstanceDropPacketTX
Count | Average | 60 | userId,instanceId | InstanceActiveConnection InstanceInactiveConnection InstanceMaxConnection
bit/s | Average | 60 | userId,instanceId | InstanceTrafficRX InstanceTrafficTX InstanceDropTrafficRX InstanceDropTrafficTX
Count/s | Average | 60 | userId,instanceId,listenerProtocol,listenerPort | NewConnection DropConnection DropPacketRX DropPacketTX ListenerPacketRX
Count/s | Average | 60 | userId,instanceId,listenerProtocol,listenerPort | ListenerPacketTX
Count | Average | 60 | userId,instanceId,listenerProtocol,listenerPort | ActiveConnection InactiveConnection MaxConnection ListenerHeathyServerCount
Count | Average | 60 | userId,instanceId,listenerProtocol,listenerPort | ListenerUnhealthyServerCount
bit/s | Average | 60 | userId,instanceId,listenerProtocol,listenerPort | DropTrafficRX DropTrafficTX
Count | Average | 60 | userId,instanceId,vip | VipActiveConnection
Count/s | Average | 60 | userId,instanceId,vip | VipClientResetPacket VipDropConnection VipDropPacketRX VipDropPacketTX VipPacketRX VipPacketTX
bit/s | Average | 60 | userId,instanceId,vip | VipDropTrafficRX VipDropTrafficTX VipTrafficRX VipTrafficTX
Count | Value | 60 | userId,instanceId | ConsumedLCUs
# acs_rds_dashboard | rds | ACS::RDS::DBInstance | instanceId | ApsaraDB RDS
count | Average | 60 | userId,instanceId | active_connections_per_cpu
% | Average | 60 | userId,instanceId | conn_usgae cpu_usage iops_usage local_fs_inode_usage local_fs_size_usage mem_usage
s | Average | 60 | userId,instanceId | PG_RO_ReadLag
value | Average | 60 | userId,instanceId | PG_RO_StreamingStatus
% | Maximum,Minimum,Average | 60 | userId,instanceId | ConnectionUsage CpuUsage DiskUsage IOPSUsage MemoryUsage
Second | Maximum,Minimum,Average | 60 | userId,instanceId | DataDelay
count | Maximum,Minimum,Average | 60 | userId,instanceId | MySQL_ActiveSessions
countSecond | Maximum,Minimum,Average | 60 | userId,instanceId | MySQL_ComDelete MySQL_ComInsert MySQL_ComInsertSelect MySQL_ComReplace
countSecond | Maximum,Minimum,Average | 60 | userId,instanceId | MySQL_ComReplaceSelect MySQL_ComSelect MySQL_ComUpdate MySQL_IbufRequestR
countSecond | Maximum,Minimum,Average | 60 | userId,instanceId | MySQL_IbufRequestW MySQL_QPS MySQL_TPS
bit/s | Maximum,Minimum,Average | 60 | userId,instanceId | SQLServer_NetworkInNew SQLServer_NetworkOutNew
bits/s | Average,Minimum,Maximum | 60 | userId,instanceId | MySQL_NetworkInNew MySQL_NetworkOutNew
% | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_IbufDirtyRatio MySQL_IbufUseRatio MySQL_IbufReadHit MySQL_ProxyCpuUsage
% | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_ProxyMemUsage
Kbyte | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_InnoDBDataRead MySQL_InnoDBDataWritten
countSecond | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_TempDiskTableCreates MySQL_InnoDBRowUpdate MySQL_InnoDBRowInsert
countSecond | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_InnoDBRowDelete MySQL_InnoDBRowRead MySQL_InnoDBLogFsync MySQL_InnoDBLogWrites
countSecond | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_InnoDBLogWriteRequests MySQL_SlowQueries MySQL_ibufPoolReads
Megabytes | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_DataDiskSize MySQL_InstanceDiskSize MySQL_LogDiskSize MySQL_OtherDiskSize
Megabytes | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_TmpDiskSize
value | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_SlaveIORunning MySQL_SlaveSQLRunning
count | Average,Maximum,Minimum | 60 | userId,instanceId | MySQL_ThreadsConnected MySQL_ThreadsRunning
Byte | Average | 60 | userId,instanceId,direction | AvgLogSize MaxLogSize
Byte/s | Average | 60 | userId,instanceId,direction | Flow
ms | Average | 60 | userId,instanceId,direction | Rt
Transactions/Second | Average | 60 | userId,instanceId,direction | TPS
xids | Average,Maximum,Minimum | 60 | userId,instanceId | PG_DBAge
# acs_kvstore | kvstore_standard | ACS::KVStore::Instance | instanceId | ApsaraDB for Redis / Tair (Redis API)
% | Maximum,Minimum,Average | 60 | userId,instanceId | ConnectionUsage CpuUsage IntranetInRatio IntranetOutRatio MemoryUsage
count/s | Maximum,Minimum,Average | 60 | userId,instanceId | FailedCount UsedQPS
byte/s | Maximum,Minimum,Average | 60 | userId,instanceId | IntranetIn IntranetOut
count | Maximum,Minimum,Average | 60 | userId,instanceId | UsedConnection
byte | Maximum,Minimum,Average | 60 | userId,instanceId | UsedMemory
us | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwAvgRt SplitrwMaxRt ShardingAvgRt ShardingMaxRt ShardingProxyAvgRt ShardingProxyMaxRt
us | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwProxyAvgRt SplitrwProxyMaxRt
% | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwConnectionUsage SplitrwCpuUsage SplitrwHitRate SplitrwIntranetInRatio
% | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwIntranetOutRatio SplitrwMemoryUsage SplitrwQPSUsage ShardingConnectionUsage
% | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingCpuUsage ShardingHitRate ShardingIntranetInRatio ShardingIntranetOutRatio
% | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingMemoryUsage ShardingQPSUsage ShardingProxyConnectionUsage ShardingProxyCpuUsage
% | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwProxyConnectionUsage SplitrwProxyCpuUsage
Count/second | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwFailedCount
KByte/s | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwIntranetIn SplitrwIntranetOut ShardingIntranetIn ShardingIntranetOut
Count | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwKeys SplitrwUsedConnection SplitrwUsedQPS ShardingKeys ShardingUsedConnection
Count | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingUsedQPS ShardingProxyUsedConnection
Bytes | Average,Maximum,Sum | 60 | userId,instanceId,nodeId | SplitrwUsedMemory ShardingUsedMemory
byte | Average | 60 | userId,instanceId,direction | AvgLogSize MaxLogSize
byte/s | Average | 60 | userId,instanceId,direction | Flow
ms | Average | 60 | userId,instanceId,direction | Rt
transaction/s | Average | 60 | userId,instanceId,direction | TPS
us | Average,Maximum | 60 | userId,instanceId | StandardAvgRt StandardMaxRt
% | Average,Maximum | 60 | userId,instanceId | StandardConnectionUsage StandardCpuUsage StandardHitRate StandardIntranetInRatio
% | Average,Maximum | 60 | userId,instanceId | StandardIntranetOutRatio StandardMemoryUsage StandardQPSUsage
Count/second | Average,Maximum | 60 | userId,instanceId | StandardFailedCount
KByte/s | Average,Maximum | 60 | userId,instanceId | StandardIntranetIn StandardIntranetOut
Count | Average,Maximum | 60 | userId,instanceId | StandardKeys StandardUsedConnection StandardUsedQPS SplitrwProxyUsedConnection
Bytes | Average,Maximum | 60 | userId,instanceId | StandardUsedMemory
seconds | Maximum,Average | 60 | userId,instanceId,nodeId | ShardingSyncDelayTime
Byte | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingProxyAvgRequestSize ShardingProxyAvgResponseSize ShardingProxyMaxRequestSize
Byte | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingProxyMaxResponseSize SplitrwProxyAvgRequestSize SplitrwProxyAvgResponseSize
Byte | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwProxyMaxRequestSize SplitrwProxyMaxResponseSize
bits/s | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingProxyIntranetIn ShardingProxyIntranetOut SplitrwProxyIntranetIn
bits/s | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwProxyIntranetOut
Count/s | Average,Maximum | 60 | userId,instanceId,nodeId | ShardingProxyTotalQps
Count/s | Average,Maximum | 60 | userId,instanceId | SplitrwProxyTotalQps
Seconds | Average,Maximum | 60 | userId,instanceId | StandardSyncDelayTime
Seconds | Average,Maximum | 60 | userId,instanceId,nodeId | SplitrwSyncDelayTime
% | Average | 60 | userId,groupId | GroupConnectionUsage GroupCpuUsage GroupIntranetInRatio GroupIntranetOutRatio GroupMemoryUsage
# acs_mongodb | mongodb_replicaset | ACS::MongoDB::DBInstance | instanceId | ApsaraDB for MongoDB
% | Maximum,Minimum,Average | 60 | userId,instanceId,role | CPUUtilization ConnectionUtilization DiskUtilization IOPSUtilization MemoryUtilization
Count | Maximum,Minimum,Average | 60 | userId,instanceId,role | ConnectionAmount NumberRequests OpInsert QPS
Byte | Maximum,Minimum,Average | 60 | userId,instanceId,role | DataDiskAmount InstanceDiskAmount IntranetIn IntranetOut LogDiskAmount
Frequency | Maximum,Minimum,Average | 60 | userId,instanceId,role | OpCommand OpDelete OpGetmore OpQuery OpUpdate
% | Average,Maximum,Minimum | 60 | userId,instanceId | SingleNodeDiskUtilization SingleNodeMemoryUtilization SingleNodeCPUUtilization
% | Average,Maximum,Minimum | 60 | userId,instanceId | SingleNodeConnectionUtilization
Bytes | Average,Maximum,Minimum | 60 | userId,instanceId | SingleNodeIntranetIn SingleNodeIntranetOut SingleNodeDateDiskAmount
Count | Average,Maximum,Minimum | 60 | userId,instanceId | SingleNodeNumberRequests SingleNodeConnectionAmount SingleNodeOpCommand SingleNodeOpDelete
Count | Average,Maximum,Minimum | 60 | userId,instanceId | SingleNodeOpGetmore SingleNodeOpInsert SingleNodeOpQuery SingleNodeOpUpdate SingleNodeQPS
Count | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingOpCommand ShardingOpDelete ShardingConnectionAmount
Count | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingOpGetmore ShardingOpInsert ShardingOpQuery ShardingOpUpdate
Bytes | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingLogDiskAmount ShardingDataDiskAmount ShardingInstanceDiskAmount
% | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingMemoryUtilization ShardingIOPSUtilization ShardingCPUUtilization
% | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingConnectionUtilization ShardingDiskUtilization
Count | Average | 60 | userId,instanceId,subinstanceId,role | ShardingNumberRequests
Bytes | Average | 60 | userId,instanceId,subinstanceId,role | ShardingIntranetIn ShardingIntranetOut
Count/s | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingQPS
N/A | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingDataDiskAmountOriginal
Seconds | Average,Maximum,Minimum | 60 | userId,instanceId,subinstanceId,role | ShardingReplicationLag
Seconds | Maximum,Minimum,Average | 60 | userId,instanceId,role | ReplicationLag
# acs_polardb | polardb_mysql_cluster | ACS::PolarDB::DBCluster | clusterId | PolarDB
count | Average | 60 | userId,clusterId,nodeId | cluster_active_sessions cluster_qps
% | Average | 60 | userId,clusterId,nodeId | cluster_connection_utilization cluster_cpu_utilization cluster_mem_hit_ratio cluster_memory_utilization
KB | Average | 60 | userId,clusterId,nodeId | cluster_data_io
count/s | Average | 60 | userId,clusterId,nodeId | cluster_data_iops cluster_iops cluster_slow_queries_ps cluster_tps
% | Maximum,Minimum,Average | 60 | userId,instanceId | instance_connection_utilization
% | Average | 60 | userId,instanceId | instance_cpu_utilization instance_memory_utilization
bit/s | Average | 60 | userId,instanceId | instance_input_bandwidth instance_output_bandwidth
Count | Average | 60 | userId,clusterId,instanceId | active_connections
Count | Value | 60 | userId,clusterId,instanceId | blks_read_delta
% | Average | 60 | userId,clusterId,instanceId | conn_usage cpu_total mem_usage rollback_ratio
xids | Average,Value | 60 | userId,clusterId,instanceId | db_age
Mbyte | Value | 60 | userId,clusterId,instanceId | pls_data_size pls_pg_wal_dir_size
Frequency | Average | 60 | userId,clusterId,instanceId | pls_iops pls_iops_read pls_iops_write tps
Mbyte/s | Average | 60 | userId,clusterId,instanceId | pls_throughput pls_throughput_read pls_throughput_write
s | Average | 60 | userId,clusterId,instanceId | swell_time
# acs_vpc_eip | eip | ACS::EIP::EipAddress | instanceId | Elastic IP address
byte | Average,Minimum,Maximum,Sum | 60 | userId,instanceId | net.rx net.tx
count | Average,Minimum,Maximum,Sum | 60 | userId,instanceId | net.rxPkgs net.txPkgs
bit/s | Value | 60 | userId,instanceId | net_rx.rate net_tx.rate
packet/s | Value | 60 | userId,instanceId | net_rxPkgs.rate net_txPkgs.rate
packet/s | Average | 60 | userId,instanceId | out_ratelimit_drop_speed
% | Average,Minimum,Maximum | 60 | userId,instanceId | net_in.rate_percentage net_out.rate_percentage
# acs_nat_gateway | enhanced_nat_gateway | ACS::NAT::NatGateway | instanceId | NAT Gateway
count/min | Maximum | 60 | userId,instanceId | SnatConnection SnatConnectionDrop_ConcurrentConnectionLimit SnatConnectionDrop_ConnectionRateLimit
count/s | Value | 60 | userId,instanceId | SessionLimitDropRate SessionNewLimitDropRate SessionNewConnection2
bps | Value | 60 | userId,instanceId | BWRateInFromInside BWRateInFromOutside BWRateOutToInside BWRateOutToOutside
bytes | Value | 60 | userId,instanceId | BytesInFromInside BytesInFromOutside BytesOutToInside BytesOutToOutside
countS | Value | 60 | userId,instanceId | PPSRateInFromInside PPSRateInFromOutside PPSRateOutToInside PPSRateOutToOutside SessionLimitDropConnection
countS | Value | 60 | userId,instanceId | SessionNewConnection SessionNewLimitDropConnection
count | Value | 60 | userId,instanceId | PacketsInFromInside PacketsInFromOutside PacketsOutToInside PacketsOutToOutside SessionActiveConnection
% | Value | 60 | userId,instanceId | SessionActiveConnectionWaterLever SessionNewConnectionWaterLever net_tx.ratePercent
Count/Second | Value | 60 | userId,instanceId | net_rx.Pkgs net_tx.Pkgs
bits/s | Value | 60 | userId,instanceId | net_rx.rate net_tx.rate
# acs_oss_dashboard | oss | ACS::OSS::Bucket | BucketName | Object Storage Service
count | Value | 60 | userId,BucketName | AppendObjectCount AuthorizationErrorCount ClientOtherErrorCount ClientTimeoutErrorCount CopyObjectCount
count | Value | 60 | userId,BucketName | DeleteObjectCount DeleteObjectsCount HeadObjectCount NetworkErrorCount PostObjectCount PutObjectCount
count | Value | 60 | userId,BucketName | RedirectCount ResourceNotFoundErrorCount ServerErrorCount SuccessCount TotalRequestCount UploadPartCopyCount
count | Value | 60 | userId,BucketName | UploadPartCount ValidRequestCount
ms | Value | 60 | userId,BucketName | AppendObjectE2eLatency AppendObjectServerLatency CopyObjectE2eLatency CopyObjectServerLatency GetObjectE2eLatency
ms | Value | 60 | userId,BucketName | GetObjectServerLatency HeadObjectE2eLatency HeadObjectServerLatency MaxAppendObjectE2eLatency
ms | Value | 60 | userId,BucketName | MaxAppendObjectServerLatency MaxCopyObjectE2eLatency MaxCopyObjectServerLatency MaxGetObjectE2eLatency
ms | Value | 60 | userId,BucketName | MaxGetObjectServerLatency MaxHeadObjectE2eLatency MaxHeadObjectServerLatency MaxPostObjectE2eLatency
ms | Value | 60 | userId,BucketName | MaxPostObjectServerLatency MaxPutObjectE2eLatency MaxPutObjectServerLatency MaxUploadPartCopyE2eLatency
ms | Value | 60 | userId,BucketName | MaxUploadPartCopyServerLatency MaxUploadPartE2eLatency MaxUploadPartServerLatency PostObjectE2eLatency
ms | Value | 60 | userId,BucketName | PostObjectServerLatency PutObjectE2eLatency PutObjectServerLatency UploadPartCopyE2eLatency
ms | Value | 60 | userId,BucketName | UploadPartCopyServerLatency UploadPartE2eLatency UploadPartServerLatency
% | Value | 60 | userId,BucketName | AuthorizationErrorRate ClientTimeoutErrorRate NetworkErrorRate RedirectRate RequestValidRate
% | Value | 60 | userId,BucketName | ResourceNotFoundErrorRate ServerErrorRate SuccessRate Availability
byte | Value | 60 | userId,BucketName | CdnRecv CdnSend InternetRecv InternetSend IntranetRecv IntranetSend SyncRecv SyncSend
N/A | Value | 60 | userId,BucketName | ClientOtherErrorRate
frequency | Value | 60 | userId,BucketName | GetObjectCount
byte | Value | 3600 | userId,BucketName,region,storageType | MeteringCdnRX MeteringCdnTX MeteringInternetRX MeteringInternetTX MeteringIntranetRX
byte | Value | 3600 | userId,BucketName,region,storageType | MeteringIntranetTX MeteringStorageUtilization MeteringSyncRX MeteringSyncTX
count | Value | 3600 | userId,BucketName,region,storageType | MeteringGetRequest MeteringPutRequest
N/A | Value | 60 | userId,BucketName,Host | MirrorAverageLatency MirrorRequestCount MirrorRequestTransferSpeed MirrorTraffic
N/A | Value | 60 | userId,BucketName,Host,Status | MirrorAverageLatencyByStatus MirrorRequestCountByStatus MirrorRequestTransferSpeedByStatus
N/A | Value | 60 | userId,BucketName,Host,Status | MirrorTrafficByStatus
count | Value | 60 | userId | UserAuthorizationErrorCount UserClientOtherErrorCount UserClientTimeoutErrorCount UserNetworkErrorCount UserRedirectCount
count | Value | 60 | userId | UserResourceNotFoundErrorCount UserServerErrorCount UserSuccessCount UserTotalRequestCount UserValidRequestCount
% | Value | 60 | userId | UserAuthorizationErrorRate UserAvailability UserClientTimeoutErrorRate UserNetworkErrorRate UserRedirectRate
% | Value | 60 | userId | UserRequestValidRate UserResourceNotFoundErrorRate UserServerErrorRate UserSuccessRate
byte | Value | 60 | userId | UserCdnRecv UserCdnSend UserInternetRecv UserInternetSend UserIntranetRecv UserIntranetSend UserSyncRecv UserSyncSend
N/A | Value | 60 | userId | UserClientOtherErrorRate
Byte | Value | 60 | userId,BucketName | CacheRecv CacheSend
bit/s | Value | 60 | userId,BucketName | InternetRecvBandwidth InternetSendBandwidth IntranetRecvBandwidth IntranetSendBandwidth
Count | Value | 60 | userId,BucketName | ObjectCount
# acs_cdn | cdn | ACS::CDN::Domain | instanceId | CDN
% | Average,Maximum,Minimum | 60 | userId,instanceId | code_count_499 code_ratio_499
% | Average,Maximum,Minimum | 60 | userId | user_code_count_499
bit/s | Maximum,Minimum,Average | 60 | userId,instanceId | BPS
Count | Sum | 60 | userId,instanceId | EsCode4xx
Byte | Maximum,Minimum,Average | 60 | userId,instanceId | InternetOut
Count | Maximum,Minimum,Average | 60 | userId,instanceId | QPS
% | Maximum,Minimum,Average | 60 | userId,instanceId | code4xx code5xx hitRate
# acs_k8s | container_service | ACS::ACK::Cluster | cluster | Container Service for Kubernetes (new metric set)
cores | Value | 60 | userId,cluster | cluster.cpu.allocatable cluster.cpu.limit cluster.cpu.request cluster.cpu.usage_rate
Bytes | Value | 60 | userId,cluster | cluster.memory.allocatable cluster.memory.limit cluster.memory.request
cores | Sum | 60 | userId,cluster,namespace | ns.cpu.limit ns.cpu.request ns.cpu.usage_rate
bytes | Sum | 60 | userId,cluster,namespace | ns.memory.limit ns.memory.request ns.memory.working_set
% | Average,Maximum,Minimum,Sum,Count,Value | 60 | userId,cluster,namespace | ns.memory.usage
cores | Value | 60 | userId,cluster,node | node.cpu.allocatable node.cpu.capacity node.cpu.limit node.cpu.request node.cpu.reservation
cores | Value | 60 | userId,cluster,node | node.cpu.usage_rate
% | Value | 60 | userId,cluster,node | node.cpu.utilization node.memory.utilization node.cpu.oversale_rate node.memory.oversale_rate
count | Value | 60 | userId,cluster,node | node.filesystem.available node.filesystem.inodes node.filesystem.limit node.filesystem.usage
count | Value | 60 | userId,cluster,node | node.memory.cache node.memory.capacity node.memory.limit node.memory.major_page_faults
count | Value | 60 | userId,cluster,node | node.memory.major_page_faults_rate node.memory.page_faults node.memory.page_faults_rate node.memory.request
count | Value | 60 | userId,cluster,node | node.memory.reservation node.memory.rss node.memory.usage node.memory.working_set node.network.rx_errors
count | Value | 60 | userId,cluster,node | node.network.rx_errors_rate node.network.rx_rate node.network.tx_errors_rate node.network.tx_rate
Bytes | Value | 60 | userId,cluster,node | node.memory.allocatable
cores | Sum | 60 | userId,cluster,namespace,type,app | deployment.cpu.limit deployment.cpu.request deployment.cpu.usage_rate
bytes | Sum | 60 | userId,cluster,namespace,type,app | deployment.memory.limit deployment.memory.request deployment.memory.working_set
bytes | Sum | 60 | userId,cluster,namespace,type,app | deployment.filesystem.available deployment.filesystem.limit
bytes/s | Sum | 60 | userId,cluster,namespace,type,app | deployment.network.rx_rate deployment.network.tx_rate
cores | Value | 60 | userId,cluster,namespace,type,app,pod | pod.cpu.limit pod.cpu.request pod.cpu.usage_rate
bytes | Value | 60 | userId,cluster,namespace,type,app,pod | pod.memory.limit pod.memory.request pod.memory.working_set pod.memory.cache pod.memory.rss
bytes | Value | 60 | userId,cluster,namespace,type,app,pod | pod.filesystem.available pod.filesystem.limit
bytes/s | Value | 60 | userId,cluster,namespace,type,app,pod | pod.network.rx_errors_rate pod.network.rx_rate pod.network.tx_errors_rate
bytes/s | Value | 60 | userId,cluster,namespace,type,app,pod | pod.network.tx_rate
% | Value | 60 | userId,cluster | cluster.cpu.utilization cluster.memory.utilization
% | Value | 60 | userId,cluster,namespace,type,app,pod | pod.cpu.oversale_rate pod.cpu.utilization pod.memory.oversale_rate pod.memory.utilization
bytes | Value | 60 | userId,cluster | cluster.filesystem.available cluster.filesystem.limit
# acs_express_connect | vpc | ACS::VPC::RouterInterface | instanceId | Express Connect router interface / Express Connect Router
pps | Value | 60 | userId,instanceId | RateLimitDropPps
bits/s | Value | 60 | userId,instanceId | ReceiveBandwidth TransportedBandwidth
% | Maximum | 60 | userId,instanceId | RouterInterfaceLossRate
ms | Maximum | 60 | userId,instanceId | RouterInterfaceResponseTime
# acs_physical_connection | port | ACS::VPC::VirtualBorderRouter | instanceId | Express Connect physical port and virtual border router
Bytes | Value | 60 | userId,instanceId | BytesOutFromVpcToIDC
pps | Value | 60 | userId,instanceId | PkgsDropInFromIDCToVpc PkgsDropOutFromVpcToIDC PkgsInFromIDCToVpc PkgsOutFromVpcToIDC
bps | Value | 60 | userId,instanceId | RateInFromIDCToVpc RateOutFromVpcToIDC
μs | Value | 60 | userId,instanceId | VbrHealthyCheckLatency
% | Value | 60 | userId,instanceId | VbrHealthyCheckLossRate
# acs_mns_new | mns | ACS::MNS::Queue | queue | Simple Message Queue (MNS), older namespace
Count | Maximum,Minimum,Average | 60 | userId,region,queue | ActiveMessages BatchDeleteMessageCount BatchReceiveMessageCount BatchSendMessageCount
Count | Maximum,Minimum,Average | 60 | userId,region,queue | ChangeMessageVisibilityCount DelayMessages DeleteMessageCount InactiveMessages
Count | Maximum,Minimum,Average | 60 | userId,region,queue | ReceiveMessageCount SendMessageCount
# acs_smq | smq | ACS::MNS::Queue | queue | Simple Message Queue, current namespace
Count | Value | 60 | userId,region,queue | NumberOfMessagesVisible NumberOfMessagesInvisible NumberOfMessagesDelayed
# acs_kafka | kafka | ACS::AliKafka::Instance | instanceId | ApsaraMQ for Kafka
% | Maximum | 60 | userId,instanceId | instance_disk_capacity
bytes/s | Value | 60 | userId,instanceId | instance_message_input instance_message_output
Count | Value | 60 | userId,instanceId,consumerGroup | message_accumulation
Count | Value | 60 | userId,instanceId,consumerGroup,topic | message_accumulation_onetopic
bytes/s | Value | 60 | userId,instanceId,topic | topic_message_input topic_message_output
# acs_elasticsearch | elasticsearch | ACS::Elasticsearch::Instance | clusterId | Elasticsearch
Count | Maximum | 60 | userId,clusterId,nodeIP | NodeStatsNetworkoutPackages NodeStatsExceptionLogCount NodeStatsFullGcCollectionCount
N/A | Maximum | 60 | userId,clusterId | ClusterAutoSnapshotLatestStatus
Count/Second | Average | 60 | userId,clusterId | ClusterIndexQPS ClusterQueryQPS
N/A | Value | 60 | userId,clusterId | ClusterStatus
% | Average | 60 | userId,clusterId,nodeIP | NodeCPUUtilization NodeDiskUtilization NodeHeapMemoryUtilization
N/A | Average | 60 | userId,clusterId,nodeIP | NodeLoad_1m
% | Maximum | 60 | userId,instanceId,nodeHost | LogstashCpuPercent LogstashNodeDiskUsage LogstashNodeHeapMemory
Value | Maximum | 60 | userId,instanceId,nodeHost | LogstashNodeLoad1m
# acs_sls_dashboard | sls | ACS::SLS::Project | project | Simple Log Service
Frequency | Count | 60 | userId,project,logstore,alarm_type,source_ip | AlarmIPCount
Frequency | Sum | 60 | userId,project,logstore | AlarmPV
Frequency | Count | 60 | userId,project,logstore | AlarmUV
Second | Maximum | 60 | userId,project,logstore,consumerGroup | ConsumerGroupFailBehind
Lines | Sum | 60 | userId,project,logstore | FailedLines SuccessdLines
Lines/Minute | Sum | 60 | userId,project,logstore | InflowLine
Count | Count | 60 | userId,project,logstore,status | LogCodeQPS
Byte | Sum | 60 | userId,project,logstore | LogInflow LogOutflow NetFlow SuccessdByte
Count | Count | 60 | userId,project,logstore,method | LogMethodQPS
Count | Count | 60 | userId,project,logstore | SumQPS
# acs_fc | fc | ACS::FC::Function | functionName | Function Compute
ms | Value | 60 | userId,region,serviceName,functionName | FunctionAvgDuration
Count | Value | 60 | userId,region,serviceName,functionName | FunctionBillableInvocations FunctionClientErrors FunctionFunctionErrors
Count | Value | 60 | userId,region,serviceName,functionName | FunctionServerErrors FunctionThrottles FunctionTotalInvocations
% | Value | 60 | userId,region,serviceName,functionName | FunctionBillableInvocationsRate FunctionClientErrorsRate FunctionFunctionErrorsRate
% | Value | 60 | userId,region,serviceName,functionName | FunctionServerErrorsRate FunctionThrottlesRate
MB | Value | 60 | userId,region,serviceName,functionName | FunctionMaxMemoryUsage
Count | Value | 60 | userId,region | RegionBillableInvocations RegionClientErrors RegionThrottles RegionTotalInvocations
% | Value | 60 | userId,region | RegionbillableInvocationsRate RegionClientErrorsRate RegionServerErrors RegionThrttlesRate
Count | Value | 60 | userId,region,serviceName | ServiceBillableInvocations ServiceClientErrors ServiceServerErrors ServiceThrottles
Count | Value | 60 | userId,region,serviceName | ServiceTotalInvocations
% | Value | 60 | userId,region,serviceName | ServiceBillableInvocationsRate ServiceClientErrorsRate ServiceServerErrorsRate ServiceThrottlesRate
`

/** By name, in the order of the table. */
export const publishedNamespaces: ReadonlyMap<string, PublishedNamespace> = readTable(table)

function readTable(text: string): Map<string, PublishedNamespace> {
  const namespaces = new Map<string, PublishedNamespace>()
  let metrics = new Map<string, PublishedMetric>()
  let namespace = ''
  for (const line of text.trim().split('\n')) {
    if (line.startsWith('# ')) {
      const [name = '', category = '', resourceType = '', instanceDimension = '', product = ''] = line
        .slice(2)
        .split(' | ')
      namespace = name
      metrics = new Map()
      namespaces.set(name, { namespace, category, product, resourceType, instanceDimension, metrics })
      continue
    }
    const [unit = '', statistics = '', periods = '', dimensions = '', names = ''] = line.split(' | ')
    for (const name of names.split(' ')) {
      metrics.set(name, {
        namespace,
        name,
        unit,
        statistics: statistics.split(','),
        periodsSeconds: periods
          .split(',')
          .map(Number)
          .toSorted((a, b) => a - b),
        dimensions: dimensions.split(','),
        hash: derivedSeed(0, `${namespace}/${name}`),
      })
    }
  }
  return namespaces
}
