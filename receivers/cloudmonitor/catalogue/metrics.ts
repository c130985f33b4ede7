/**
 * The metrics of CloudMonitor as far as they are published: what a pattern is matched with where the metadata API does not
 * answer, and the units, which that API gives in many spellings. Names are the vendor's, misspellings included.
 *
 *     # namespace | service | dimension of the instance | Resource Center type | product
 *     metric | unit (UCUM) | kind | statistics | periods in seconds | dimensions | description
 *
 * kind: gauge, rate (a second or a minute), ratio (percent), total (amount of one period). `-`: not known; `?` behind a type: unverified.
 */
export const metricTable = `
# acs_ecs_dashboard | ecs | instanceId | ACS::ECS::Instance | Elastic Compute Service
AdvanceCredit | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | Advance CPU credits of a burstable instance
BurstCredit | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | Accumulated CPU credits of a burstable instance
CPUUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId | CPU use of the instance as measured from the hypervisor
DiskReadBPS | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Bytes read per second over all disks of the instance (hypervisor view)
DiskReadIOPS | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Read operations per second over all disks (hypervisor view)
DiskWriteBPS | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Bytes written per second over all disks of the instance (hypervisor view)
DiskWriteIOPS | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Write operations per second over all disks (hypervisor view)
InternetInRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | Public bandwidth into the instance (classic public IP)
InternetOutRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | Public bandwidth out of the instance (classic public IP)
InternetOutRate_Percent | % | ratio | Average | 60 | userId instanceId | Outbound public bandwidth as a share of the purchased limit
IntranetInRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | Private-network bandwidth into the instance
IntranetOutRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | Private-network bandwidth out of the instance
NotpaidSurplusCredit | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | CPU credits overdrawn and not yet billed (burstable, unlimited mode)
TotlCredit | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | All CPU credits of a burstable instance (name really lacks the a)
VPC_PublicIP_InternetInRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId ip | Inbound public bandwidth per public IP of a VPC instance
VPC_PublicIP_InternetOutRate | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId ip | Outbound public bandwidth per public IP of a VPC instance
VPC_PublicIP_InternetOutRate_Percent | % | ratio | Average | 60 | userId instanceId ip | Outbound bandwidth of the public IP as a share of its limit
concurrentConnections | {count} | gauge | Maximum | 60 | userId instanceId | Concurrent connections on the instance
packetInDropRates | % | ratio | Maximum | 60 | userId instanceId | Share of inbound packets dropped
packetOutDropRates | % | ratio | Maximum | 60 | userId instanceId | Share of outbound packets dropped
cpu_total | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Total CPU use seen by the agent in the guest
cpu_idle | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Idle CPU share (agent)
cpu_other | % | ratio | Maximum Minimum Average | 15 | userId instanceId | CPU share outside user, system, wait and idle (agent)
cpu_system | % | ratio | Maximum Minimum Average | 15 | userId instanceId | CPU share in kernel mode (agent)
cpu_user | % | ratio | Maximum Minimum Average | 15 | userId instanceId | CPU share in user mode (agent)
cpu_wait | % | ratio | Maximum Minimum Average | 15 | userId instanceId | CPU share waiting for I/O (agent)
disk_readbytes | By/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Bytes read per second, per block device (agent)
disk_readiops | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Read operations per second, per block device (agent)
disk_writebytes | By/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Bytes written per second, per block device (agent)
disk_writeiops | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Write operations per second, per block device (agent)
diskusage_free | By | gauge | Maximum Minimum Average | 15 | userId instanceId device | Free bytes on the file system, reserved blocks included (agent)
diskusage_avail | By | gauge | Maximum Minimum Average | 15 | userId instanceId device | Bytes available to ordinary users on the file system (agent)
diskusage_total | By | gauge | Maximum Minimum Average | 15 | userId instanceId device | Size of the file system (agent)
diskusage_used | By | gauge | Maximum Minimum Average | 15 | userId instanceId device | Bytes used on the file system (agent)
diskusage_utilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId device | Used share of the file system (agent)
fs_inodeutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId device | Used share of the inodes (agent)
gpu_decoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId gpuId | Use of the GPU video decoder, per GPU (agent)
gpu_encoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId gpuId | Use of the GPU video encoder, per GPU (agent)
gpu_gpu_temperature | Cel | gauge | Maximum Minimum Average | 15 | userId instanceId gpuId | GPU temperature, per GPU (agent)
gpu_memory_userdutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId gpuId | GPU use or used share of GPU memory (spelling as in the documentation), per GPU (agent)
gpu_memory_freespace | By | gauge | Maximum Minimum Average | 15 | userId instanceId gpuId | Free GPU memory, per GPU (agent)
gpu_memory_freeutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId gpuId | Free share of GPU memory, per GPU (agent)
gpu_memory_userdspace | By | gauge | Maximum Minimum Average | 15 | userId instanceId gpuId | Used GPU memory (spelling as in the documentation), per GPU (agent)
gpu_memory_usedutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId gpuId | Used share of GPU memory, per GPU (agent)
gpu_power_readings_power_draw | W | gauge | Maximum Minimum Average | 15 | userId instanceId gpuId | GPU power draw, per GPU (agent)
group_gpu_decoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId groupId | Use of the GPU video decoder, averaged over an application group (agent)
group_gpu_encoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId groupId | Use of the GPU video encoder, averaged over an application group (agent)
group_gpu_gpu_temperature | Cel | gauge | Maximum Minimum Average | 15 | userId groupId | GPU temperature, averaged over an application group (agent)
group_gpu_gpu_usedutilization | % | ratio | Maximum Minimum Average | 15 | userId groupId | GPU use, averaged over an application group (agent)
group_gpu_memory_freespace | By | gauge | Maximum Minimum Average | 15 | userId groupId | Free GPU memory, averaged over an application group (agent)
group_gpu_memory_freeutilization | % | ratio | Maximum Minimum Average | 15 | userId groupId | Free share of GPU memory, averaged over an application group (agent)
group_gpu_memory_usedspace | By | gauge | Maximum Minimum Average | 15 | userId groupId | Used GPU memory, averaged over an application group (agent)
group_gpu_memory_usedutilization | % | ratio | Maximum Minimum Average | 15 | userId groupId | Used share of GPU memory, averaged over an application group (agent)
group_gpu_power_readings_power_draw | W | gauge | Maximum Minimum Average | 15 | userId groupId | GPU power draw, averaged over an application group (agent)
instance_gpu_decoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Use of the GPU video decoder, over all GPUs of the instance (agent)
instance_gpu_encoder_utilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Use of the GPU video encoder, over all GPUs of the instance (agent)
instance_gpu_temperature | Cel | gauge | Maximum Minimum Average | 15 | userId instanceId | GPU temperature, over all GPUs of the instance (agent)
instance_gpu_usedutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | GPU use, over all GPUs of the instance (agent)
instance_gpu_memory_freespace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Free GPU memory, over all GPUs of the instance (agent)
instance_gpu_memory_freeutlization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Free share of GPU memory, over all GPUs of the instance (agent)
instance_gpu_memory_usedspace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Used GPU memory, over all GPUs of the instance (agent)
instance_gpu_memory_usedutilizatioin | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Used share of GPU memory (spelling as in the documentation), over all GPUs of the instance (agent)
instance_gpu_power_readings_power_draw | W | gauge | Maximum Minimum Average | 15 | userId instanceId | GPU power draw, over all GPUs of the instance (agent)
load_15m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | System load, 15-minute average (agent)
load_1m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | System load, 1-minute average (agent)
load_5m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | System load, 5-minute average (agent)
memory_actualusedspace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Memory used without buffers and cache (agent)
memory_freespace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Free memory (agent)
memory_freeutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Free share of memory (agent)
memory_totalspace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Memory of the host (agent)
memory_usedspace | By | gauge | Maximum Minimum Average | 15 | userId instanceId | Memory used (agent)
memory_usedutilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Used share of memory (agent)
net_tcpconnection | {count} | gauge | Maximum Minimum Average | 15 | userId instanceId state | TCP connections per TCP state (agent)
networkin_errorpackages | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Inbound packet errors per second, per network device (agent)
networkin_packages | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Inbound packets per second, per network device (agent)
networkin_rate | bit/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Inbound bandwidth per network device (agent)
networkout_errorpackages | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Outbound packet errors per second, per network device (agent)
networkout_packages | {count}/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Outbound packets per second, per network device (agent)
networkout_rate | bit/s | rate | Maximum Minimum Average | 15 | userId instanceId device | Outbound bandwidth per network device (agent)
process.number | {count}/min | rate | Average | 15 | userId instanceId processName | Number of processes that match a configured process name (agent)
vm.CPUUtilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | CPU utilisation, from the first-generation agent (obsolete)
vm.DiskIORead | By/s | rate | Maximum Minimum Average | 15 | userId instanceId diskname | Disk I/O read, from the first-generation agent (obsolete)
vm.DiskIOWrite | By/s | rate | Maximum Minimum Average | 15 | userId instanceId diskname | Disk I/O write, from the first-generation agent (obsolete)
vm.DiskIusedUtilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId mountpoint | Disk iused utilisation, from the first-generation agent (obsolete)
vm.DiskUtilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId mountpoint | Disk utilisation, from the first-generation agent (obsolete)
vm.LoadAverage | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId period | Load average, from the first-generation agent (obsolete)
vm.MemoryUtilization | % | ratio | Maximum Minimum Average | 15 | userId instanceId | Memory utilisation, from the first-generation agent (obsolete)
vm.TcpCount | {count}/min | rate | Maximum Minimum Average | 15 | userId instanceId state | TCP count, from the first-generation agent (obsolete)
load_per_core_15m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | 15-minute load divided by the number of cores (agent)
load_per_core_1m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | 1-minute load divided by the number of cores (agent)
load_per_core_5m | 1 | gauge | Maximum Minimum Average | 15 | userId instanceId | 5-minute load divided by the number of cores (agent)
gpu_gpu_usedutilization | % | ratio | Average Minimum Maximum | 15 | userId instanceId gpuId | GPU use, per GPU (agent)
gpu_memory_usedspace | By | gauge | Average Minimum Maximum | 15 | userId instanceId gpuId | Used GPU memory, per GPU (agent)

# acs_slb_dashboard | slb | instanceId | ACS::SLB::LoadBalancer | Classic Load Balancer (SLB, CLB)
ActiveConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Active (established) connections (per listener)
DropConnection | {connection}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Connections dropped per second (per listener)
DropPacketRX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Inbound packets dropped per second (per listener)
DropPacketTX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Outbound packets dropped per second (per listener)
DropTrafficRX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Inbound traffic dropped (per listener)
DropTrafficTX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Outbound traffic dropped (per listener)
HeathyServerCount | {server} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port vip | Back-end servers that pass their health check (Alibaba really spells it Heathy) (per listener)
InactiveConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Connections not in the established state (per listener)
InstanceActiveConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId | Active (established) connections (whole instance)
InstanceDropConnection | {connection}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Connections dropped per second (whole instance)
InstanceDropPacketRX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Inbound packets dropped per second (whole instance)
InstanceDropPacketTX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Outbound packets dropped per second (whole instance)
InstanceDropTrafficRX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Inbound traffic dropped (whole instance)
InstanceDropTrafficTX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Outbound traffic dropped (whole instance)
InstanceInactiveConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId | Connections not in the established state (whole instance)
InstanceMaxConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId | Concurrent connections (whole instance)
InstanceMaxConnectionUtilization | % | ratio | Average Minimum Maximum | 60 300 | userId instanceId | Concurrent connections as a share of the specification (whole instance)
InstanceNewConnection | {connection}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | New connections (whole instance)
InstanceNewConnectionUtilization | % | ratio | Average Minimum Maximum | 60 300 | userId instanceId | New connections as a share of the specification (whole instance)
InstancePacketRX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Inbound packets per second (whole instance)
InstancePacketTX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Outbound packets per second (whole instance)
InstanceQps | {request}/s | rate | Average | 60 300 | userId instanceId | Requests per second (whole instance)
InstanceQpsUtilization | % | ratio | Average Minimum Maximum | 60 300 | userId instanceId | Requests per second as a share of the specification (whole instance)
InstanceRt | ms | gauge | Average | 60 300 | userId instanceId | Average response time (whole instance)
InstanceStatusCode2xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second with status 2xx (whole instance)
InstanceStatusCode3xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second with status 3xx (whole instance)
InstanceStatusCode4xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second with status 4xx (whole instance)
InstanceStatusCode5xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second with status 5xx (whole instance)
InstanceStatusCodeOther | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second with a status code outside 2xx to 5xx (whole instance)
InstanceTrafficRX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Inbound traffic (whole instance)
InstanceTrafficTX | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId | Outbound traffic (whole instance)
InstanceUpstreamCode4xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second from the back-end servers with status 4xx (whole instance)
InstanceUpstreamCode5xx | {request}/s | rate | Average | 60 300 | userId instanceId | Responses per second from the back-end servers with status 5xx (whole instance)
InstanceUpstreamRt | ms | gauge | Average | 60 300 | userId instanceId | Response time of the back-end servers (whole instance)
MaxConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Concurrent connections (per listener)
NewConnection | {connection} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port protocol | New connections (per listener)
PacketRX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Inbound packets per second (per listener)
PacketTX | {packet}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Outbound packets per second (per listener)
Qps | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Requests per second (per listener)
Rt | ms | gauge | Average | 60 300 | userId instanceId port protocol | Average response time (per listener)
StatusCode2xx | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Responses per second with status 2xx (per listener)
StatusCode3xx | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Responses per second with status 3xx (per listener)
StatusCode4xx | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Responses per second with status 4xx (per listener)
StatusCode5xx | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Responses per second with status 5xx (per listener)
StatusCodeOther | {request}/s | rate | Average | 60 300 | userId instanceId port protocol | Responses per second with a status code outside 2xx to 5xx (per listener)
TrafficRXNew | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Inbound traffic (per listener)
TrafficTXNew | bit/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Outbound traffic (per listener)
UnhealthyServerCount | {server} | gauge | Average Minimum Maximum | 60 300 | userId instanceId port vip | Back-end servers that fail their health check (per listener)
UpstreamCode4xx | {request}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Responses per second from the back-end servers with status 4xx (per listener)
UpstreamCode5xx | {request}/s | rate | Average Minimum Maximum | 60 300 | userId instanceId port protocol | Responses per second from the back-end servers with status 5xx (per listener)
UpstreamRt | ms | gauge | Average | 60 300 | userId instanceId port protocol | Response time of the back-end servers (per listener)
InstanceTrafficTXUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Outbound bandwidth as a share of the limit (whole instance)
UnhealthyServerCountWithRule | {server} | gauge | Average Maximum Minimum | 60 | userId instanceId port vip domain url | Unhealthy back-end servers per forwarding rule (per listener)
HealthyServerCountWithRule | {server} | gauge | Average Maximum Minimum | 60 | userId instanceId port vip domain url | Healthy back-end servers per forwarding rule (per listener)
GroupActiveConnection | {count} | gauge | - | 60 | groupId | Active (established) connections (application group)
GroupNewConnection | {count} | gauge | - | 60 | groupId | New connections (application group)
GroupUnhealthyServerCount | {server} | gauge | - | 60 | groupId | Back-end servers that fail their health check (application group)
GroupTotalTrafficRX | bit/s | rate | Value | 60 | groupId | Total inbound traffic (application group)
GroupTotalTrafficTX | bit/s | rate | Value | 60 | groupId | Total outbound traffic (application group)
InstanceTrafficRXUtilization | % | ratio | Average Minimum Maximum | 60 | userId instanceId | Inbound bandwidth as a share of the limit (whole instance)
GroupTrafficRX | bit/s | rate | Average Minimum Maximum Sum | 60 | groupId | Inbound traffic (application group)
GroupTrafficTX | bit/s | rate | Average Minimum Maximum Sum | 60 | groupId | Outbound traffic (application group)

# acs_alb | alb | loadBalancerId | ACS::ALB::LoadBalancer | Application Load Balancer
ListenerActiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Established TCP connections, per listener
ListenerClientTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Failed TLS handshakes with clients per second, per listener
ListenerHTTPCode2XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 2XX, per listener
ListenerHTTPCode3XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 3XX, per listener
ListenerHTTPCode4XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 4XX, per listener
ListenerHTTPCode500 | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 500, per listener
ListenerHTTPCode502 | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 502, per listener
ListenerHTTPCode503 | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 503, per listener
ListenerHTTPCode504 | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 504, per listener
ListenerHTTPCode5XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 5XX, per listener
ListenerHTTPCodeUpstream2XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second from the back-end servers with status 2XX, per listener
ListenerHTTPCodeUpstream3XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second from the back-end servers with status 3XX, per listener
ListenerHTTPCodeUpstream4XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second from the back-end servers with status 4XX, per listener
ListenerHTTPCodeUpstream5XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second from the back-end servers with status 5XX, per listener
ListenerHTTPFixedResponse | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Fixed responses sent per second, per listener
ListenerHTTPRedirect | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Redirects sent per second, per listener
ListenerHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Healthy back-end servers, per listener
ListenerInBits | bit/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Inbound traffic, per listener
ListenerNewConnection | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | New TCP connections per second, per listener
ListenerNonStickyRequest | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Requests per second that could not keep their session (no sticky target), per listener
ListenerOutBits | bit/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Outbound traffic, per listener
ListenerQPS | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Requests per second, per listener
ListenerRejectedConnection | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Connections refused per second, per listener
ListenerUnHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Unhealthy back-end servers, per listener
ListenerUpstreamConnectionError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Failed connections to the back-end servers per second, per listener
ListenerUpstreamResponseTime | ms | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Response time of the back-end servers, per listener
ListenerUpstreamTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Failed TLS handshakes with the back-end servers per second, per listener
LoadBalancerActiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId | Established TCP connections, per load balancer
LoadBalancerClientTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId | Failed TLS handshakes with clients per second, per load balancer
LoadBalancerHTTPCode2XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 2XX, per load balancer
LoadBalancerHTTPCode3XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 3XX, per load balancer
LoadBalancerHTTPCode4XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 4XX, per load balancer
LoadBalancerHTTPCode500 | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 500, per load balancer
LoadBalancerHTTPCode502 | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 502, per load balancer
LoadBalancerHTTPCode503 | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 503, per load balancer
LoadBalancerHTTPCode504 | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 504, per load balancer
LoadBalancerHTTPCode5XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second with status 5XX, per load balancer
LoadBalancerHTTPCodeUpstream2XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second from the back-end servers with status 2XX, per load balancer
LoadBalancerHTTPCodeUpstream3XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second from the back-end servers with status 3XX, per load balancer
LoadBalancerHTTPCodeUpstream4XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second from the back-end servers with status 4XX, per load balancer
LoadBalancerHTTPCodeUpstream5XX | {count}/s | rate | Value | 60 | userId loadBalancerId | Responses per second from the back-end servers with status 5XX, per load balancer
LoadBalancerHTTPFixedResponse | {count}/s | rate | Value | 60 | userId loadBalancerId | Fixed responses sent per second, per load balancer
LoadBalancerHTTPRedirect | {count}/s | rate | Value | 60 | userId loadBalancerId | Redirects sent per second, per load balancer
LoadBalancerHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId | Healthy back-end servers, per load balancer
LoadBalancerInBits | bit/s | rate | Value | 60 | userId loadBalancerId | Inbound traffic, per load balancer
LoadBalancerNewConnection | {count}/s | rate | Value | 60 | userId loadBalancerId | New TCP connections per second, per load balancer
LoadBalancerNonStickyRequest | {count}/s | rate | Value | 60 | userId loadBalancerId | Requests per second that could not keep their session (no sticky target), per load balancer
LoadBalancerOutBits | bit/s | rate | Value | 60 | userId loadBalancerId | Outbound traffic, per load balancer
LoadBalancerQPS | {count}/s | rate | Value | 60 | userId loadBalancerId | Requests per second, per load balancer
LoadBalancerRejectedConnection | {count}/s | rate | Value | 60 | userId loadBalancerId | Connections refused per second, per load balancer
LoadBalancerUnHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId | Unhealthy back-end servers, per load balancer
LoadBalancerUpstreamConnectionError | {count}/s | rate | Value | 60 | userId loadBalancerId | Failed connections to the back-end servers per second, per load balancer
LoadBalancerUpstreamResponseTime | ms | gauge | Value | 60 | userId loadBalancerId | Response time of the back-end servers, per load balancer
LoadBalancerUpstreamTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId | Failed TLS handshakes with the back-end servers per second, per load balancer
RuleHTTPCodeUpstream2XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Responses per second from the back-end servers with status 2XX, per forwarding rule
RuleHTTPCodeUpstream3XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Responses per second from the back-end servers with status 3XX, per forwarding rule
RuleHTTPCodeUpstream4XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Responses per second from the back-end servers with status 4XX, per forwarding rule
RuleHTTPCodeUpstream5XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Responses per second from the back-end servers with status 5XX, per forwarding rule
RuleHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Healthy back-end servers, per forwarding rule
RuleNonStickyRequest | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Requests per second that could not keep their session (no sticky target), per forwarding rule
RuleQPS | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Requests per second, per forwarding rule
RuleUnHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Unhealthy back-end servers, per forwarding rule
RuleUpstreamConnectionError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Failed connections to the back-end servers per second, per forwarding rule
RuleUpstreamResponseTime | ms | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Response time of the back-end servers, per forwarding rule
RuleUpstreamTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Failed TLS handshakes with the back-end servers per second, per forwarding rule
ServerGroupHTTPCodeUpstream2XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Responses per second from the back-end servers with status 2XX, per server group
ServerGroupHTTPCodeUpstream3XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Responses per second from the back-end servers with status 3XX, per server group
ServerGroupHTTPCodeUpstream4XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Responses per second from the back-end servers with status 4XX, per server group
ServerGroupHTTPCodeUpstream5XX | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Responses per second from the back-end servers with status 5XX, per server group
ServerGroupHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Healthy back-end servers, per server group
ServerGroupNonStickyRequest | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Requests per second that could not keep their session (no sticky target), per server group
ServerGroupQPS | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Requests per second, per server group
ServerGroupUnHealthyHostCount | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Unhealthy back-end servers, per server group
ServerGroupUpstreamConnectionError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Failed connections to the back-end servers per second, per server group
ServerGroupUpstreamResponseTime | ms | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Response time of the back-end servers, per server group
ServerGroupUpstreamTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId listenerProtocol listenerPort serverGroupId | Failed TLS handshakes with the back-end servers per second, per server group
LoadBalancerInactiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId | TCP connections not in the established state, per load balancer
LoadBalancerMaxConnection | {count} | gauge | Value | 60 | userId loadBalancerId | Concurrent TCP connections, per load balancer
LoadBalancerRequestTime | ms | gauge | Value | 60 | userId loadBalancerId | Request time seen by the load balancer, per load balancer
ConsumedLCUs | {count} | gauge | Value | 60 | userId loadBalancerId | Load-balancer capacity units consumed, per load balancer
PeakLCUs | {count} | gauge | Value | 60 | userId loadBalancerId | Peak load-balancer capacity units, per load balancer
ReservedLCUs | {count} | gauge | Value | 60 | userId loadBalancerId | Load-balancer capacity units reserved, per load balancer
ListenerInactiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | TCP connections not in the established state, per listener
ListenerMaxConnection | {count} | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Concurrent TCP connections, per listener
ListenerRequestTime | ms | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort | Request time seen by the load balancer, per listener
RuleRequestTime | ms | gauge | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Request time seen by the load balancer, per forwarding rule
ServerGroupRequestTime | ms | gauge | Value | 60 | userId loadBalancerId serverGroupId | Request time seen by the load balancer, per server group
RuleHTTPCodeUpstream2XXRatio | % | ratio | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Share of responses from the back-end servers with status 2XX, per forwarding rule
RuleHTTPCodeUpstream3XXRatio | % | ratio | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Share of responses from the back-end servers with status 3XX, per forwarding rule
RuleHTTPCodeUpstream4XXRatio | % | ratio | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Share of responses from the back-end servers with status 4XX, per forwarding rule
RuleHTTPCodeUpstream5XXRatio | % | ratio | Value | 60 | userId loadBalancerId listenerProtocol listenerPort ruleId | Share of responses from the back-end servers with status 5XX, per forwarding rule
VipActiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId vip | Established TCP connections, per virtual IP (zone)
VipInactiveConnection | {count} | gauge | Value | 60 | userId loadBalancerId vip | TCP connections not in the established state, per virtual IP (zone)
VipMaxConnection | {count} | gauge | Value | 60 | userId loadBalancerId vip | Concurrent TCP connections, per virtual IP (zone)
VipNewConnection | {count}/s | rate | Value | 60 | userId loadBalancerId vip | New TCP connections per second, per virtual IP (zone)
VipRejectedConnection | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Connections refused per second, per virtual IP (zone)
VipUpstreamConnectionError | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Failed connections to the back-end servers per second, per virtual IP (zone)
VipUpstreamTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Failed TLS handshakes with the back-end servers per second, per virtual IP (zone)
VipClientTLSNegotiationError | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Failed TLS handshakes with clients per second, per virtual IP (zone)
VipHTTPFixedResponse | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Fixed responses sent per second, per virtual IP (zone)
VipHTTPRedirect | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Redirects sent per second, per virtual IP (zone)
VipQPS | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Requests per second, per virtual IP (zone)
VipNonStickyRequest | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Requests per second that could not keep their session (no sticky target), per virtual IP (zone)
VipUpstreamResponseTime | ms | gauge | Value | 60 | userId loadBalancerId vip | Response time of the back-end servers, per virtual IP (zone)
VipRequestTime | ms | gauge | Value | 60 | userId loadBalancerId vip | Request time seen by the load balancer, per virtual IP (zone)
VipOutBits | bit/s | rate | Value | 60 | userId loadBalancerId vip | Outbound traffic, per virtual IP (zone)
VipInBits | bit/s | rate | Value | 60 | userId loadBalancerId vip | Inbound traffic, per virtual IP (zone)
VipHTTPCode2XX | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 2XX, per virtual IP (zone)
VipHTTPCode3XX | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 3XX, per virtual IP (zone)
VipHTTPCode4XX | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 4XX, per virtual IP (zone)
VipHTTPCode5XX | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 5XX, per virtual IP (zone)
VipHTTPCode500 | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 500, per virtual IP (zone)
VipHTTPCode502 | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 502, per virtual IP (zone)
VipHTTPCode503 | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 503, per virtual IP (zone)
VipHTTPCode504 | {count}/s | rate | Value | 60 | userId loadBalancerId vip | Responses per second with status 504, per virtual IP (zone)
DualStack_ListenerActiveConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Established TCP connections, per listener, split by IPv4 and IPv6
DualStack_ListenerClientTLSNegotiationError | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Failed TLS handshakes with clients per second, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode2XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 2XX, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode3XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 3XX, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode4XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 4XX, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode500 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 500, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode502 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 502, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode503 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 503, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode504 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 504, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPCode5XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Responses per second with status 5XX, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPFixedResponse | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Fixed responses sent per second, per listener, split by IPv4 and IPv6
DualStack_ListenerHTTPRedirect | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Redirects sent per second, per listener, split by IPv4 and IPv6
DualStack_ListenerInBits | bit/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Inbound traffic, per listener, split by IPv4 and IPv6
DualStack_ListenerNewConnection | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | New TCP connections per second, per listener, split by IPv4 and IPv6
DualStack_ListenerNonStickyRequest | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Requests per second that could not keep their session (no sticky target), per listener, split by IPv4 and IPv6
DualStack_ListenerOutBits | bit/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Outbound traffic, per listener, split by IPv4 and IPv6
DualStack_ListenerQPS | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Requests per second, per listener, split by IPv4 and IPv6
DualStack_ListenerRejectedConnection | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Connections refused per second, per listener, split by IPv4 and IPv6
DualStack_LoadBalancerActiveConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId | Established TCP connections, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerClientTLSNegotiationError | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Failed TLS handshakes with clients per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode2XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 2XX, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode3XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 3XX, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode4XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 4XX, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode500 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 500, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode502 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 502, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode503 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 503, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode504 | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 504, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPCode5XX | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Responses per second with status 5XX, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPFixedResponse | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Fixed responses sent per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerHTTPRedirect | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Redirects sent per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerInBits | bit/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Inbound traffic, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerNewConnection | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | New TCP connections per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerNonStickyRequest | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Requests per second that could not keep their session (no sticky target), per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerOutBits | bit/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Outbound traffic, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerQPS | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Requests per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerRejectedConnection | {count}/s | rate | ipv4 ipv6 | 60 | userId loadBalancerId | Connections refused per second, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerInactiveConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId | TCP connections not in the established state, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerMaxConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId | Concurrent TCP connections, per load balancer, split by IPv4 and IPv6
DualStack_LoadBalancerRequestTime | ms | gauge | ipv4 ipv6 | 60 | userId loadBalancerId | Request time seen by the load balancer, per load balancer, split by IPv4 and IPv6
DualStack_ListenerInactiveConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | TCP connections not in the established state, per listener, split by IPv4 and IPv6
DualStack_ListenerMaxConnection | {count} | gauge | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Concurrent TCP connections, per listener, split by IPv4 and IPv6
DualStack_ListenerRequestTime | ms | gauge | ipv4 ipv6 | 60 | userId loadBalancerId listenerProtocol listenerPort | Request time seen by the load balancer, per listener, split by IPv4 and IPv6

# acs_nlb | nlb | instanceId | ACS::NLB::LoadBalancer | Network Load Balancer
InstanceNewConnection | {count}/s | rate | Average | 60 | userId instanceId | New connections per second, whole instance
InstanceDropConnection | {count}/s | rate | Average | 60 | userId instanceId | Dropped connections per second, whole instance
InstancePacketRX | {count}/s | rate | Average | 60 | userId instanceId | Inbound packets per second, whole instance
InstancePacketTX | {count}/s | rate | Average | 60 | userId instanceId | Outbound packets per second, whole instance
InstanceDropPacketRX | {count}/s | rate | Average | 60 | userId instanceId | Inbound packets dropped per second, whole instance
InstanceDropPacketTX | {count}/s | rate | Average | 60 | userId instanceId | Outbound packets dropped per second, whole instance
InstanceActiveConnection | {count} | gauge | Average | 60 | userId instanceId | Established connections, whole instance
InstanceInactiveConnection | {count} | gauge | Average | 60 | userId instanceId | Connections not established, whole instance
InstanceMaxConnection | {count} | gauge | Average | 60 | userId instanceId | Concurrent connections, whole instance
InstanceTrafficRX | bit/s | rate | Average | 60 | userId instanceId | Inbound traffic, whole instance
InstanceTrafficTX | bit/s | rate | Average | 60 | userId instanceId | Outbound traffic, whole instance
InstanceDropTrafficRX | bit/s | rate | Average | 60 | userId instanceId | Inbound traffic dropped, whole instance
InstanceDropTrafficTX | bit/s | rate | Average | 60 | userId instanceId | Outbound traffic dropped, whole instance
NewConnection | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | New connections per second, per listener
DropConnection | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Dropped connections per second, per listener
DropPacketRX | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Inbound packets dropped per second, per listener
DropPacketTX | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Outbound packets dropped per second, per listener
ListenerPacketRX | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Inbound packets per second, per listener
ListenerPacketTX | {count}/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Outbound packets per second, per listener
ActiveConnection | {count} | gauge | Average | 60 | userId instanceId listenerProtocol listenerPort | Established connections, per listener
InactiveConnection | {count} | gauge | Average | 60 | userId instanceId listenerProtocol listenerPort | Connections not established, per listener
MaxConnection | {count} | gauge | Average | 60 | userId instanceId listenerProtocol listenerPort | Concurrent connections, per listener
ListenerHeathyServerCount | {count} | gauge | Average | 60 | userId instanceId listenerProtocol listenerPort | Healthy back-end servers (Alibaba spells it Heathy), per listener
ListenerUnhealthyServerCount | {count} | gauge | Average | 60 | userId instanceId listenerProtocol listenerPort | Unhealthy back-end servers, per listener
DropTrafficRX | bit/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Inbound traffic dropped, per listener
DropTrafficTX | bit/s | rate | Average | 60 | userId instanceId listenerProtocol listenerPort | Outbound traffic dropped, per listener
VipActiveConnection | {count} | gauge | Average | 60 | userId instanceId vip | Established connections, per virtual IP (zone)
VipClientResetPacket | {count}/s | rate | Average | 60 | userId instanceId vip | Reset packets from clients, per virtual IP (zone)
VipDropConnection | {count}/s | rate | Average | 60 | userId instanceId vip | Dropped connections per second, per virtual IP (zone)
VipDropPacketRX | {count}/s | rate | Average | 60 | userId instanceId vip | Inbound packets dropped per second, per virtual IP (zone)
VipDropPacketTX | {count}/s | rate | Average | 60 | userId instanceId vip | Outbound packets dropped per second, per virtual IP (zone)
VipPacketRX | {count}/s | rate | Average | 60 | userId instanceId vip | Inbound packets per second, per virtual IP (zone)
VipPacketTX | {count}/s | rate | Average | 60 | userId instanceId vip | Outbound packets per second, per virtual IP (zone)
VipDropTrafficRX | bit/s | rate | Average | 60 | userId instanceId vip | Inbound traffic dropped, per virtual IP (zone)
VipDropTrafficTX | bit/s | rate | Average | 60 | userId instanceId vip | Outbound traffic dropped, per virtual IP (zone)
VipTrafficRX | bit/s | rate | Average | 60 | userId instanceId vip | Inbound traffic, per virtual IP (zone)
VipTrafficTX | bit/s | rate | Average | 60 | userId instanceId vip | Outbound traffic, per virtual IP (zone)
ConsumedLCUs | {count} | gauge | Value | 60 | userId instanceId | Load-balancer capacity units consumed, whole instance

# acs_gwlb | gwlb | instanceId | - | Gateway Load Balancer
ActiveConnection | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | Established connections, whole instance
NewConnection | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | New connections per second, whole instance
TrafficRX | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | Inbound traffic, whole instance
TrafficTX | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | Outbound traffic, whole instance
PacketRX | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | Inbound packets per second, whole instance
PacketTX | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion | Outbound packets per second, whole instance
ServerGroupUnhealthyHostCount | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion serverGroupId | Unhealthy back-end servers, per server group
ServerGroupHealthyHostCount | - | gauge | - | 60 | userId instanceId regionId availableZone addressIpVersion serverGroupId | Healthy back-end servers, per server group

# acs_rds_dashboard | rds | instanceId | ACS::RDS::DBInstance | ApsaraDB RDS
active_connections_per_cpu | {count} | gauge | Average | 60 | userId instanceId | PostgreSQL active connections per CPU
conn_usgae | % | ratio | Average | 60 | userId instanceId | PostgreSQL connections as a share of the maximum (spelling as published)
cpu_usage | % | ratio | Average | 60 | userId instanceId | PostgreSQL CPU use
iops_usage | % | ratio | Average | 60 | userId instanceId | PostgreSQL IOPS use
local_fs_inode_usage | % | ratio | Average | 60 | userId instanceId | PostgreSQL inode use
local_fs_size_usage | % | ratio | Average | 60 | userId instanceId | PostgreSQL disk use
mem_usage | % | ratio | Average | 60 | userId instanceId | PostgreSQL memory use
PG_RO_ReadLag | s | gauge | Average | 60 | userId instanceId | Replay lag of a PostgreSQL read-only instance
PG_RO_StreamingStatus | 1 | gauge | Average | 60 | userId instanceId | Streaming state of a PostgreSQL read-only instance
ConnectionUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Connections in use as a share of the maximum
CpuUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | CPU use
DataDelay | s | gauge | Maximum Minimum Average | 60 | userId instanceId | Replication lag of a read-only instance
DiskUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Used share of the disk
IOPSUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | I/O operations as a share of the IOPS limit
MemoryUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Used share of memory
MySQL_ActiveSessions | {session} | gauge | Maximum Minimum Average | 60 | userId instanceId | Active MySQL sessions
MySQL_ComDelete | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | DELETE statements per second
MySQL_ComInsert | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | INSERT statements per second
MySQL_ComInsertSelect | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | INSERT ... SELECT statements per second
MySQL_ComReplace | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | REPLACE statements per second
MySQL_ComReplaceSelect | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | REPLACE ... SELECT statements per second
MySQL_ComSelect | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | SELECT statements per second
MySQL_ComUpdate | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | UPDATE statements per second
MySQL_IbufRequestR | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Logical reads from the InnoDB buffer pool per second
MySQL_IbufRequestW | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Logical writes to the InnoDB buffer pool per second
MySQL_QPS | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | MySQL statements per second
MySQL_TPS | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | MySQL transactions per second
SQLServer_NetworkInNew | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | SQL Server inbound network traffic
SQLServer_NetworkOutNew | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | SQL Server outbound network traffic
MySQL_NetworkInNew | bit/s | rate | Average Minimum Maximum | 60 | userId instanceId | MySQL inbound network traffic
MySQL_NetworkOutNew | bit/s | rate | Average Minimum Maximum | 60 | userId instanceId | MySQL outbound network traffic
MySQL_IbufDirtyRatio | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Dirty share of the InnoDB buffer pool
MySQL_IbufUseRatio | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Used share of the InnoDB buffer pool
MySQL_InnoDBDataRead | KiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Data read by InnoDB (per second)
MySQL_InnoDBDataWritten | KiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Data written by InnoDB (per second)
MySQL_TempDiskTableCreates | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Temporary tables created on disk per second
MySQL_InnoDBRowUpdate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB rows updated per second
MySQL_InnoDBRowInsert | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB rows inserted per second
MySQL_InnoDBRowDelete | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB rows deleted per second
MySQL_InnoDBRowRead | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB rows read per second
MySQL_InnoDBLogFsync | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB log fsync calls per second
MySQL_InnoDBLogWrites | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Physical writes to the InnoDB log per second
MySQL_InnoDBLogWriteRequests | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | InnoDB log write requests per second
MySQL_SlowQueries | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Slow queries per second
MySQL_IbufReadHit | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Hit ratio of reads on the InnoDB buffer pool
MySQL_ibufPoolReads | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Reads the InnoDB buffer pool had to take from disk, per second
MySQL_DataDiskSize | MiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by data
MySQL_InstanceDiskSize | MiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by the instance
MySQL_LogDiskSize | MiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by logs
MySQL_OtherDiskSize | MiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by system files
MySQL_TmpDiskSize | MiBy | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by temporary files
MySQL_ProxyCpuUsage | % | ratio | Average Maximum Minimum | 60 | userId instanceId | CPU use of the database proxy
MySQL_ProxyMemUsage | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Memory use of the database proxy
MySQL_SlaveIORunning | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId | State of the replication I/O thread
MySQL_SlaveSQLRunning | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId | State of the replication SQL thread
MySQL_ThreadsConnected | {thread} | gauge | Average Maximum Minimum | 60 | userId instanceId | Open MySQL threads
MySQL_ThreadsRunning | {thread} | gauge | Average Maximum Minimum | 60 | userId instanceId | Running MySQL threads
AvgLogSize | By | gauge | Average | 60 | userId instanceId direction | Average size of a synchronised block (multi-site replication)
Flow | By/s | rate | Average | 60 | userId instanceId direction | Synchronisation traffic (multi-site replication)
MaxLogSize | By | gauge | Average | 60 | userId instanceId direction | Largest synchronised block (multi-site replication)
Rt | ms | gauge | Average | 60 | userId instanceId direction | Synchronisation delay (multi-site replication)
TPS | {transaction}/s | rate | Average | 60 | userId instanceId direction | Synchronised transactions per second (multi-site replication)
PG_DBAge | {transaction} | gauge | Average Maximum Minimum | 60 | userId instanceId | Age of the oldest transaction ID in PostgreSQL

# acs_kvstore | redis | instanceId | ACS::KVStore::Instance? | ApsaraDB for Redis / Tair (Redis API)
ConnectionUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Connections as a share of the limit (older metric set)
CpuUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | CPU use (older metric set)
FailedCount | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Failed commands per second (older metric set)
IntranetIn | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Inbound traffic (older metric set)
IntranetInRatio | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Inbound bandwidth as a share of the limit (older metric set)
IntranetOut | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Outbound traffic (older metric set)
IntranetOutRatio | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Outbound bandwidth as a share of the limit (older metric set)
MemoryUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Used share of memory (older metric set)
UsedConnection | {connection} | gauge | Maximum Minimum Average | 60 | userId instanceId | Connections in use (older metric set)
UsedMemory | By | gauge | Maximum Minimum Average | 60 | userId instanceId | Memory in use (older metric set)
UsedQPS | {command}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Commands per second (older metric set)
SplitrwAvgRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Average command latency (read/write-splitting edition, per node)
SplitrwConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Connections as a share of the limit (read/write-splitting edition, per node)
SplitrwCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | CPU use (read/write-splitting edition, per node)
SplitrwFailedCount | {count}/s | rate | Average Maximum | 60 | userId instanceId nodeId | Failed commands per second (read/write-splitting edition, per node)
SplitrwHitRate | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Key hit ratio (read/write-splitting edition, per node)
SplitrwIntranetIn | KiBy/s | rate | Average Maximum | 60 | userId instanceId nodeId | Inbound traffic (read/write-splitting edition, per node)
SplitrwIntranetInRatio | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Inbound bandwidth as a share of the limit (read/write-splitting edition, per node)
SplitrwIntranetOut | KiBy/s | rate | Average Maximum | 60 | userId instanceId nodeId | Outbound traffic (read/write-splitting edition, per node)
SplitrwIntranetOutRatio | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Outbound bandwidth as a share of the limit (read/write-splitting edition, per node)
SplitrwKeys | {key} | gauge | Average Maximum | 60 | userId instanceId nodeId | Number of keys (read/write-splitting edition, per node)
SplitrwMaxRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Highest command latency (read/write-splitting edition, per node)
SplitrwMemoryUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Used share of memory (read/write-splitting edition, per node)
SplitrwQPSUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Commands per second as a share of the limit (read/write-splitting edition, per node)
SplitrwUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId nodeId | Connections in use (read/write-splitting edition, per node)
SplitrwUsedMemory | By | gauge | Average Maximum Sum | 60 | userId instanceId nodeId | Memory in use (read/write-splitting edition, per node)
SplitrwUsedQPS | {command}/s | rate | Average Maximum | 60 | userId instanceId nodeId | Commands per second (read/write-splitting edition, per node)
AvgLogSize | By | gauge | Average | 60 | userId instanceId direction | Average size of a synchronised block (multi-site replication)
Flow | By/s | rate | Average | 60 | userId instanceId direction | Synchronisation traffic (multi-site replication)
MaxLogSize | By | gauge | Average | 60 | userId instanceId direction | Largest synchronised block (multi-site replication)
Rt | ms | gauge | Average | 60 | userId instanceId direction | Synchronisation delay (multi-site replication)
TPS | {transaction}/s | rate | Average | 60 | userId instanceId direction | Synchronised transactions per second (multi-site replication)
StandardAvgRt | us | gauge | Average Maximum | 60 | userId instanceId | Average command latency (standard edition)
StandardConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId | Connections as a share of the limit (standard edition)
StandardCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId | CPU use (standard edition)
StandardFailedCount | {count}/s | rate | Average Maximum | 60 | userId instanceId | Failed commands per second (standard edition)
StandardHitRate | % | ratio | Average Maximum | 60 | userId instanceId | Key hit ratio (standard edition)
StandardIntranetIn | KiBy/s | rate | Average Maximum | 60 | userId instanceId | Inbound traffic (standard edition)
StandardIntranetInRatio | % | ratio | Average Maximum | 60 | userId instanceId | Inbound bandwidth as a share of the limit (standard edition)
StandardIntranetOut | KiBy/s | rate | Average Maximum | 60 | userId instanceId | Outbound traffic (standard edition)
StandardIntranetOutRatio | % | ratio | Average Maximum | 60 | userId instanceId | Outbound bandwidth as a share of the limit (standard edition)
StandardKeys | {key} | gauge | Average Maximum | 60 | userId instanceId | Number of keys (standard edition)
StandardMaxRt | us | gauge | Average Maximum | 60 | userId instanceId | Highest command latency (standard edition)
StandardMemoryUsage | % | ratio | Average Maximum | 60 | userId instanceId | Used share of memory (standard edition)
StandardQPSUsage | % | ratio | Average Maximum | 60 | userId instanceId | Commands per second as a share of the limit (standard edition)
StandardUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId | Connections in use (standard edition)
StandardUsedMemory | By | gauge | Average Maximum | 60 | userId instanceId | Memory in use (standard edition)
StandardUsedQPS | {command}/s | rate | Average Maximum | 60 | userId instanceId | Commands per second (standard edition)
ShardingAvgRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Average command latency (cluster edition, per node)
ShardingConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Connections as a share of the limit (cluster edition, per node)
ShardingCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | CPU use (cluster edition, per node)
ShardingHitRate | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Key hit ratio (cluster edition, per node)
ShardingIntranetIn | KiBy/s | rate | Average Maximum | 60 | userId instanceId nodeId | Inbound traffic (cluster edition, per node)
ShardingIntranetInRatio | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Inbound bandwidth as a share of the limit (cluster edition, per node)
ShardingIntranetOut | KiBy/s | rate | Average Maximum | 60 | userId instanceId nodeId | Outbound traffic (cluster edition, per node)
ShardingIntranetOutRatio | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Outbound bandwidth as a share of the limit (cluster edition, per node)
ShardingKeys | {key} | gauge | Average Maximum | 60 | userId instanceId nodeId | Number of keys (cluster edition, per node)
ShardingMaxRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Highest command latency (cluster edition, per node)
ShardingMemoryUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Used share of memory (cluster edition, per node)
ShardingQPSUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Commands per second as a share of the limit (cluster edition, per node)
ShardingUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId nodeId | Connections in use (cluster edition, per node)
ShardingUsedMemory | By | gauge | Average Maximum Sum | 60 | userId instanceId nodeId | Memory in use (cluster edition, per node)
ShardingUsedQPS | {command}/s | rate | Average Maximum | 60 | userId instanceId nodeId | Commands per second (cluster edition, per node)
ShardingSyncDelayTime | s | gauge | Maximum Average | 60 | userId instanceId nodeId | Replication delay (cluster edition, per node)
ShardingProxyAvgRequestSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Average request size (proxy of a cluster instance)
ShardingProxyAvgResponseSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Average response size (proxy of a cluster instance)
ShardingProxyAvgRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Average command latency (proxy of a cluster instance)
ShardingProxyConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Connections as a share of the limit (proxy of a cluster instance)
ShardingProxyCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | CPU use (proxy of a cluster instance)
ShardingProxyIntranetIn | bit/s | rate | Average Maximum | 60 | userId instanceId nodeId | Inbound traffic (proxy of a cluster instance)
ShardingProxyIntranetOut | bit/s | rate | Average Maximum | 60 | userId instanceId nodeId | Outbound traffic (proxy of a cluster instance)
ShardingProxyMaxRequestSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Largest request (proxy of a cluster instance)
ShardingProxyMaxResponseSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Largest response (proxy of a cluster instance)
ShardingProxyMaxRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Highest command latency (proxy of a cluster instance)
ShardingProxyTotalQps | {count}/s | rate | Average Maximum | 60 | userId instanceId nodeId | Requests per second (proxy of a cluster instance)
ShardingProxyUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId nodeId | Connections in use (proxy of a cluster instance)
SplitrwProxyAvgRequestSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Average request size (proxy of a read/write-splitting instance)
SplitrwProxyAvgResponseSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Average response size (proxy of a read/write-splitting instance)
SplitrwProxyAvgRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Average command latency (proxy of a read/write-splitting instance)
SplitrwProxyConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | Connections as a share of the limit (proxy of a read/write-splitting instance)
SplitrwProxyCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId nodeId | CPU use (proxy of a read/write-splitting instance)
SplitrwProxyIntranetIn | bit/s | rate | Average Maximum | 60 | userId instanceId nodeId | Inbound traffic (proxy of a read/write-splitting instance)
SplitrwProxyIntranetOut | bit/s | rate | Average Maximum | 60 | userId instanceId nodeId | Outbound traffic (proxy of a read/write-splitting instance)
SplitrwProxyMaxRequestSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Largest request (proxy of a read/write-splitting instance)
SplitrwProxyMaxResponseSize | By | gauge | Average Maximum | 60 | userId instanceId nodeId | Largest response (proxy of a read/write-splitting instance)
SplitrwProxyMaxRt | us | gauge | Average Maximum | 60 | userId instanceId nodeId | Highest command latency (proxy of a read/write-splitting instance)
SplitrwProxyTotalQps | {count}/s | rate | Average Maximum | 60 | userId instanceId | Requests per second (proxy of a read/write-splitting instance)
SplitrwProxyUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId | Connections in use (proxy of a read/write-splitting instance)
StandardSyncDelayTime | s | gauge | Average Maximum | 60 | userId instanceId | Replication delay (standard edition)
SplitrwSyncDelayTime | s | gauge | Average Maximum | 60 | userId instanceId nodeId | Replication delay (read/write-splitting edition, per node)
GroupConnectionUsage | % | ratio | Average | 60 | userId groupId | Connections as a share of the limit (application group)
GroupCpuUsage | % | ratio | Average | 60 | userId groupId | CPU use (application group)
GroupIntranetInRatio | % | ratio | Average | 60 | userId groupId | Inbound bandwidth as a share of the limit (application group)
GroupIntranetOutRatio | % | ratio | Average | 60 | userId groupId | Outbound bandwidth as a share of the limit (application group)
GroupMemoryUsage | % | ratio | Average | 60 | userId groupId | Used share of memory (application group)

# acs_cdn | cdn | instanceId | - | CDN
code_count_499 | {request} | total | Average Maximum Minimum | 60 | userId instanceId | Number of responses with status 499
code_ratio_499 | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Share of responses with status 499
user_code_count_499 | {request} | total | Average Maximum Minimum | 60 | userId | 499 responses over all domains of the account
BPS | bit/s | rate | Maximum Minimum Average | 60 | userId instanceId | Peak bandwidth to clients
EsCode4xx | {count} | total | Sum | 60 | userId instanceId | EdgeScript rule errors
InternetOut | By | total | Maximum Minimum Average | 60 | userId instanceId | Traffic sent to clients in the period
QPS | {request}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Requests per second
code4xx | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Share of responses with a 4xx status
code5xx | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Share of responses with a 5xx status
hitRate | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Byte hit ratio of the cache

# acs_dcdn | dcdn | instanceId | - | Dynamic Content Delivery Network
BPS | bit/s | rate | Average | 60 | userId instanceId | Peak bandwidth to clients
IPAOrigConnError | % | ratio | Value | 60 | userId domain_name isp location | Share of failed connections to the origin (IP application acceleration)
IPAOrigError | % | ratio | Value | 60 | userId domain_name isp location | Share of origin errors (IP application acceleration)
IPAOrigtimeout | % | ratio | Value | 60 | userId domain_name isp location | Share of origin timeouts (IP application acceleration)
QPS | {request}/s | rate | Average | 60 | userId instanceId | Requests per second
bps_in | bit/s | rate | Maximum | 60 | userId domain_name | Inbound bandwidth
bps_out | bit/s | rate | Maximum | 60 | userId domain_name | Outbound bandwidth
code4xx | % | ratio | Average | 60 | userId instanceId | Share of responses with a 4xx status
code5xx | % | ratio | Average | 60 | userId instanceId | Share of responses with a 5xx status
code_ratio_1 | % | ratio | Maximum | 60 | userId domain_name | Share of responses with status 1xx
code_ratio_2 | % | ratio | Maximum | 60 | userId domain_name | Share of responses with status 2xx
code_ratio_3 | % | ratio | Maximum | 60 | userId domain_name | Share of responses with status 3xx
code_ratio_4 | % | ratio | Maximum | 60 | userId domain_name | Share of responses with status 4xx
code_ratio_5 | % | ratio | Maximum | 60 | userId domain_name | Share of responses with status 5xx
dcdn_qps | {request}/s | rate | Maximum | 60 | userId domain_name | Requests per second
domain_count | {count} | gauge | Sum | 60 | userId isp location | Number of domains
edge_fftb | ms | gauge | Maximum | 60 | userId domain_name isp location | Time to first byte at the edge
hitRate | % | ratio | Average | 60 | userId instanceId | Byte hit ratio of the cache
hit_rate | % | ratio | Maximum | 60 | userId domain_name | Cache hit ratio
ipa_conn | {count} | gauge | Maximum | 60 | userId domain_name isp location | Concurrent connections of IP application acceleration
ipa_edge_bps | bit/s | rate | Maximum | 60 | userId domain_name isp location | Edge bandwidth of IP application acceleration
ipa_new_conn | {count} | gauge | Maximum | 60 | userId domain_name isp location | New connections of IP application acceleration
ipa_ori_bps | bit/s | rate | Maximum | 60 | userId domain_name isp location | Origin bandwidth of IP application acceleration
ori_fftb | ms | gauge | Maximum | 60 | userId domain_name isp location | Time to first byte from the origin
rt | ms | gauge | Maximum | 60 | userId domain_name | Request time
bps_out_ws | bit/s | rate | Maximum | 60 | userId instanceId | Outbound bandwidth (WebSocket)
bps_in_ws | bit/s | rate | Maximum | 60 | userId instanceId | Inbound bandwidth (WebSocket)
bps_out_http | bit/s | rate | Maximum | 60 | userId instanceId | Outbound bandwidth (HTTP)
dcdn_qps_http | {request}/s | rate | Maximum | 60 | userId instanceId | Requests per second (HTTP)
dcdn_qps_ws | {request}/s | rate | Maximum | 60 | userId instanceId | Requests per second (WebSocket)
hit_rate_http | % | ratio | Maximum | 60 | userId instanceId | Cache hit ratio (HTTP)
hit_rate_ws | % | ratio | Maximum | 60 | userId instanceId | Cache hit ratio (WebSocket)
rt_http | ms | gauge | Maximum | 60 | userId instanceId | Request time (HTTP)
rt_ws | ms | gauge | Maximum | 60 | userId instanceId | Request time (WebSocket)
bps_in_http | bit/s | rate | Maximum | 60 | userId instanceId | Inbound bandwidth (HTTP)
code_ratio_1_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 1xx (HTTP)
code_ratio_1_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 1xx (WebSocket)
code_ratio_2_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 2xx (HTTP)
code_ratio_2_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 2xx (WebSocket)
code_ratio_3_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 3xx (HTTP)
code_ratio_3_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 3xx (WebSocket)
code_ratio_4_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 4xx (HTTP)
code_ratio_4_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 4xx (WebSocket)
code_ratio_5_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 5xx (HTTP)
code_ratio_5_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 5xx (WebSocket)
code_count_1 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 1xx
code_count_2 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 2xx
code_count_3 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 3xx
code_count_4 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 4xx
code_count_5 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 5xx
code_count_400 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 400
code_count_403 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 403
code_count_404 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 404
code_count_416 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 416
code_count_499 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 499
code_count_500 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 500
code_count_502 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 502
code_count_503 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 503
code_count_504 | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 504
code_count_499_http | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 499 (HTTP)
code_count_499_ws | {request} | total | Maximum | 60 | userId instanceId | Number of responses with status 499 (WebSocket)
code_ratio_400 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 400
code_ratio_403 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 403
code_ratio_404 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 404
code_ratio_416 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 416
code_ratio_499 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 499
code_ratio_500 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 500
code_ratio_502 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 502
code_ratio_503 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 503
code_ratio_504 | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 504
code_ratio_499_http | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 499 (HTTP)
code_ratio_499_ws | % | ratio | Maximum | 60 | userId instanceId | Share of responses with status 499 (WebSocket)
ori_code_count_1 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 1xx
ori_code_count_2 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 2xx
ori_code_count_3 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 3xx
ori_code_count_4 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 4xx
ori_code_count_400 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 400
ori_code_count_403 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 403
ori_code_count_404 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 404
ori_code_count_416 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 416
ori_code_count_499 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 499
ori_code_count_500 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 500
ori_code_count_502 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 502
ori_code_count_503 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 503
ori_code_count_504 | {request} | total | Maximum | 60 | userId instanceId | Number of responses from the origin with status 504
ori_code_ratio_1 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 1xx
ori_code_ratio_2 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 2xx
ori_code_ratio_3 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 3xx
ori_code_ratio_4 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 4xx
ori_code_ratio_400 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 400
ori_code_ratio_403 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 403
ori_code_ratio_404 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 404
ori_code_ratio_416 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 416
ori_code_ratio_499 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 499
ori_code_ratio_500 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 500
ori_code_ratio_502 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 502
ori_code_ratio_503 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 503
ori_code_ratio_504 | % | ratio | Maximum | 60 | userId instanceId | Share of responses from the origin with status 504
ori_acc | {count} | total | Maximum | 60 | userId instanceId | Requests sent to the origin
ori_bandwidth | bit/s | rate | Maximum | 60 | userId instanceId | Bandwidth from the origin
waf_acl_block_qps | {request}/s | rate | Value | 60 | userId instanceId | Requests per second blocked by the edge ACL
waf_web_block_qps | {request}/s | rate | Value | 60 | userId instanceId | Requests per second blocked by the edge web firewall

# acs_k8s | container_service | cluster | ACS::ACK::Cluster? | Container Service for Kubernetes (new metric set)
cluster.cpu.allocatable | {core} | gauge | Value | 60 | userId cluster | CPU that pods can be given, per cluster
cluster.cpu.limit | {core} | gauge | Value | 60 | userId cluster | Sum of CPU limits, per cluster
cluster.cpu.request | {core} | gauge | Value | 60 | userId cluster | Sum of CPU requests, per cluster
cluster.cpu.usage_rate | {core} | gauge | Value | 60 | userId cluster | CPU in use, per cluster
cluster.memory.allocatable | By | gauge | Value | 60 | userId cluster | Memory that pods can be given, per cluster
cluster.memory.limit | By | gauge | Value | 60 | userId cluster | Sum of memory limits, per cluster
cluster.memory.request | By | gauge | Value | 60 | userId cluster | Sum of memory requests, per cluster
ns.cpu.limit | {core} | gauge | Sum | 60 | userId cluster namespace | Sum of CPU limits, per namespace
ns.cpu.request | {core} | gauge | Sum | 60 | userId cluster namespace | Sum of CPU requests, per namespace
ns.cpu.usage_rate | {core} | gauge | Sum | 60 | userId cluster namespace | CPU in use, per namespace
ns.memory.limit | By | gauge | Sum | 60 | userId cluster namespace | Sum of memory limits, per namespace
ns.memory.request | By | gauge | Sum | 60 | userId cluster namespace | Sum of memory requests, per namespace
ns.memory.usage | By | gauge | Average Maximum Minimum Sum Count Value | 60 | userId cluster namespace | Memory in use, per namespace
ns.memory.working_set | By | gauge | Sum | 60 | userId cluster namespace | Working-set memory, per namespace
node.cpu.allocatable | {core} | gauge | Value | 60 | userId cluster node | CPU that pods can be given, per node
node.cpu.capacity | {core} | gauge | Value | 60 | userId cluster node | CPU capacity, per node
node.cpu.limit | {core} | gauge | Value | 60 | userId cluster node | Sum of CPU limits, per node
node.cpu.request | {core} | gauge | Value | 60 | userId cluster node | Sum of CPU requests, per node
node.cpu.reservation | {core} | gauge | Value | 60 | userId cluster node | Reserved CPU, per node
node.cpu.usage_rate | {core} | gauge | Value | 60 | userId cluster node | CPU in use, per node
node.cpu.utilization | % | ratio | Value | 60 | userId cluster node | CPU use as a share, per node
node.filesystem.available | By | gauge | Value | 60 | userId cluster node | Free file-system space, per node
node.filesystem.inodes | {inode} | gauge | Value | 60 | userId cluster node | Inodes, per node
node.filesystem.limit | By | gauge | Value | 60 | userId cluster node | File-system size, per node
node.filesystem.usage | By | gauge | Value | 60 | userId cluster node | File-system space used, per node
node.memory.allocatable | By | gauge | Value | 60 | userId cluster node | Memory that pods can be given, per node
node.memory.cache | By | gauge | Value | 60 | userId cluster node | Page cache, per node
node.memory.capacity | By | gauge | Value | 60 | userId cluster node | Memory capacity, per node
node.memory.limit | By | gauge | Value | 60 | userId cluster node | Sum of memory limits, per node
node.memory.major_page_faults | {fault} | gauge | Value | 60 | userId cluster node | Major page faults, per node
node.memory.major_page_faults_rate | {fault}/s | rate | Value | 60 | userId cluster node | Major page faults per second, per node
node.memory.page_faults | {fault} | gauge | Value | 60 | userId cluster node | Page faults, per node
node.memory.page_faults_rate | {fault}/s | rate | Value | 60 | userId cluster node | Page faults per second, per node
node.memory.request | By | gauge | Value | 60 | userId cluster node | Sum of memory requests, per node
node.memory.reservation | By | gauge | Value | 60 | userId cluster node | Reserved memory, per node
node.memory.rss | By | gauge | Value | 60 | userId cluster node | Resident memory, per node
node.memory.usage | By | gauge | Value | 60 | userId cluster node | Memory in use, per node
node.memory.utilization | % | ratio | Value | 60 | userId cluster node | Memory use as a share, per node
node.memory.working_set | By | gauge | Value | 60 | userId cluster node | Working-set memory, per node
node.network.rx_errors | {error} | gauge | Value | 60 | userId cluster node | Receive errors, per node
node.network.rx_errors_rate | {error}/s | rate | Value | 60 | userId cluster node | Receive errors per second, per node
node.network.rx_rate | By/s | rate | Value | 60 | userId cluster node | Bytes received per second, per node
node.network.tx_errors_rate | {error}/s | rate | Value | 60 | userId cluster node | Send errors per second, per node
node.network.tx_rate | By/s | rate | Value | 60 | userId cluster node | Bytes sent per second, per node
deployment.cpu.limit | {core} | gauge | Sum | 60 | userId cluster namespace type app | Sum of CPU limits, per workload
deployment.cpu.request | {core} | gauge | Sum | 60 | userId cluster namespace type app | Sum of CPU requests, per workload
deployment.cpu.usage_rate | {core} | gauge | Sum | 60 | userId cluster namespace type app | CPU in use, per workload
deployment.memory.limit | By | gauge | Sum | 60 | userId cluster namespace type app | Sum of memory limits, per workload
deployment.memory.request | By | gauge | Sum | 60 | userId cluster namespace type app | Sum of memory requests, per workload
deployment.memory.working_set | By | gauge | Sum | 60 | userId cluster namespace type app | Working-set memory, per workload
deployment.network.rx_rate | By/s | rate | Sum | 60 | userId cluster namespace type app | Bytes received per second, per workload
deployment.network.tx_rate | By/s | rate | Sum | 60 | userId cluster namespace type app | Bytes sent per second, per workload
pod.cpu.limit | {core} | gauge | Value | 60 | userId cluster namespace type app pod | Sum of CPU limits, per pod
pod.cpu.request | {core} | gauge | Value | 60 | userId cluster namespace type app pod | Sum of CPU requests, per pod
pod.cpu.usage_rate | {core} | gauge | Value | 60 | userId cluster namespace type app pod | CPU in use, per pod
pod.memory.limit | By | gauge | Value | 60 | userId cluster namespace type app pod | Sum of memory limits, per pod
pod.memory.request | By | gauge | Value | 60 | userId cluster namespace type app pod | Sum of memory requests, per pod
pod.memory.working_set | By | gauge | Value | 60 | userId cluster namespace type app pod | Working-set memory, per pod
pod.network.rx_errors_rate | {error}/s | rate | Value | 60 | userId cluster namespace type app pod | Receive errors per second, per pod
pod.network.rx_rate | By/s | rate | Value | 60 | userId cluster namespace type app pod | Bytes received per second, per pod
pod.network.tx_errors_rate | {error}/s | rate | Value | 60 | userId cluster namespace type app pod | Send errors per second, per pod
pod.network.tx_rate | By/s | rate | Value | 60 | userId cluster namespace type app pod | Bytes sent per second, per pod
cluster.cpu.utilization | % | ratio | Value | 60 | userId cluster | CPU use as a share, per cluster
cluster.memory.utilization | % | ratio | Value | 60 | userId cluster | Memory use as a share, per cluster
node.cpu.oversale_rate | % | ratio | Value | 60 | userId cluster node | CPU over-commitment (limits against capacity), per node
node.memory.oversale_rate | % | ratio | Value | 60 | userId cluster node | Memory over-commitment, per node
pod.cpu.oversale_rate | % | ratio | Value | 60 | userId cluster namespace type app pod | CPU over-commitment (limits against capacity), per pod
pod.cpu.utilization | % | ratio | Value | 60 | userId cluster namespace type app pod | CPU use as a share, per pod
pod.memory.oversale_rate | % | ratio | Value | 60 | userId cluster namespace type app pod | Memory over-commitment, per pod
pod.memory.utilization | % | ratio | Value | 60 | userId cluster namespace type app pod | Memory use as a share, per pod
pod.memory.cache | By | gauge | Value | 60 | userId cluster namespace type app pod | Page cache, per pod
pod.memory.rss | By | gauge | Value | 60 | userId cluster namespace type app pod | Resident memory, per pod
deployment.filesystem.available | By | gauge | Sum | 60 | userId cluster namespace type app | Free file-system space, per workload
deployment.filesystem.limit | By | gauge | Sum | 60 | userId cluster namespace type app | File-system size, per workload
pod.filesystem.available | By | gauge | Value | 60 | userId cluster namespace type app pod | Free file-system space, per pod
pod.filesystem.limit | By | gauge | Value | 60 | userId cluster namespace type app pod | File-system size, per pod
cluster.filesystem.available | By | gauge | Value | 60 | userId cluster | Free file-system space, per cluster
cluster.filesystem.limit | By | gauge | Value | 60 | userId cluster | File-system size, per cluster

# acs_kubernetes | container_service | groupId | - | Container Service for Kubernetes (old metric set)
group.cpu.usage_rate | % | ratio | Sum | 60 | userId groupId | CPU in use, per application group
group.memory.cache | By | gauge | Sum | 60 | userId groupId | Page cache, per application group
group.memory.major_page_faults | {fault} | gauge | Sum | 60 | userId groupId | Major page faults, per application group
group.memory.major_page_faults_rate | {fault}/s | rate | Sum | 60 | userId groupId | Major page faults per second, per application group
group.memory.page_faults | {fault} | gauge | Sum | 60 | userId groupId | Page faults, per application group
group.memory.page_faults_rate | {fault}/s | rate | Sum | 60 | userId groupId | Page faults per second, per application group
group.memory.rss | By | gauge | Sum | 60 | userId groupId | Resident memory, per application group
group.memory.usage | By | gauge | Sum | 60 | userId groupId | Memory in use, per application group
group.memory.working_set | By | gauge | Sum | 60 | userId groupId | Working-set memory, per application group
group.network.io_write_bytes_rate | By/s | rate | Sum | 60 | userId groupId | Bytes written per second, per application group
group.network.rx_rate | By/s | rate | Sum | 60 | userId groupId | Bytes received per second, per application group
group.network.tx_errors | {error} | gauge | Sum | 60 | userId groupId | Send errors, per application group
group.network.tx_errors_rate | {error}/s | rate | Sum | 60 | userId groupId | Send errors per second, per application group
group.network.tx_rate | By/s | rate | Sum | 60 | userId groupId | Bytes sent per second, per application group
group.uptime | ms | gauge | Sum | 60 | userId groupId | Uptime, per application group
pod.memory.cache | By | gauge | Average Maximum Minimum | 60 | userId groupId podId | Page cache, per pod
pod.memory.major_page_faults | {fault} | gauge | Average Maximum Minimum | 60 | userId groupId podId | Major page faults, per pod
pod.memory.major_page_faults_rate | {fault}/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Major page faults per second, per pod
pod.memory.page_faults | {fault} | gauge | Average Maximum Minimum | 60 | userId groupId podId | Page faults, per pod
pod.memory.page_faults_rate | {fault}/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Page faults per second, per pod
pod.memory.rss | By | gauge | Average Maximum Minimum | 60 | userId groupId podId | Resident memory, per pod
pod.memory.working_set | By | gauge | Average Maximum Minimum | 60 | userId groupId podId | Working-set memory, per pod
pod.network.io_write_bytes_rate | By/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Bytes written per second, per pod
pod.network.rx_errors | {error} | gauge | Average Maximum Minimum | 60 | userId groupId podId | Receive errors, per pod
pod.network.rx_rate | By/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Bytes received per second, per pod
pod.uptime | ms | gauge | Average Maximum Minimum | 60 | userId groupId podId | Uptime, per pod
pod.memory.usage | By | gauge | Average Maximum Minimum | 60 | userId groupId podId | Memory in use, per pod
pod.network.rx_errors_rate | {error}/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Receive errors per second, per pod
pod.cpu.usage_rate | % | ratio | Average Maximum Minimum | 60 | userId groupId podId | CPU in use, per pod
pod.network.tx_rate | By/s | rate | Average Maximum Minimum | 60 | userId groupId podId | Bytes sent per second, per pod

# acs_containerservice_dashboard | container_service | instanceId | - | Container Service, Swarm (retired)
ContainerGPUMemoryUsed | By | gauge | Average | 60 | userId clusterId serviceId instanceId gpuId | GPU memory in use, per container
CpuUtilization | % | ratio | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | CPU use of the container
IORead | bit/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Disk reads of the container
IOReadRate | By/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Disk read rate of the container
IOWrite | bit/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Disk writes of the container
IOWriteRate | By/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Disk write rate of the container
InternetIn | By | total | Average Sum Minimum Maximum | 60 | userId clusterId serviceId instanceId | Bytes received by the container
InternetInRate | bit/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Receive bandwidth of the container
InternetOut | By | total | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Bytes sent by the container
InternetOutRate | bit/s | rate | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Send bandwidth of the container
MemoryAmount | By | gauge | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Memory in use by the container
MemoryUtilization | % | ratio | Average Minimum Maximum | 60 | userId clusterId serviceId instanceId | Memory use of the container as a share of its limit

# acs_express_connect | express_connect | instanceId | - | Express Connect router interface / Express Connect Router
RateLimitDropPps | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second dropped by rate limiting
ReceiveBandwidth | bit/s | rate | Value | 60 | userId instanceId | Inbound bandwidth of the router interface
RouterInterfaceLossRate | % | ratio | Maximum | 60 | userId instanceId | Packet loss of the router-interface health check
RouterInterfaceResponseTime | ms | gauge | Maximum | 60 | userId instanceId | Round-trip time of the router-interface health check
TransportedBandwidth | bit/s | rate | Value | 60 | userId instanceId | Outbound bandwidth of the router interface

# acs_physical_connection | express_connect | instanceId | - | Express Connect physical port and virtual border router
BytesOutFromVpcToIDC | By | total | Value | 60 | userId instanceId | Bytes sent from the VPC to the data centre
PkgsDropInFromIDCToVpc | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second dropped on the way from the data centre to the VPC
PkgsDropOutFromVpcToIDC | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second dropped on the way from the VPC to the data centre
PkgsInFromIDCToVpc | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second from the data centre to the VPC
PkgsOutFromVpcToIDC | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second from the VPC to the data centre
RateInFromIDCToVpc | bit/s | rate | Value | 60 | userId instanceId | Bandwidth from the data centre to the VPC
RateOutFromVpcToIDC | bit/s | rate | Value | 60 | userId instanceId | Bandwidth from the VPC to the data centre
VbrHealthyCheckLatency | us | gauge | Value | 60 | userId instanceId | Latency of the border-router health check, in microseconds
VbrHealthyCheckLossRate | % | ratio | Value | 60 | userId instanceId | Packet loss of the border-router health check (already a percentage)

# acs_vpc_eip | eip | instanceId | ACS::EIP::EipAddress? | Elastic IP address
net.rx | By | total | Average Minimum Maximum Sum | 60 | userId instanceId | Inbound bytes in the period
net.rxPkgs | {count} | total | Average Minimum Maximum Sum | 60 | userId instanceId | Inbound packets in the period
net.tx | By | total | Average Minimum Maximum Sum | 60 | userId instanceId | Outbound bytes in the period
net.txPkgs | {count} | total | Average Minimum Maximum Sum | 60 | userId instanceId | Outbound packets in the period
net_rx.rate | bit/s | rate | Value | 60 | userId instanceId | Inbound bandwidth
net_rxPkgs.rate | {packet}/s | rate | Value | 60 | userId instanceId | Inbound packets per second
net_tx.rate | bit/s | rate | Value | 60 | userId instanceId | Outbound bandwidth
net_txPkgs.rate | {packet}/s | rate | Value | 60 | userId instanceId | Outbound packets per second
out_ratelimit_drop_speed | {packet}/s | rate | Average | 60 | userId instanceId | Outbound packets per second dropped by the bandwidth limit
net_in.rate_percentage | % | ratio | Average Minimum Maximum | 60 | userId instanceId | Inbound bandwidth as a share of the limit
net_out.rate_percentage | % | ratio | Average Minimum Maximum | 60 | userId instanceId | Outbound bandwidth as a share of the limit

# acs_nat_gateway | nat_gateway | instanceId | - | NAT Gateway
SnatConnection | {count}/min | rate | Maximum | 60 | userId instanceId | SNAT connections (standard NAT gateway)
SnatConnectionDrop_ConcurrentConnectionLimit | {count}/min | rate | Maximum | 60 | userId instanceId | SNAT connections dropped at the concurrency limit
SnatConnectionDrop_ConnectionRateLimit | {count}/min | rate | Maximum | 60 | userId instanceId | SNAT connections dropped at the new-connection limit
SessionLimitDropRate | {count}/s | rate | Value | 60 | userId instanceId | Sessions dropped per second at the concurrency limit (standard gateway)
SessionNewLimitDropRate | {count}/s | rate | Value | 60 | userId instanceId | Sessions dropped per second at the new-session limit (standard gateway)
SessionNewConnection2 | {count}/s | rate | Value | 60 | userId instanceId | New sessions per second (standard gateway)
BWRateInFromInside | bit/s | rate | Value | 60 | userId instanceId | Bandwidth in from the VPC side
BWRateInFromOutside | bit/s | rate | Value | 60 | userId instanceId | Bandwidth in from the internet side
BWRateOutToInside | bit/s | rate | Value | 60 | userId instanceId | Bandwidth out to the VPC side
BWRateOutToOutside | bit/s | rate | Value | 60 | userId instanceId | Bandwidth out to the internet side
BytesInFromInside | By | total | Value | 60 | userId instanceId | Bytes in from the VPC side
BytesInFromOutside | By | total | Value | 60 | userId instanceId | Bytes in from the internet side
BytesOutToInside | By | total | Value | 60 | userId instanceId | Bytes out to the VPC side
BytesOutToOutside | By | total | Value | 60 | userId instanceId | Bytes out to the internet side
PPSRateInFromInside | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second in from the VPC side
PPSRateInFromOutside | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second in from the internet side
PPSRateOutToInside | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second out to the VPC side
PPSRateOutToOutside | {packet}/s | rate | Value | 60 | userId instanceId | Packets per second out to the internet side
PacketsInFromInside | {count} | total | Value | 60 | userId instanceId | Packets in from the VPC side
PacketsInFromOutside | {count} | total | Value | 60 | userId instanceId | Packets in from the internet side
PacketsOutToInside | {count} | total | Value | 60 | userId instanceId | Packets out to the VPC side
PacketsOutToOutside | {count} | total | Value | 60 | userId instanceId | Packets out to the internet side
SessionActiveConnection | {count} | gauge | Value | 60 | userId instanceId | Concurrent sessions
SessionActiveConnectionWaterLever | % | ratio | Value | 60 | userId instanceId | Concurrent sessions as a share of the specification
SessionLimitDropConnection | {count}/s | rate | Value | 60 | userId instanceId | Sessions dropped per second at the concurrency limit
SessionNewConnection | {count}/s | rate | Value | 60 | userId instanceId | New sessions per second
SessionNewConnectionWaterLever | % | ratio | Value | 60 | userId instanceId | New sessions as a share of the specification
SessionNewLimitDropConnection | {count}/s | rate | Value | 60 | userId instanceId | Sessions dropped per second at the new-session limit
net_rx.Pkgs | {count}/s | rate | Value | 60 | userId instanceId | Inbound packets per second
net_rx.rate | bit/s | rate | Value | 60 | userId instanceId | Inbound bandwidth
net_tx.Pkgs | {count}/s | rate | Value | 60 | userId instanceId | Outbound packets per second
net_tx.rate | bit/s | rate | Value | 60 | userId instanceId | Outbound bandwidth
net_tx.ratePercent | % | ratio | Value | 60 | userId instanceId | Outbound bandwidth as a share of the limit

# acs_bandwidth_package | bandwidth_package | instanceId | - | Internet Shared Bandwidth
net_rx.Pkgs | {packet}/s | rate | Value | 60 | userId instanceId | Inbound packets per second
net_rx.rate | bit/s | rate | Value | 60 | userId instanceId | Inbound bandwidth
net_tx.Pkgs | {packet}/s | rate | Value | 60 | userId instanceId | Outbound packets per second
net_tx.rate | bit/s | rate | Value | 60 | userId instanceId | Outbound bandwidth
net_tx.ratePercent | % | ratio | Value | 60 | userId instanceId | Outbound bandwidth as a share of the limit
in_bandwidth_utilization | % | ratio | Value | 60 | userId instanceId | Inbound bandwidth as a share of the limit
out_bandwidth_utilization | % | ratio | Value | 60 | userId instanceId | Outbound bandwidth as a share of the limit
net_rx.ratePercent | % | ratio | Value | 60 | userId instanceId | Inbound bandwidth as a share of the limit
in_ratelimit_drop_pps | {packet}/s | rate | Value | 60 | userId instanceId | Inbound packets per second dropped by the limit
out_ratelimit_drop_pps | {packet}/s | rate | Value | 60 | userId instanceId | Outbound packets per second dropped by the limit

# acs_cen | cen | cenId | - | Cloud Enterprise Network
VBRHealthyCheckLatency | ms | gauge | Value | 60 | userId cenId vbrInstanceId | Latency of the border-router health check
VBRHealthyCheckLossRate | % | ratio | Value | 60 | userId cenId vbrInstanceId | Packet loss of the border-router health check
VBRInternetInRate | bit/s | rate | Value | 60 | userId cenId vbrInstanceId | Bandwidth into the transit router from the border router
VBRInternetOutRate | bit/s | rate | Value | 60 | userId cenId vbrInstanceId | Bandwidth out to the border router
InternetOutRateByConnectionArea | bit/s | rate | Value | 60 | userId cenId geographicSpanId bandwidthPackageId | Bandwidth between two areas
InternetOutRatePercentByConnectionArea | % | ratio | Value | 60 | userId cenId geographicSpanId bandwidthPackageId | Bandwidth between two areas as a share of the bandwidth plan
InternetOutRateByConnectionRegion | Mbit/s | rate | Value | 60 | userId cenId geographicSpanId localRegionId oppositeRegionId | Bandwidth between two regions
InternetOutRatePercentByConnectionRegion | % | ratio | Value | 60 | userId cenId geographicSpanId localRegionId oppositeRegionId | Bandwidth between two regions as a share of the limit
InternetOutDropRateByConnectionRegion | {packet}/s | rate | Average Maximum Minimum | 60 | userId cenId geographicSpanId localRegionId oppositeRegionId | Packets per second dropped between two regions

# acs_vpn | vpn | instanceId | - | VPN Gateway
ipsec.rxPkgs | {packet}/s | rate | Value | 60 | userId instanceId ipsecId | Inbound packets per second of the IPsec connection
ipsec.txPkgs | {packet}/s | rate | Value | 60 | userId instanceId ipsecId | Outbound packets per second of the IPsec connection
ipsec_rx.rate | bit/s | rate | Value | 60 | userId instanceId ipsecId | Inbound bandwidth of the IPsec connection
ipsec_tx.rate | bit/s | rate | Value | 60 | userId instanceId ipsecId | Outbound bandwidth of the IPsec connection
net_rx.rate | bit/s | rate | Value | 60 | userId instanceId | Inbound bandwidth
net_tx.rate | bit/s | rate | Value | 60 | userId instanceId | Outbound bandwidth
ssl_client.count | {count} | gauge | Value | 60 | userId instanceId | Connected SSL VPN clients
net_rx.Pkgs | {packet}/s | rate | Value | 60 | userId instanceId | Inbound packets per second
net_tx.Pkgs | {packet}/s | rate | Value | 60 | userId instanceId | Outbound packets per second

# acs_vpcpeer | vpc_peer | - | - | VPC peering

# acs_mongodb | mongodb | instanceId | ACS::MongoDB::DBInstance? | ApsaraDB for MongoDB
CPUUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId role | CPU use (replica set, per role)
ConnectionAmount | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Open connections (replica set, per role)
ConnectionUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId role | Connections as a share of the limit (replica set, per role)
DataDiskAmount | By | gauge | Maximum Minimum Average | 60 | userId instanceId role | Disk used by data (replica set, per role)
DiskUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId role | Used share of the disk (replica set, per role)
IOPSUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId role | IOPS as a share of the limit (replica set, per role)
InstanceDiskAmount | By | gauge | Maximum Minimum Average | 60 | userId instanceId role | Disk used by the instance (replica set, per role)
IntranetIn | By | gauge | Maximum Minimum Average | 60 | userId instanceId role | Inbound traffic (replica set, per role)
IntranetOut | By | gauge | Maximum Minimum Average | 60 | userId instanceId role | Outbound traffic (replica set, per role)
LogDiskAmount | By | gauge | Maximum Minimum Average | 60 | userId instanceId role | Disk used by logs (replica set, per role)
MemoryUtilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId role | Used share of memory (replica set, per role)
NumberRequests | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Requests (replica set, per role)
OpCommand | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Command operations (replica set, per role)
OpDelete | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Delete operations (replica set, per role)
OpGetmore | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Getmore operations (replica set, per role)
OpInsert | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Insert operations (replica set, per role)
OpQuery | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Query operations (replica set, per role)
OpUpdate | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId role | Update operations (replica set, per role)
QPS | {operation}/s | rate | Maximum Minimum Average | 60 | userId instanceId role | Operations per second (replica set, per role)
SingleNodeDiskUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Used share of the disk (standalone instance)
SingleNodeIntranetIn | By | gauge | Average Maximum Minimum | 60 | userId instanceId | Inbound traffic (standalone instance)
SingleNodeIntranetOut | By | gauge | Average Maximum Minimum | 60 | userId instanceId | Outbound traffic (standalone instance)
SingleNodeMemoryUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Used share of memory (standalone instance)
SingleNodeNumberRequests | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Requests (standalone instance)
SingleNodeCPUUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId | CPU use (standalone instance)
SingleNodeConnectionAmount | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Open connections (standalone instance)
SingleNodeConnectionUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Connections as a share of the limit (standalone instance)
SingleNodeOpCommand | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Command operations (standalone instance)
SingleNodeOpDelete | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Delete operations (standalone instance)
SingleNodeOpGetmore | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Getmore operations (standalone instance)
SingleNodeOpInsert | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Insert operations (standalone instance)
SingleNodeOpQuery | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Query operations (standalone instance)
SingleNodeOpUpdate | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Update operations (standalone instance)
SingleNodeQPS | {operation}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Operations per second (standalone instance)
SingleNodeDateDiskAmount | By | gauge | Average Maximum Minimum | 60 | userId instanceId | Disk used by data (Date is the published spelling) (standalone instance)
ShardingOpCommand | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Command operations (sharded cluster, per shard or mongos)
ShardingOpDelete | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Delete operations (sharded cluster, per shard or mongos)
ShardingLogDiskAmount | By | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Disk used by logs (sharded cluster, per shard or mongos)
ShardingMemoryUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Used share of memory (sharded cluster, per shard or mongos)
ShardingNumberRequests | {count} | gauge | Average | 60 | userId instanceId subinstanceId role | Requests (sharded cluster, per shard or mongos)
ShardingIOPSUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | IOPS as a share of the limit (sharded cluster, per shard or mongos)
ShardingIntranetIn | By | gauge | Average | 60 | userId instanceId subinstanceId role | Inbound traffic (sharded cluster, per shard or mongos)
ShardingIntranetOut | By | gauge | Average | 60 | userId instanceId subinstanceId role | Outbound traffic (sharded cluster, per shard or mongos)
ShardingDataDiskAmount | By | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Disk used by data (sharded cluster, per shard or mongos)
ShardingCPUUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | CPU use (sharded cluster, per shard or mongos)
ShardingConnectionAmount | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Open connections (sharded cluster, per shard or mongos)
ShardingConnectionUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Connections as a share of the limit (sharded cluster, per shard or mongos)
ShardingInstanceDiskAmount | By | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Disk used by the instance (sharded cluster, per shard or mongos)
ShardingDiskUtilization | % | ratio | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Used share of the disk (sharded cluster, per shard or mongos)
ShardingOpGetmore | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Getmore operations (sharded cluster, per shard or mongos)
ShardingOpInsert | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Insert operations (sharded cluster, per shard or mongos)
ShardingOpQuery | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Query operations (sharded cluster, per shard or mongos)
ShardingOpUpdate | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Update operations (sharded cluster, per shard or mongos)
ShardingQPS | {operation}/s | rate | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Operations per second (sharded cluster, per shard or mongos)
ShardingDataDiskAmountOriginal | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Disk used by data before compression (name only) (sharded cluster, per shard or mongos)
ShardingReplicationLag | s | gauge | Average Maximum Minimum | 60 | userId instanceId subinstanceId role | Replication lag (sharded cluster, per shard or mongos)
ReplicationLag | s | gauge | Maximum Minimum Average | 60 | userId instanceId role | Replication lag (replica set, per role)

# acs_polardb | polardb | clusterId | - | PolarDB
cluster_active_sessions | {count} | gauge | Average | 60 | userId clusterId nodeId | Active sessions (MySQL, per node)
cluster_connection_utilization | % | ratio | Average | 60 | userId clusterId nodeId | Connections as a share of the limit (MySQL, per node)
cluster_cpu_utilization | % | ratio | Average | 60 | userId clusterId nodeId | CPU use (MySQL, per node)
cluster_data_io | KiBy | gauge | Average | 60 | userId clusterId nodeId | Data I/O throughput (MySQL, per node)
cluster_data_iops | {count}/s | rate | Average | 60 | userId clusterId nodeId | InnoDB I/O operations per second (MySQL, per node)
cluster_iops | {count}/s | rate | Average | 60 | userId clusterId nodeId | I/O operations per second (MySQL, per node)
cluster_mem_hit_ratio | % | ratio | Average | 60 | userId clusterId nodeId | Buffer-pool hit ratio (MySQL, per node)
cluster_memory_utilization | % | ratio | Average | 60 | userId clusterId nodeId | Memory use (MySQL, per node)
cluster_qps | {query}/s | rate | Average | 60 | userId clusterId nodeId | Queries per second (MySQL, per node)
cluster_slow_queries_ps | {count}/s | rate | Average | 60 | userId clusterId nodeId | Slow queries per second (MySQL, per node)
cluster_tps | {count}/s | rate | Average | 60 | userId clusterId nodeId | Transactions per second (MySQL, per node)
instance_connection_utilization | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Connections as a share of the limit (older set)
instance_cpu_utilization | % | ratio | Average | 60 | userId instanceId | CPU use (older set)
instance_input_bandwidth | bit/s | rate | Average | 60 | userId instanceId | Inbound bandwidth (older set)
instance_memory_utilization | % | ratio | Average | 60 | userId instanceId | Memory use (older set)
instance_output_bandwidth | bit/s | rate | Average | 60 | userId instanceId | Outbound bandwidth (older set)
active_connections | {count} | gauge | Average | 60 | userId clusterId instanceId | Active connections (PostgreSQL or Oracle)
blks_read_delta | {count} | gauge | Value | 60 | userId clusterId instanceId | Blocks read since the last point (PostgreSQL or Oracle)
conn_usage | % | ratio | Average | 60 | userId clusterId instanceId | Connections as a share of the limit (PostgreSQL or Oracle)
cpu_total | % | ratio | Average | 60 | userId clusterId instanceId | CPU use (PostgreSQL or Oracle)
db_age | {transaction} | gauge | Average Value | 60 | userId clusterId instanceId | Age of the oldest transaction ID (PostgreSQL or Oracle)
mem_usage | % | ratio | Average | 60 | userId clusterId instanceId | Memory use (PostgreSQL or Oracle)
pls_data_size | MiBy | gauge | Value | 60 | userId clusterId instanceId | Data size (PostgreSQL or Oracle)
pls_iops | {count} | gauge | Average | 60 | userId clusterId instanceId | I/O operations per second (PostgreSQL or Oracle)
pls_iops_read | {count} | gauge | Average | 60 | userId clusterId instanceId | Read operations per second (PostgreSQL or Oracle)
pls_iops_write | {count} | gauge | Average | 60 | userId clusterId instanceId | Write operations per second (PostgreSQL or Oracle)
pls_pg_wal_dir_size | MiBy | gauge | Value | 60 | userId clusterId instanceId | Size of the write-ahead log (PostgreSQL or Oracle)
pls_throughput | MiBy/s | rate | Average | 60 | userId clusterId instanceId | I/O throughput (PostgreSQL or Oracle)
pls_throughput_read | MiBy/s | rate | Average | 60 | userId clusterId instanceId | Read throughput (PostgreSQL or Oracle)
pls_throughput_write | MiBy/s | rate | Average | 60 | userId clusterId instanceId | Write throughput (PostgreSQL or Oracle)
swell_time | s | gauge | Average | 60 | userId clusterId instanceId | Age of the longest-held snapshot (bloat time) (PostgreSQL or Oracle)
tps | {count} | gauge | Average | 60 | userId clusterId instanceId | Transactions per second (PostgreSQL or Oracle)
rollback_ratio | % | ratio | Average | 60 | userId clusterId instanceId | Share of transactions rolled back (PostgreSQL or Oracle)

# acs_oss_dashboard | oss | BucketName | - | Object Storage Service
AppendObjectCount | {request} | total | Value | 60 | userId BucketName | Successful AppendObject calls
AppendObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of AppendObject end to end
AppendObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of AppendObject inside OSS
AuthorizationErrorCount | {request} | total | Value | 60 | userId BucketName | Requests refused for authorization (per bucket)
AuthorizationErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests refused for authorization (per bucket)
CdnRecv | By | total | Value | 60 | userId BucketName | Bytes received through CDN (per bucket)
CdnSend | By | total | Value | 60 | userId BucketName | Bytes sent through CDN (per bucket)
ClientOtherErrorCount | {request} | total | Value | 60 | userId BucketName | Requests with another client error (per bucket)
ClientOtherErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests with another client error (per bucket)
ClientTimeoutErrorCount | {request} | total | Value | 60 | userId BucketName | Requests that timed out at the client (per bucket)
ClientTimeoutErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests that timed out at the client (per bucket)
CopyObjectCount | {request} | total | Value | 60 | userId BucketName | Successful CopyObject calls
CopyObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of CopyObject end to end
CopyObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of CopyObject inside OSS
DeleteObjectCount | {request} | total | Value | 60 | userId BucketName | Successful DeleteObject calls
DeleteObjectsCount | {request} | total | Value | 60 | userId BucketName | Successful DeleteObjects calls
GetObjectCount | {request} | total | Value | 60 | userId BucketName | Successful GetObject calls
GetObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of GetObject end to end
GetObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of GetObject inside OSS
HeadObjectCount | {request} | total | Value | 60 | userId BucketName | Successful HeadObject calls
HeadObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of HeadObject end to end
HeadObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of HeadObject inside OSS
InternetRecv | By | total | Value | 60 | userId BucketName | Bytes received from the internet (per bucket)
InternetSend | By | total | Value | 60 | userId BucketName | Bytes sent to the internet (per bucket)
IntranetRecv | By | total | Value | 60 | userId BucketName | Bytes received on the private network (per bucket)
IntranetSend | By | total | Value | 60 | userId BucketName | Bytes sent on the private network (per bucket)
MaxAppendObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of AppendObject end to end
MaxAppendObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of AppendObject inside OSS
MaxCopyObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of CopyObject end to end
MaxCopyObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of CopyObject inside OSS
MaxGetObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of GetObject end to end
MaxGetObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of GetObject inside OSS
MaxHeadObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of HeadObject end to end
MaxHeadObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of HeadObject inside OSS
MaxPostObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of PostObject end to end
MaxPostObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of PostObject inside OSS
MaxPutObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of PutObject end to end
MaxPutObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of PutObject inside OSS
MaxUploadPartCopyE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of UploadPartCopy end to end
MaxUploadPartCopyServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of UploadPartCopy inside OSS
MaxUploadPartE2eLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of UploadPart end to end
MaxUploadPartServerLatency | ms | gauge | Value | 60 | userId BucketName | Highest latency of UploadPart inside OSS
MeteringCdnRX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes in through CDN (hourly)
MeteringCdnTX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes out through CDN (hourly)
MeteringGetRequest | {request} | total | Value | 60 | userId BucketName region storageType | Billing measurement: GET-type requests (hourly)
MeteringInternetRX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes in from the internet (hourly)
MeteringInternetTX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes out to the internet (hourly)
MeteringIntranetRX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes in on the private network (hourly)
MeteringIntranetTX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes out on the private network (hourly)
MeteringPutRequest | {request} | total | Value | 60 | userId BucketName region storageType | Billing measurement: PUT-type requests (hourly)
MeteringStorageUtilization | By | gauge | Value | 60 | userId BucketName region storageType | Billing measurement: bytes stored (hourly)
MeteringSyncRX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes in by replication (hourly)
MeteringSyncTX | By | total | Value | 60 | userId BucketName region storageType | Billing measurement: bytes out by replication (hourly)
MirrorAverageLatency | ms | gauge | Value | 60 | userId BucketName Host | Average latency of back-to-origin requests
MirrorAverageLatencyByStatus | ms | gauge | Value | 60 | userId BucketName Host Status | Average latency of back-to-origin requests per status
MirrorRequestCount | {request} | total | Value | 60 | userId BucketName Host | Back-to-origin requests
MirrorRequestCountByStatus | {request} | gauge | Value | 60 | userId BucketName Host Status | Back-to-origin requests per status
MirrorRequestTransferSpeed | By/s | rate | Value | 60 | userId BucketName Host | Transfer speed of back-to-origin requests
MirrorRequestTransferSpeedByStatus | By/s | rate | Value | 60 | userId BucketName Host Status | Transfer speed of back-to-origin requests per status
MirrorTraffic | By | gauge | Value | 60 | userId BucketName Host | Back-to-origin traffic
MirrorTrafficByStatus | By | gauge | Value | 60 | userId BucketName Host Status | Back-to-origin traffic per status
NetworkErrorCount | {request} | total | Value | 60 | userId BucketName | Requests with a network error (per bucket)
NetworkErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests with a network error (per bucket)
PostObjectCount | {request} | total | Value | 60 | userId BucketName | Successful PostObject calls
PostObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of PostObject end to end
PostObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of PostObject inside OSS
PutObjectCount | {request} | total | Value | 60 | userId BucketName | Successful PutObject calls
PutObjectE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of PutObject end to end
PutObjectServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of PutObject inside OSS
RedirectCount | {request} | total | Value | 60 | userId BucketName | Redirected requests (per bucket)
RedirectRate | % | ratio | Value | 60 | userId BucketName | Share of redirected requests (per bucket)
RequestValidRate | % | ratio | Value | 60 | userId BucketName | Share of valid requests (per bucket)
ResourceNotFoundErrorCount | {request} | total | Value | 60 | userId BucketName | Requests for something that does not exist (per bucket)
ResourceNotFoundErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests for something that does not exist (per bucket)
ServerErrorCount | {request} | total | Value | 60 | userId BucketName | Requests with a server error (per bucket)
ServerErrorRate | % | ratio | Value | 60 | userId BucketName | Share of requests with a server error (per bucket)
SuccessCount | {request} | total | Value | 60 | userId BucketName | Successful requests (per bucket)
SuccessRate | % | ratio | Value | 60 | userId BucketName | Share of successful requests (per bucket)
SyncRecv | By | total | Value | 60 | userId BucketName | Bytes received by cross-region replication (per bucket)
SyncSend | By | total | Value | 60 | userId BucketName | Bytes sent by cross-region replication (per bucket)
TotalRequestCount | {request} | total | Value | 60 | userId BucketName | All requests (per bucket)
UploadPartCopyCount | {request} | total | Value | 60 | userId BucketName | Successful UploadPartCopy calls
UploadPartCopyE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of UploadPartCopy end to end
UploadPartCopyServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of UploadPartCopy inside OSS
UploadPartCount | {request} | total | Value | 60 | userId BucketName | Successful UploadPart calls
UploadPartE2eLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of UploadPart end to end
UploadPartServerLatency | ms | gauge | Value | 60 | userId BucketName | Average latency of UploadPart inside OSS
UserAuthorizationErrorCount | {request} | total | Value | 60 | userId | Requests refused for authorization (whole account)
UserAuthorizationErrorRate | % | ratio | Value | 60 | userId | Share of requests refused for authorization (whole account)
UserAvailability | % | ratio | Value | 60 | userId | Availability (whole account)
UserCdnRecv | By | total | Value | 60 | userId | Bytes received through CDN (whole account)
UserCdnSend | By | total | Value | 60 | userId | Bytes sent through CDN (whole account)
UserClientOtherErrorCount | {request} | total | Value | 60 | userId | Requests with another client error (whole account)
UserClientOtherErrorRate | % | ratio | Value | 60 | userId | Share of requests with another client error (whole account)
UserClientTimeoutErrorCount | {request} | total | Value | 60 | userId | Requests that timed out at the client (whole account)
UserClientTimeoutErrorRate | % | ratio | Value | 60 | userId | Share of requests that timed out at the client (whole account)
UserInternetRecv | By | total | Value | 60 | userId | Bytes received from the internet (whole account)
UserInternetSend | By | total | Value | 60 | userId | Bytes sent to the internet (whole account)
UserIntranetRecv | By | total | Value | 60 | userId | Bytes received on the private network (whole account)
UserIntranetSend | By | total | Value | 60 | userId | Bytes sent on the private network (whole account)
UserNetworkErrorCount | {request} | total | Value | 60 | userId | Requests with a network error (whole account)
UserNetworkErrorRate | % | ratio | Value | 60 | userId | Share of requests with a network error (whole account)
UserRedirectCount | {request} | total | Value | 60 | userId | Redirected requests (whole account)
UserRedirectRate | % | ratio | Value | 60 | userId | Share of redirected requests (whole account)
UserRequestValidRate | % | ratio | Value | 60 | userId | Share of valid requests (whole account)
UserResourceNotFoundErrorCount | {request} | total | Value | 60 | userId | Requests for something that does not exist (whole account)
UserResourceNotFoundErrorRate | % | ratio | Value | 60 | userId | Share of requests for something that does not exist (whole account)
UserServerErrorCount | {request} | total | Value | 60 | userId | Requests with a server error (whole account)
UserServerErrorRate | % | ratio | Value | 60 | userId | Share of requests with a server error (whole account)
UserSuccessCount | {request} | total | Value | 60 | userId | Successful requests (whole account)
UserSuccessRate | % | ratio | Value | 60 | userId | Share of successful requests (whole account)
UserSyncRecv | By | total | Value | 60 | userId | Bytes received by cross-region replication (whole account)
UserSyncSend | By | total | Value | 60 | userId | Bytes sent by cross-region replication (whole account)
UserTotalRequestCount | {request} | total | Value | 60 | userId | All requests (whole account)
UserValidRequestCount | {request} | total | Value | 60 | userId | Valid requests (whole account)
ValidRequestCount | {request} | total | Value | 60 | userId BucketName | Valid requests (per bucket)
Availability | % | ratio | Value | 60 | userId BucketName | Availability (per bucket)
CacheRecv | By | total | Value | 60 | userId BucketName | Bytes received by the accelerator cache (per bucket)
CacheSend | By | total | Value | 60 | userId BucketName | Bytes sent by the accelerator cache (per bucket)
InternetRecvBandwidth | bit/s | rate | Value | 60 | userId BucketName | Internet recv bandwidth
InternetSendBandwidth | bit/s | rate | Value | 60 | userId BucketName | Internet send bandwidth
IntranetRecvBandwidth | bit/s | rate | Value | 60 | userId BucketName | Intranet recv bandwidth
IntranetSendBandwidth | bit/s | rate | Value | 60 | userId BucketName | Intranet send bandwidth
ObjectCount | {request} | gauge | Value | 60 | userId BucketName | Number of objects (per bucket)

# acs_mns_new | smq | queue | - | Simple Message Queue (MNS), older namespace
ActiveMessages | {message} | gauge | Maximum Minimum Average | 60 | userId region queue | Messages that can be received
BatchDeleteMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | BatchDeleteMessage calls
BatchReceiveMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | BatchReceiveMessage calls
BatchSendMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | BatchSendMessage calls
ChangeMessageVisibilityCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | ChangeMessageVisibility calls
DelayMessages | {message} | gauge | Maximum Minimum Average | 60 | userId region queue | Messages still delayed
DeleteMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | DeleteMessage calls
InactiveMessages | {message} | gauge | Maximum Minimum Average | 60 | userId region queue | Messages received but not yet deleted
ReceiveMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | ReceiveMessage calls
SendMessageCount | {request} | total | Maximum Minimum Average | 60 | userId region queue | SendMessage calls

# acs_smq | smq | - | - | Simple Message Queue, current namespace
NumberOfMessagesVisible | {message} | gauge | - | 60 | - | Messages that can be received (replaces the ActiveMessages queue attribute)
NumberOfMessagesInvisible | {message} | gauge | - | 60 | - | Messages received but not yet deleted (replaces the InactiveMessages queue attribute)
NumberOfMessagesDelayed | {message} | gauge | - | 60 | - | Messages still delayed (replaces the DelayMessages queue attribute)

# acs_kafka | kafka | instanceId | - | ApsaraMQ for Kafka
instance_disk_capacity | % | ratio | Maximum | 60 | userId instanceId | Used share of the disk
instance_message_input | By/s | rate | Value | 60 | userId instanceId | Bytes produced to the instance
instance_message_output | By/s | rate | Value | 60 | userId instanceId | Bytes consumed from the instance
message_accumulation | {message} | gauge | Value | 60 | userId instanceId consumerGroup | Messages not yet consumed by a consumer group
message_accumulation_onetopic | {message} | gauge | Value | 60 | userId instanceId consumerGroup topic | Messages not yet consumed by a consumer group, per topic
topic_message_input | By/s | rate | Value | 60 | userId instanceId topic | Bytes produced to the topic
topic_message_output | By/s | rate | Value | 60 | userId instanceId topic | Bytes consumed from the topic

# acs_rocketmq | rocketmq | instanceId | - | ApsaraMQ for RocketMQ
ConsumerLag | {message} | gauge | Sum | 60 | userId instanceId groupId | Consumer lag
ConsumerLagPerGidTopic | {message} | gauge | Sum | 60 | userId instanceId groupId topic | Consumer lag per consumer group topic
MessageRetentionPeriod | h | gauge | Minimum | 60 | userId instanceId | Message retention period
ReceiveMessageCountPerGid | {message}/min | total | Sum | 60 | userId instanceId groupId | Receive message count per consumer group
ReceiveMessageCountPerGidTopic | {message}/min | total | Sum | 60 | userId instanceId topic groupId | Receive message count per consumer group topic
ReceiveMessageCountPerInstance | {message}/min | total | Sum | 60 | userId instanceId | Receive message count per instance
ReceiveMessageCountPerTopic | {message}/min | total | Sum | 60 | userId instanceId topic | Receive message count per topic
SendDLQMessageCountPerGid | {message}/min | total | Sum | 60 | userId instanceId groupId | Send dead-letter message count per consumer group
SendDLQMessageCountPerGidTopic | {message}/min | total | Sum | 60 | userId instanceId groupId topic | Send dead-letter message count per consumer group topic
SendMessageCountPerGid | {message}/min | total | Sum | 60 | userId instanceId groupId | Send message count per consumer group
SendMessageCountPerGidTopic | {message}/min | total | Sum | 60 | userId instanceId topic groupId | Send message count per consumer group topic
SendMessageCountPerInstance | {message}/min | total | Sum | 60 | userId instanceId | Send message count per instance
SendMessageCountPerTopic | {message}/min | total | Sum | 60 | userId instanceId topic | Send message count per topic

# acs_amqp | rabbitmq | instanceId | - | ApsaraMQ for RabbitMQ
QueueMessageAccumulation | {count}/min | rate | Maximum | 15 60 | userId regionId vhostName queueName | Queue message accumulation
QueueMessageInput | {count}/min | total | Value | 15 60 | userId regionId vhostName queueName | Queue message input
QueueMessageOutput | {count}/min | total | Value | 15 60 | userId regionId vhostName queueName | Queue message output
VhostMessageInput | {count}/min | total | Value | 15 60 | userId regionId vhostName | Vhost message input
VhostMessageOutput | {count}/min | total | Value | 15 60 | userId regionId vhostName | Vhost message output
InstanceConsumers | {count} | gauge | Value | 15 | userId instanceId regionId | Instance consumers
InstanceTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId | Instance transactions per second in
InstanceTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId | Instance transactions per second out
InstanceVhostConsumers | {count} | gauge | Value | 15 | userId instanceId regionId vhostName | Instance vhost consumers
InstanceVhostQueueConsumers | {count} | gauge | Value | 15 | userId regionId instanceId vhostName queueName | Instance vhost queue consumers
InstanceVhostQueueMessageAccum | {count} | gauge | Maximum | 15 | userId regionId instanceId queueName vhostName | Instance vhost queue message accum
QueueTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId queueName vhostName | Queue transactions per second in
QueueTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId queueName vhostName | Queue transactions per second out
VHostTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName | V host transactions per second in
VHostTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName | V host transactions per second out
ExchangeTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName exchangeName | Exchange transactions per second in
ExchangeTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName exchangeName | Exchange transactions per second out
InstanceChannels | {count} | gauge | Sum | 15 | userId instanceId regionId | Instance channels
InstanceChannelsNew | {count} | gauge | Value | 15 | userId instanceId regionId | Instance channels new
InstanceConnections | {count} | gauge | Value | 15 | userId instanceId regionId | Instance connections
InstanceMessageInput | {count} | total | Sum | 15 | userId regionId instanceId | Instance message input
InstanceMessageOutput | {count} | total | Sum | 15 | userId regionId instanceId | Instance message output
InstanceTopTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId | Instance top transactions per second in
InstanceTopTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId | Instance top transactions per second out
InstanceVhostChannels | {count} | gauge | Sum | 15 | userId instanceId vhostName regionId | Instance vhost channels
InstanceVhostQueueMessageInput | {count} | total | Sum | 15 | userId regionId instanceId vhostName queueName | Instance vhost queue message input
InstanceVhostQueueMessageOutput | {count} | total | Sum | 15 | userId regionId instanceId vhostName queueName | Instance vhost queue message output
QueueTopTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName queueName | Queue top transactions per second in
QueueTopTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName queueName | Queue top transactions per second out
VHostTopTPSIn | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName | V host top transactions per second in
VHostTopTPSOut | {count}/s | rate | Value | 15 | userId regionId instanceId vhostName | V host top transactions per second out
VhostChannels | {count} | gauge | Value | 15 | userId instanceId regionId vhostName | Vhost channels
VhostConnections | {count} | gauge | Value | 15 | userId instanceId regionId vhostName | Vhost connections

# acs_elasticsearch | elasticsearch | clusterId | - | Elasticsearch
NodeStatsNetworkoutPackages | {count} | gauge | Maximum | 60 | userId clusterId nodeIP | Packets sent by the node
ClusterAutoSnapshotLatestStatus | 1 | gauge | Maximum | 60 | userId clusterId | Result of the latest automatic snapshot (coded)
ClusterIndexQPS | {count}/s | rate | Average | 60 | userId clusterId | Documents indexed per second
ClusterQueryQPS | {count}/s | rate | Average | 60 | userId clusterId | Queries per second
ClusterStatus | 1 | gauge | Value | 60 | userId clusterId | Cluster colour, coded
NodeCPUUtilization | % | ratio | Average | 60 | userId clusterId nodeIP | CPU use of the node
NodeDiskUtilization | % | ratio | Average | 60 | userId clusterId nodeIP | Used share of the node disk
NodeHeapMemoryUtilization | % | ratio | Average | 60 | userId clusterId nodeIP | Used share of the heap
NodeLoad_1m | 1 | gauge | Average | 60 | userId clusterId nodeIP | 1-minute load of the node
NodeStatsExceptionLogCount | {count} | gauge | Maximum | 60 | userId clusterId nodeIP | Exceptions in the node log
NodeStatsFullGcCollectionCount | {count} | gauge | Maximum | 60 | userId clusterId nodeIP | Full garbage collections
LogstashCpuPercent | % | ratio | Maximum | 60 | userId instanceId nodeHost | Logstash node CPU use
LogstashNodeDiskUsage | % | ratio | Maximum | 60 | userId instanceId nodeHost | Logstash node disk use
LogstashNodeHeapMemory | % | ratio | Maximum | 60 | userId instanceId nodeHost | Logstash node heap use
LogstashNodeLoad1m | 1 | gauge | Maximum | 60 | userId instanceId nodeHost | Logstash node 1-minute load

# acs_sls_dashboard | sls | project | - | Simple Log Service
AlarmIPCount | {count} | gauge | Count | 60 | userId project logstore alarm_type source_ip | Distinct hosts whose log agent reports errors
AlarmPV | {count} | total | Sum | 60 | userId project logstore | Log-agent errors
AlarmUV | {count} | gauge | Count | 60 | userId project logstore | Log-agent instances with errors
ConsumerGroupFailBehind | s | gauge | Maximum | 60 | userId project logstore consumerGroup | How far a consumer group lags behind
FailedLines | {line} | total | Sum | 60 | userId project logstore | Lines the agent failed to parse
InflowLine | {line}/min | total | Sum | 60 | userId project logstore | Lines written per minute
LogCodeQPS | {request} | total | Count | 60 | userId project logstore status | Requests per status code
LogInflow | By | total | Sum | 60 | userId project logstore | Bytes written (compressed request size)
LogMethodQPS | {request} | total | Count | 60 | userId project logstore method | Requests per API method
LogOutflow | By | total | Sum | 60 | userId project logstore | Bytes read
NetFlow | By | total | Sum | 60 | userId project logstore | Bytes of raw log data written
SuccessdByte | By | total | Sum | 60 | userId project logstore | Bytes parsed by the agent (spelling as published)
SuccessdLines | {line} | total | Sum | 60 | userId project logstore | Lines parsed by the agent (spelling as published)
SumQPS | {request} | total | Count | 60 | userId project logstore | All requests

# acs_fc | fc | functionName | - | Function Compute
FunctionAvgDuration | ms | gauge | Value | 60 | userId region serviceName functionName | Average run time, per function
FunctionBillableInvocations | {invocation} | total | Value | 60 | userId region serviceName functionName | Billable invocations, per function
FunctionBillableInvocationsRate | % | ratio | Value | 60 | userId region serviceName functionName | Share of billable invocations, per function
FunctionClientErrors | {invocation} | total | Value | 60 | userId region serviceName functionName | Invocations with a client error, per function
FunctionClientErrorsRate | % | ratio | Value | 60 | userId region serviceName functionName | Share of invocations with a client error, per function
FunctionFunctionErrors | {invocation} | total | Value | 60 | userId region serviceName functionName | Invocations where the function failed, per function
FunctionFunctionErrorsRate | % | ratio | Value | 60 | userId region serviceName functionName | Share of invocations where the function failed, per function
FunctionMaxMemoryUsage | MiBy | gauge | Value | 60 | userId region serviceName functionName | Largest memory use, per function
FunctionServerErrors | {invocation} | total | Value | 60 | userId region serviceName functionName | Invocations with a server error, per function
FunctionServerErrorsRate | % | ratio | Value | 60 | userId region serviceName functionName | Share of invocations with a server error, per function
FunctionThrottles | {invocation} | total | Value | 60 | userId region serviceName functionName | Throttled invocations, per function
FunctionThrottlesRate | % | ratio | Value | 60 | userId region serviceName functionName | Share of throttled invocations, per function
FunctionTotalInvocations | {invocation} | total | Value | 60 | userId region serviceName functionName | Invocations, per function
RegionBillableInvocations | {invocation} | total | Value | 60 | userId region | Billable invocations, per region
RegionbillableInvocationsRate | % | ratio | Value | 60 | userId region | Share of billable invocations, per region
RegionClientErrors | {invocation} | total | Value | 60 | userId region | Invocations with a client error, per region
RegionClientErrorsRate | % | ratio | Value | 60 | userId region | Share of invocations with a client error, per region
RegionServerErrors | {invocation} | total | Value | 60 | userId region | Invocations with a server error, per region
RegionThrottles | {invocation} | total | Value | 60 | userId region | Throttled invocations, per region
RegionThrttlesRate | % | ratio | Value | 60 | userId region | Share of throttled invocations (spelling as published), per region
RegionTotalInvocations | {invocation} | total | Value | 60 | userId region | Invocations, per region
ServiceBillableInvocations | {invocation} | total | Value | 60 | userId region serviceName | Billable invocations, per service
ServiceBillableInvocationsRate | % | ratio | Value | 60 | userId region serviceName | Share of billable invocations, per service
ServiceClientErrors | {invocation} | total | Value | 60 | userId region serviceName | Invocations with a client error, per service
ServiceClientErrorsRate | % | ratio | Value | 60 | userId region serviceName | Share of invocations with a client error, per service
ServiceServerErrors | {invocation} | total | Value | 60 | userId region serviceName | Invocations with a server error, per service
ServiceServerErrorsRate | % | ratio | Value | 60 | userId region serviceName | Share of invocations with a server error, per service
ServiceThrottles | {invocation} | total | Value | 60 | userId region serviceName | Throttled invocations, per service
ServiceThrottlesRate | % | ratio | Value | 60 | userId region serviceName | Share of throttled invocations, per service
ServiceTotalInvocations | {invocation} | total | Value | 60 | userId region serviceName | Invocations, per service

# acs_tair | tair | instanceId | - | Tair
TairPDBStandardAvgIORt | us | gauge | Average Maximum | 60 | userId instanceId | Average RocksDB I/O latency (Tair disk-based edition)
TairPDBStandardAvgRt | us | gauge | Average Maximum | 60 | userId instanceId | Average command latency (Tair disk-based edition)
TairPDBStandardConnectionUsage | % | ratio | Average Maximum | 60 | userId instanceId | Connections as a share of the limit (Tair disk-based edition)
TairPDBStandardCpuUsage | % | ratio | Average Maximum | 60 | userId instanceId | CPU use (Tair disk-based edition)
TairPDBStandardDiskUsage | % | ratio | Average Maximum | 60 | userId instanceId | Used share of the disk (Tair disk-based edition)
TairPDBStandardFailedCount | {count}/s | rate | Average Maximum | 60 | userId instanceId | Failed commands per second (Tair disk-based edition)
TairPDBStandardIntranetIn | bit/s | rate | Average Maximum | 60 | userId instanceId | Inbound traffic (Tair disk-based edition)
TairPDBStandardIntranetInRatio | % | ratio | Average Maximum | 60 | userId instanceId | Inbound bandwidth as a share of the limit (Tair disk-based edition)
TairPDBStandardIntranetOut | bit/s | rate | Average Maximum | 60 | userId instanceId | Outbound traffic (Tair disk-based edition)
TairPDBStandardIntranetOutRatio | % | ratio | Average Maximum | 60 | userId instanceId | Outbound bandwidth as a share of the limit (Tair disk-based edition)
TairPDBStandardMaxIORt | us | gauge | Average Maximum | 60 | userId instanceId | Highest RocksDB I/O latency (Tair disk-based edition)
TairPDBStandardMaxRt | us | gauge | Average Maximum | 60 | userId instanceId | Highest command latency (Tair disk-based edition)
TairPDBStandardMemoryUsage | % | ratio | Average Maximum | 60 | userId instanceId | Used share of memory (Tair disk-based edition)
TairPDBStandardQPSUsage | % | ratio | Average Maximum | 60 | userId instanceId | Commands per second as a share of the limit (Tair disk-based edition)
TairPDBStandardStandardHitRate | % | ratio | Average Maximum | 60 | userId instanceId | Key hit ratio (Tair disk-based edition)
TairPDBStandardUsedConnection | {connection} | gauge | Average Maximum | 60 | userId instanceId | Connections in use (Tair disk-based edition)
TairPDBStandardUsedMemory | By | gauge | Average Maximum | 60 | userId instanceId | Memory in use (Tair disk-based edition)
TairPDBStandardUsedQPS | {command}/s | rate | Average Maximum | 60 | userId instanceId | Commands per second (Tair disk-based edition)

# acs_ess_dashboard | ess | instanceId | - | Auto Scaling
MaxInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Upper bound of the scaling group
MinInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Lower bound of the scaling group
PendingInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Instances being added (by the name; the documentation label says the opposite)
RemovingInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Instances being removed (by the name; the documentation label says the opposite)
RunningInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Instances in service
TotalInstanceCount | {count} | gauge | Average Minimum Maximum | 60 | userId instanceId | Instances in the scaling group

# acs_apigateway_dashboard | apigateway | apiUid | - | API Gateway
Latency | ms | gauge | Average | 60 | userId region apiUid | Latency
Latency_stage | ms | gauge | Average | 60 | userId region apiUid apiStageName | Latency stage
SumQPS | {count} | total | Count | 60 | userId region apiUid | Sum queries per second
SumQPS_stage | {count} | total | Count | 60 | userId region apiUid apiStageName | Sum queries per second stage
TrafficRX | KiBy | total | Sum | 60 | userId region apiUid | Traffic received
TrafficRX_stage | KiBy | total | Sum | 60 | userId region apiUid apiStageName | Traffic received stage
TrafficTX | KiBy | total | Sum | 60 | userId region apiUid | Traffic sent
TrafficTX_stage | KiBy | total | Sum | 60 | userId region apiUid apiStageName | Traffic sent stage
code2XX | {count} | total | Value | 60 | userId region apiUid | Code2 XX
code2XX_stage | {count} | total | Value | 60 | userId region apiUid apiStageName | Code2 XX stage
code4XX | {count} | total | Value | 60 | userId region apiUid | Code4 XX
code4XX_stage | {count} | total | Value | 60 | userId region apiUid apiStageName | Code4 XX stage
code5XX | {count} | total | Value | 60 | userId region apiUid | Code5 XX
code5XX_stage | {count} | total | Value | 60 | userId region apiUid apiStageName | Code5 XX stage

# acs_nas | nas | fileSystemId | - | File Storage NAS
IopsRead | {count}/s | rate | Value | 60 | userId fileSystemId | I/O operations per second read
IopsWrite | {count}/s | rate | Value | 60 | userId fileSystemId | I/O operations per second write
LatencyRead | ms | gauge | Value | 60 | userId fileSystemId | Latency read
LatencyWrite | ms | gauge | Value | 60 | userId fileSystemId | Latency write
QpsMeta | {count}/s | rate | Value | 60 | userId fileSystemId | Queries per second meta
ThruputRead | MiBy/s | rate | Value | 60 | userId fileSystemId | Thruput read
ThruputWrite | MiBy/s | rate | Value | 60 | userId fileSystemId | Thruput write

# acs_hologres | hologres | instanceId | - | Hologres
connection_count | {count} | gauge | Average Sum | 60 | userId instanceId dbName | Connection count
connection_num | {count} | gauge | Average | 60 | userId instanceId | Connection number of
cpu_usage | % | ratio | Average | 60 | userId instanceId | CPU usage
delete_qps | {count}/s | rate | Average | 60 | userId instanceId | Delete queries per second
delete_query_latency | ms | gauge | Average Maximum | 60 | userId instanceId | Delete query latency
delete_record_qps | {count}/s | rate | Average | 60 | userId instanceId | Delete record queries per second
failed_queries | {count} | gauge | Average | 60 | userId instanceId | Failed queries
insert_qps | {count}/s | rate | Average | 60 | userId instanceId | Insert queries per second
insert_query_latency | ms | gauge | Average Maximum | 60 | userId instanceId | Insert query latency
memory_usage | % | ratio | Average | 60 | userId instanceId | Memory usage
query_latency | ms | gauge | Average | 60 | instanceId userId cmdType | Query latency
query_qps | {count}/s | rate | Average | 60 | instanceId userId cmdType | Query queries per second
realtime_ingestion_throughput | By | gauge | Average | 60 | userId instanceId | Realtime ingestion throughput
record_input_qps | {count}/s | rate | Average | 60 | instanceId userId | Record input queries per second
records_per_second | {count}/s | rate | Average | 60 | userId instanceId | Records per second
select_latency | s | gauge | Maximum | 60 | userId instanceId | Select latency
select_latency_p95 | s | gauge | Maximum | 60 | userId instanceId | Select latency 95th percentile
select_latency_p999 | s | gauge | Maximum | 60 | userId instanceId | Select latency 99.9th percentile
select_qps | {count}/s | rate | Average | 60 | userId instanceId | Select queries per second
select_query_latency | ms | gauge | Average | 60 | instanceId userId | Select query latency
storage_usage | By | gauge | Average | 60 | userId instanceId | Storage usage
storage_usage_percent | % | ratio | Average | 60 | userId instanceId | Storage usage percentage
update_qps | {count}/s | rate | Average | 60 | userId instanceId | Update queries per second
update_query_latency | ms | gauge | Average Maximum | 60 | userId instanceId | Update query latency
update_record_qps | {count}/s | rate | Average | 60 | userId instanceId | Update record queries per second

# acs_clickhouse | clickhouse | logic_name | - | ClickHouse
conn_usage | % | ratio | Average | 60 | uid logic_name | Connection usage
conn_usage_count | {count} | gauge | Average | 60 | uid logic_name | Connection usage count
cpu_usage | % | ratio | Average | 60 | uid logic_name | CPU usage
disk_usage | % | ratio | Average | 60 | uid logic_name | Disk usage
disk_usage_size | MiBy | gauge | Average | 60 | uid logic_name | Disk usage size
insert_mb_ps | MiBy | gauge | Average | 60 | uid logic_name | Insert MB ps
insert_rows_ps | {line} | gauge | Average | 60 | uid logic_name | Insert rows ps
mem_usage | % | ratio | Average | 60 | uid logic_name | Memory usage
mem_usage_size | MiBy | gauge | Average | 60 | uid logic_name | Memory usage size
qps | {count} | gauge | Average | 60 | uid logic_name | Queries per second

# acs_openAPI | openapi | productName | - | OpenAPI call statistics
TotalNumber | {count} | total | Value | 60 | userId productName API | Total number
code4XXNumber | {count} | total | Value | 60 | userId productName API | Code4 XX number
code4XXRate | % | ratio | Value | 60 | userId productName API | Code4 XX rate

# waf | waf | instanceId | - | Web Application Firewall
4XX_ratio | % | ratio | Maximum | 60 | userId instanceId domain | 4 XX ratio
5XX_ratio | % | ratio | Maximum | 60 | userId instanceId domain | 5 XX ratio
acl_blocks_5m | {count} | total | Maximum | 60 | userId instanceId domain | Acl blocks 5m
acl_rate_5m | % | ratio | Maximum | 60 | userId instanceId domain | Acl rate 5m
cc_blocks_5m | {count} | total | Maximum | 60 | userId instanceId domain | Cc blocks 5m
cc_rate_5m | % | ratio | Maximum | 60 | userId instanceId domain | Cc rate 5m
qps | {count}/s | rate | Maximum | 60 | userId instanceId domain | Queries per second
qps_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Queries per second ratio
qps_ratio_down | % | ratio | Maximum | 60 | userId instanceId domain | Queries per second ratio down
waf_blocks_5m | {count} | total | Maximum | 60 | userId instanceId domain | Waf blocks 5m
waf_rate_5m | % | ratio | Maximum | 60 | userId instanceId domain | Waf rate 5m

# acs_adb | adb | - | - | adb
connections | {count} | gauge | Average | 60 | userId instanceId | Connections
disk_used_percent | % | ratio | Average | 60 | userId instanceId | Disk used percentage
insert_avg_rt | ms | gauge | Average | 60 | userId instanceId | Insert average response time
insert_in_bytes | MiBy | gauge | Average | 60 | userId instanceId | Insert in bytes
insert_max_rt | ms | gauge | Average | 60 | userId instanceId | Insert maximum response time
qps | {count} | gauge | Average | 60 | userId instanceId | Queries per second
query_avg_rt | ms | gauge | Average | 60 | userId instanceId | Query average response time
query_max_rt | ms | gauge | Average | 60 | userId instanceId | Query maximum response time
query_total_wait_time | ms | gauge | Average | 60 | userId instanceId | Query total wait time
tps | {count} | gauge | Average | 60 | userId instanceId | Transactions per second
worker_avg_cpu_used | % | ratio | Average | 60 | userId instanceId | Worker average CPU used
worker_avg_read_bytes | MiBy | gauge | Average | 60 | userId instanceId | Worker average read bytes
worker_avg_iops | {count}/s | rate | Average | 60 | userId instanceId | Worker average I/O operations per second
worker_avg_bytes | MiBy | gauge | Average | 60 | userId instanceId | Worker average bytes

# acs_ads | ads | - | - | ads
ads.diskSize | MiBy | gauge | Maximum Minimum Average | 60 | userId instanceId tableSchema workerId | Ads disk size
ads.diskUsed | MiBy | gauge | Maximum Minimum Average | 60 | userId instanceId tableSchema workerId | Ads disk used
ads.diskUsedPercent | % | ratio | Maximum Minimum Average | 60 | userId instanceId tableSchema workerId | Ads disk used percentage

# acs_airec | airec | - | - | airec
BehaviorFailedTps | {count}/s | rate | Sum | 60 | userId instanceId | Behavior failed transactions per second
BehaviorTimeLag | s | gauge | Average | 60 | userId instanceId | Behavior time lag
BehaviorTps | {count}/s | rate | Sum | 60 | userId instanceId | Behavior transactions per second
ItemFailedTps | {count}/s | rate | Sum | 60 | userId instanceId | Item failed transactions per second
ItemQuotaUsedRatio | % | ratio | Average | 60 | userId instanceId | Item quota used ratio
ItemTps | {count}/s | rate | Sum | 60 | userId instanceId | Item transactions per second
OverRateQPS | {count}/s | rate | Count | 60 | userId instanceId | Over rate queries per second
RecommendLatency | ms | gauge | Average | 60 | userId instanceId | Recommend latency
RecommendQPS | {count}/s | rate | Count | 60 | userId instanceId | Recommend queries per second
UserFailedTps | {count}/s | rate | Sum | 60 | userId instanceId | User failed transactions per second
UserQuotaUsedRatio | % | ratio | Average | 60 | userId instanceId | User quota used ratio
UserTps | {count}/s | rate | Sum | 60 | userId instanceId | User transactions per second

# acs_anycast_eip | anycast_eip | - | - | anycast eip
InboundBandwidth | bit/s | rate | Value | 60 | userId instanceId regionNo | Inbound bandwidth
InboundBandwidthUsage | 1 | gauge | Value | 60 | userId instanceId regionNo | Inbound bandwidth usage
InboundPacketRate | {packet}/s | rate | Value | 60 | userId instanceId regionNo | Inbound packet rate
InboundRatelimitDropBandwidth | bit/s | rate | Value | 60 | userId instanceId regionNo | Inbound ratelimit drop bandwidth
InboundRatelimitDropSpeed | {packet}/s | rate | Value | 60 | userId instanceId regionNo | Inbound ratelimit drop speed
OutboundBandwidth | bit/s | rate | Value | 60 | userId instanceId regionNo | Outbound bandwidth
OutboundBandwidthUsage | 1 | gauge | Value | 60 | userId instanceId regionNo | Outbound bandwidth usage
OutboundPacketRate | {packet}/s | rate | Value | 60 | userId instanceId regionNo | Outbound packet rate
OutboundRatelimitDropBandwidth | bit/s | rate | Value | 60 | userId instanceId regionNo | Outbound ratelimit drop bandwidth
OutboundRatelimitDropSpeed | {packet}/s | rate | Value | 60 | userId instanceId regionNo | Outbound ratelimit drop speed

# acs_baas | baas | - | - | baas
AllOrdererTotalStorageSize | By | gauge | Sum | 60 | userId instanceId | All orderer total storage size
OrdererBroadcastBlockCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Orderer broadcast block counter
OrdererBroadcastTransactionCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Orderer broadcast transaction counter
OrdererCaHealthzCounter | {count} | gauge | Sum | 60 | userId instanceId id | Orderer ca healthz counter
OrdererLedgerStorageSize | By | gauge | Value | 60 | userId instanceId id channelId | Orderer ledger storage size
OrdererOrdererHealthzCounter | {count} | gauge | Sum | 60 | userId instanceId id | Orderer orderer healthz counter
OrdererSLBActiveConnection | {count} | gauge | Average | 60 | userId instanceId port protocol | Orderer SLB active connection
OrdererSLBTrafficRX | By | gauge | Average | 60 | userId instanceId port protocol | Orderer SLB traffic received
OrdererSLBTrafficTX | By | gauge | Average | 60 | userId instanceId port protocol | Orderer SLB traffic sent
OrdererTotalStorageSize | By | gauge | Value | 60 | userId instanceId id | Orderer total storage size
PeerBlockCommitTime | ms | gauge | Sum | 60 | userId instanceId id channelId | Peer block commit time
PeerBlockProcessingTime | ms | gauge | Sum | 60 | userId instanceId id channelId | Peer block processing time
PeerCaHealthzCounter | {count} | gauge | Sum | 60 | userId instanceId id | Peer ca healthz counter
PeerEndorsementCounter | {count} | gauge | Sum | 60 | userId instanceId id | Peer endorsement counter
PeerEndorsementSuccessfulCounter | {count} | gauge | Sum | 60 | userId instanceId id | Peer endorsement successful counter
PeerLedgerStorageSize | By | gauge | Value | 60 | userId instanceId id channelId | Peer ledger storage size
PeerPeerHealthzCounter | {count} | gauge | Sum | 60 | userId instanceId id | Peer peer healthz counter
PeerRecvBlockCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Peer received block counter
PeerRecvTransactionCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Peer received transaction counter
PeerRecvTransactionSuccessfulCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Peer received transaction successful counter
PeerSendBlockCounter | {count} | gauge | Sum | 60 | userId instanceId id channelId | Peer send block counter
PeerStateStorageSize | By | gauge | Value | 60 | userId instanceId id | Peer state storage size
PeerTotalStorageSize | By | gauge | Value | 60 | userId instanceId id | Peer total storage size

# acs_bds | bds | - | - | bds
bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes in
bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes out
cold_storage_capacity_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage capacity bytes
cold_storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used bytes
cold_storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used percentage
cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU idle
cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU system
cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU user
cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU wio
failed_job_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Failed job count
load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load five
load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load one
mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory buff cache
mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory free
mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory shared
mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory total
mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Memory used percentage
task_delay_max | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Task delay maximum
warn_job_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Warn job count
worker_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Worker count

# acs_cds | cds | - | - | cds
AntiEntropyActiveTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Anti entropy active tasks
AntiEntropyPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Anti entropy pending tasks
AuthFailure | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Auth failure
CasReadLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Cas read latency
CasReadRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Cas read request
CasReadUnfinishedCommit | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Cas read unfinished commit
CasWriteLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Cas write latency
CasWriteRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Cas write request
CasWriteUnfinishedCommit | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Cas write unfinished commit
ClientConnection | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Client connection
CmsGc | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Cms garbage-collection
CommitlogCompleteTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Commitlog complete tasks
CommitlogPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Commitlog pending tasks
CompactionActiveTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Compaction active tasks
CompactionCompactedBytes | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Compaction compacted bytes
CompactionCompleteTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Compaction complete tasks
CompactionPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Compaction pending tasks
CounterStagePendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Counter stage pending tasks
CpuIrq | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU irq
CpuLoad1 | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId host | CPU load1
CpuLoad15 | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId host | CPU load15
CpuLoad5 | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId host | CPU load5
CpuNice | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU nice
CpuSoftIrq | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU soft irq
CpuSys | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU sys
CpuUsage | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU usage
CpuUser | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU user
CpuWait | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | CPU wait
DataDiskTotal | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Data disk total
DataDiskUsage | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Data disk usage
DataDiskUsed | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Data disk used
DeleteWithCondition | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Delete with condition
DiskAwait | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Disk await
DiskInputs | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Disk inputs
DiskOutputs | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Disk outputs
DiskReads | By/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Disk reads
DiskUtil | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Disk utilisation
DiskWrites | By/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Disk writes
Failures | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Failures
GcCollections | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Garbage-collection collections
GcMaxElapsed | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Garbage-collection maximum elapsed
GcReclaimed | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Garbage-collection reclaimed
GcTotalElapsed | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Garbage-collection total elapsed
GossipActiveTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Gossip active tasks
GossipPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Gossip pending tasks
HeapMemUsage | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Heap memory usage
HintDispatcherActiveTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Hint dispatcher active tasks
HintDispatcherPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Hint dispatcher pending tasks
KeyCacheHitRate | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Key cache hit rate
KeyCacheHits | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Key cache hits
KeyCacheRequests | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Key cache requests
Latency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Latency
MemFree | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Memory free
MemUsage | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Memory usage
MemUsed | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Memory used
MemtableFlushWriterPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Memtable flush writer pending tasks
MemtablePostFlushPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Memtable post flush pending tasks
MutationStagePendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Mutation stage pending tasks
NativeTransportPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Native transport pending tasks
NetInputDropped | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net input dropped
NetInputErrors | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net input errors
NetInputOverruns | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net input overruns
NetInputs | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net inputs
NetOutputDropped | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net output dropped
NetOutputErrors | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net output errors
NetOutputOverruns | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net output overruns
NetOutputs | {packet}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net outputs
NetReads | By/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net reads
NetWrites | By/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Net writes
OffHeapMem | By | gauge | Average Maximum Minimum | 60 | userId clusterId host | Off heap memory
ParNewGc | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Par new garbage-collection
ParallelScan | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Parallel scan
PutWithCondition | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Put with condition
QueryWithFilter | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Query with filter
RangeSliceLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Range slice latency
RangeSliceRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Range slice request
ReadLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Read latency
ReadLatency95 | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Read latency95
ReadLatency99 | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Read latency99
ReadRepairStagePendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Read repair stage pending tasks
ReadRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Read request
ReadStagePendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Read stage pending tasks
Request | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Request
RowCacheHitRate | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Row cache hit rate
RowCacheHits | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Row cache hits
RowCacheRequests | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Row cache requests
ScanWithFilter | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Scan with filter
SecondaryIndexPendingTasks | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Secondary index pending tasks
SysDiskUsage | % | ratio | Average Maximum Minimum | 60 | userId clusterId host | Sys disk usage
Timeouts | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Timeouts
Unavailables | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Unavailables
UpdateWithCondition | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId host | Update with condition
ViewWriteLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | View write latency
ViewWriteRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | View write request
WriteLatency | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Write latency
WriteLatency95 | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Write latency95
WriteLatency99 | ms | gauge | Average Maximum Minimum | 60 | userId clusterId host | Write latency99
WriteRequest | {count}/s | rate | Average Maximum Minimum | 60 | userId clusterId host | Write request

# acs_datahub | datahub | - | - | datahub
sub_delay | s | gauge | Value | 60 | userId subId | Sub delay

# acs_ddh | ddh | - | - | ddh
UserCpuUtilization | % | ratio | Value | 60 | userId DedicatedHostId | User CPU utilisation
UserDiskReadBPS | By/s | rate | Value | 60 | userId DedicatedHostId | User disk read throughput
UserDiskReadIOPS | {count}/s | rate | Value | 60 | userId DedicatedHostId | User disk read I/O operations per second
UserDiskWriteBPS | By/s | rate | Value | 60 | userId DedicatedHostId | User disk write throughput
UserDiskWriteIOPS | {count}/s | rate | Value | 60 | userId DedicatedHostId | User disk write I/O operations per second
UserNetworkRxBandwidth | bit/s | rate | Value | 60 | userId DedicatedHostId | User network received bandwidth
UserNetworkRxPPS | {packet}/s | rate | Value | 60 | userId DedicatedHostId | User network received packets per second
UserNetworkTxBandwidth | bit/s | rate | Value | 60 | userId DedicatedHostId | User network sent bandwidth
UserNetworkTxPPS | {packet}/s | rate | Value | 60 | userId DedicatedHostId | User network sent packets per second

# acs_ddos | ddos | - | - | ddos
ActiveConnection | {count} | gauge | Maximum | 60 | userId instanceId ip | Active connection
AttackTraffic | bit/s | rate | Maximum | 60 | userId instanceId ip | Attack traffic
BackToSourceTraffic | bit/s | rate | Maximum | 60 | userId instanceId ip | Back to source traffic
InactiveConnection | {count} | gauge | Maximum | 60 | userId instanceId ip | Inactive connection
InternetInRate | bit/s | rate | Maximum | 60 | userId instanceId ip | Public-network in rate
InternetOutRate | bit/s | rate | Value | 60 | userId instanceId ip | Public-network out rate
NewConnection | {count} | gauge | Maximum | 60 | userId instanceId ip | New connection

# acs_ddosdip | ddosdip | - | - | ddosdip
Active_connection | {count} | gauge | Maximum | 60 | userId InstanceId ip | Active connection
AttackTraffic | bit/s | rate | Maximum | 60 | userId InstanceId ip | Attack traffic
Back_Traffic | bit/s | rate | Maximum | 60 | userId InstanceId ip | Back traffic
In_Traffic | bit/s | rate | Maximum | 60 | userId InstanceId ip | In traffic
Inactive_connection | {count} | gauge | Maximum | 60 | userId InstanceId ip | Inactive connection
New_connection | {count} | gauge | Maximum | 60 | userId InstanceId ip | New connection
Out_Traffic | bit/s | rate | Maximum | 60 | userId InstanceId ip | Out traffic
qps | {count}/s | rate | Maximum | 60 | userId InstanceId domain | Queries per second
qps_ratio_down | % | ratio | Maximum | 60 | userId InstanceId domain | Queries per second ratio down
qps_ratio_up | % | ratio | Maximum | 60 | userId InstanceId domain | Queries per second ratio up
resp2xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Resp2xx
resp2xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Resp2xx ratio
resp3xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Resp3xx
resp3xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Resp3xx ratio
resp404 | {count} | gauge | Maximum | 60 | userId InstanceId domain | Resp404
resp404_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Resp404 ratio
resp4xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Resp4xx
resp4xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Resp4xx ratio
resp5xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Resp5xx
resp5xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Resp5xx ratio
upstream_resp2xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Upstream resp2xx
upstream_resp2xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Upstream resp2xx ratio
upstream_resp3xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Upstream resp3xx
upstream_resp3xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Upstream resp3xx ratio
upstream_resp404 | {count} | gauge | Maximum | 60 | userId InstanceId domain | Upstream resp404
upstream_resp404_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Upstream resp404 ratio
upstream_resp4xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Upstream resp4xx
upstream_resp4xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Upstream resp4xx ratio
upstream_resp5xx | {count} | gauge | Maximum | 60 | userId InstanceId domain | Upstream resp5xx
upstream_resp5xx_ratio | % | ratio | Maximum | 60 | userId InstanceId domain | Upstream resp5xx ratio

# acs_directmail | directmail | - | - | directmail
MAILAGENT_SENDMAIL_ERR_MSGSIZE_QPS | {count}/min | rate | Value | 60 | userId | MAILAGENT SENDMAIL error MSGSIZE queries per second
MAILAGENT_SENDMAIL_ERR_QUOTA_QPS | {count}/min | rate | Value | 60 | userId | MAILAGENT SENDMAIL error QUOTA queries per second
MAILAGENT_SENDMAIL_ERR_SPAM_QPS | {count}/min | rate | Value | 60 | userId | MAILAGENT SENDMAIL error SPAM queries per second
MAILAGENT_SENDMAIL_SUCC_QPS | {count}/min | rate | Value | 60 | userId | MAILAGENT SENDMAIL SUCC queries per second
SMTP_AUTH_FAILED_QPS | {count}/min | rate | Value | 60 | userId | SMTP AUTH FAILED queries per second
SMTP_AUTH_SUCC_QPS | {count}/min | rate | Value | 60 | userId | SMTP AUTH SUCC queries per second
SMTP_SENDMAIL_ERR_MSGSIZE_QPS | {count}/min | rate | Value | 60 | userId | SMTP SENDMAIL error MSGSIZE queries per second
SMTP_SENDMAIL_ERR_QUOTA_QPS | {count}/min | rate | Value | 60 | userId | SMTP SENDMAIL error QUOTA queries per second
SMTP_SENDMAIL_ERR_SPAM_QPS | {count}/min | rate | Value | 60 | userId | SMTP SENDMAIL error SPAM queries per second
SMTP_SENDMAIL_SUCC_QPS | {count}/min | rate | Value | 60 | userId | SMTP SENDMAIL SUCC queries per second
UD_AUTH_ERR_IP_QPS | {count}/min | rate | Value | 60 | userId | UD AUTH error IP queries per second
UD_AUTH_ERR_PASSWD_QPS | {count}/min | rate | Value | 60 | userId | UD AUTH error PASSWD queries per second
UD_AUTH_ERR_STATUS_QPS | {count}/min | rate | Value | 60 | userId | UD AUTH error STATUS queries per second

# acs_drds | drds | - | - | drds
ConnectionCount | {count} | gauge | Average | 60 | userId instanceId | Connection count
LogicQPS | {count} | gauge | Average | 60 | userId instanceId | Logic queries per second
LogicRT | ms | gauge | Average | 60 | userId instanceId | Logic response time
MemoryUtilization | % | ratio | Average | 60 | userId instanceId | Memory utilisation
PhysicsQPS | {count} | gauge | Average | 60 | userId instanceId | Physics queries per second
PhysicsRT | ms | gauge | Average | 60 | userId instanceId | Physics response time
ThreadCount | {count} | gauge | Average | 60 | userId instanceId | Thread count
CPUUtilization | % | ratio | Average | 60 | userId instanceId | CPU utilisation
NetworkInputTraffic | bit/s | rate | Average | 60 | userId instanceId | Network input traffic
NetworkOutputTraffic | bit/s | rate | Average | 60 | userId instanceId | Network output traffic
active_session | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Active session
com_delete | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command delete
com_insert | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command insert
com_insert_select | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command insert select
com_replace | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command replace
com_replace_select | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command replace select
com_select | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command select
com_update | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Command update
conn_usage | % | ratio | Average | 60 | userId instanceId rdsInstId | Connection usage
cpu_usage | % | ratio | Average | 60 | userId instanceId rdsInstId | CPU usage
disk_usage | % | ratio | Average | 60 | userId instanceId rdsInstId | Disk usage
ibuf_dirty_ratio | % | ratio | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool dirty ratio
ibuf_pool_reads | {count} | gauge | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool pool reads
ibuf_read_hit | % | ratio | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool read hit
ibuf_request_r | {count} | gauge | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool request r
ibuf_request_w | {count} | gauge | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool request w
ibuf_use_ratio | % | ratio | Average | 60 | userId instanceId rdsInstId | InnoDB buffer pool use ratio
inno_data_read | KiBy | gauge | Average | 60 | userId instanceId rdsInstId | Inno data read
inno_data_written | KiBy | gauge | Average | 60 | userId instanceId rdsInstId | Inno data written
inno_row_delete | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Inno row delete
inno_row_insert | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Inno row insert
inno_row_readed | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Inno row readed
inno_row_update | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Inno row update
innodb_log_write_requests | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Innodb log write requests
innodb_log_writes | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Innodb log writes
innodb_os_log_fsyncs | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Innodb OS log fsyncs
input_traffic_ps | bit/s | rate | Average | 60 | userId instanceId rdsInstId | Input traffic ps
iops_usage | % | ratio | Average | 60 | userId instanceId rdsInstId | I/O operations per second usage
mem_usage | % | ratio | Average | 60 | userId instanceId rdsInstId | Memory usage
output_traffic_ps | bit/s | rate | Average | 60 | userId instanceId rdsInstId | Output traffic ps
qps | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Queries per second
slave_lag | s | gauge | Average | 60 | userId instanceId rdsInstId | Slave lag
slow_queries | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Slow queries
tb_tmp_disk | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Tb temporary disk
tps | {count} | gauge | Average | 60 | userId instanceId rdsInstId | Transactions per second

# acs_dts | dts | - | - | dts
MigrationLatency | s | gauge | Average | 60 | userId instanceId | Migration latency
SynchronizationLatency | ms | gauge | Average | 60 | userId instanceId | Synchronization latency
ChangeTrackingLatency | s | gauge | Average | 60 | userId instanceId | Change tracking latency

# acs_emr | emr | - | - | emr
ActiveApplications | 1 | gauge | Average | 60 | userId clusterId role | Active applications
ActiveUsers | 1 | gauge | Average | 60 | userId clusterId role | Active users
AggregateContainersAllocated | 1 | gauge | Average | 60 | userId clusterId role | Aggregate containers allocated
AggregateContainersReleased | 1 | gauge | Average | 60 | userId clusterId role | Aggregate containers released
AllocatedContainers | 1 | gauge | Average | 60 | userId clusterId role | Allocated containers
AppsCompleted | 1 | gauge | Average | 60 | userId clusterId role | Apps completed
AppsFailed | 1 | gauge | Average | 60 | userId clusterId role | Apps failed
AppsKilled | 1 | gauge | Average | 60 | userId clusterId role | Apps killed
AppsPending | 1 | gauge | Average | 60 | userId clusterId role | Apps pending
AppsRunning | 1 | gauge | Average | 60 | userId clusterId role | Apps running
AppsSubmitted | 1 | gauge | Average | 60 | userId clusterId role | Apps submitted
AvailableMB | 1 | gauge | Average | 60 | userId clusterId role | Available MB
AvailableVCores | 1 | gauge | Average | 60 | userId clusterId role | Available v cores
BlockCapacity | 1 | gauge | Average | 60 | userId clusterId role | Block capacity
BlockChecksumOpAvgTime | ms | gauge | Average | 60 | userId clusterId role | Block checksum op average time
BlockChecksumOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Block checksum op number of operations
BlockReportsAvgTime | ms | gauge | Average | 60 | userId clusterId role | Block reports average time
BlockReportsNumOps | 1 | gauge | Average | 60 | userId clusterId role | Block reports number of operations
BlockVerificationFailures | 1 | gauge | Average | 60 | userId clusterId role | Block verification failures
BlocksRead | 1 | gauge | Average | 60 | userId clusterId role | Blocks read
BlocksRemoved | 1 | gauge | Average | 60 | userId clusterId role | Blocks removed
BlocksReplicated | 1 | gauge | Average | 60 | userId clusterId role | Blocks replicated
BlocksTotal | 1 | gauge | Average | 60 | userId clusterId role | Blocks total
BlocksUncached | 1 | gauge | Average | 60 | userId clusterId role | Blocks uncached
BlocksVerified | 1 | gauge | Average | 60 | userId clusterId role | Blocks verified
BlocksWritten | 1 | gauge | Average | 60 | userId clusterId role | Blocks written
BytesRead | By | gauge | Average | 60 | userId clusterId role | Bytes read
BytesWritten | By | gauge | Average | 60 | userId clusterId role | Bytes written
CallQueueLength | 1 | gauge | Average | 60 | userId clusterId role | Call queue length
CapacityRemaining | 1 | gauge | Average | 60 | userId clusterId role | Capacity remaining
CapacityTotal | 1 | gauge | Average | 60 | userId clusterId role | Capacity total
CapacityUsed | 1 | gauge | Average | 60 | userId clusterId role | Capacity used
CapacityUsedNonDFS | 1 | gauge | Average | 60 | userId clusterId role | Capacity used non DFS
ContainersCompleted | 1 | gauge | Average | 60 | userId clusterId role | Containers completed
ContainersFailed | 1 | gauge | Average | 60 | userId clusterId role | Containers failed
ContainersIniting | 1 | gauge | Average | 60 | userId clusterId role | Containers initing
ContainersKilled | 1 | gauge | Average | 60 | userId clusterId role | Containers killed
ContainersLaunched | 1 | gauge | Average | 60 | userId clusterId role | Containers launched
ContainersRunning | 1 | gauge | Average | 60 | userId clusterId role | Containers running
CopyBlockOpAvgTime | ms | gauge | Average | 60 | userId clusterId role | Copy block op average time
CopyBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Copy block op number of operations
CorruptBlocks | 1 | gauge | Average | 60 | userId clusterId role | Corrupt blocks
DataNodeDfsUsedPercent | % | ratio | Average Maximum Minimum | 60 | userId clusterId role | Data node DFS used percentage
DataNodeHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Data node HTTP port open
DataNodeIpcPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Data node ipc port open
DataNodePortOpen | 1 | gauge | Average | 60 | userId clusterId role | Data node port open
ExcessBlocks | 1 | gauge | Average | 60 | userId clusterId role | Excess blocks
ExpiredHeartbeats | 1 | gauge | Average | 60 | userId clusterId role | Expired heartbeats
Fetch.LocalTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch local time ms maximum
Fetch.LocalTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch local time ms mean
Fetch.LocalTimesMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch local times ms stddev
Fetch.RemoteTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch remote time ms maximum
Fetch.RemoteTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch remote time ms mean
Fetch.RemoteTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch remote time ms stddev
Fetch.RequestQueueTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch request queue time ms maximum
Fetch.RequestQueueTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch request queue time ms mean
Fetch.RequestQueueTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch request queue time ms stddev
Fetch.ResponseQueueTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch response queue time ms maximum
Fetch.ResponseQueueTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch response queue time ms mean
Fetch.ResponseQueueTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch response queue time ms stddev
Fetch.ResponseSendTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch response send time ms maximum
Fetch.ResponseSendTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch response send time ms mean
Fetch.ResponseSendTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch response send time ms stddev
Fetch.ThrottleTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch throttle time ms maximum
Fetch.ThrottleTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch throttle time ms mean
Fetch.ThrottleTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch throttle time ms stddev
Fetch.TotalTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Fetch total time ms maximum
Fetch.TotalTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Fetch total time ms mean
Fetch.TotalTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Fetch total time ms stddev
FlushNanosAvgTime | ns | gauge | Average | 60 | userId clusterId role | Flush nanos average time
FlushNanosNumOps | ns | gauge | Average | 60 | userId clusterId role | Flush nanos number of operations
FsyncCount | 1 | gauge | Average | 60 | userId clusterId role | Fsync count
GcCount | 1 | gauge | Average | 60 | userId clusterId role | Garbage-collection count
GcTimeMillis | ms | gauge | Average | 60 | userId clusterId role | Garbage-collection time millis
HMasterHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H master HTTP port open
HMasterIpcPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H master ipc port open
HMasterJmxPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H master jmx port open
HRegionServerHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H region server HTTP port open
HRegionServerIpcPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H region server ipc port open
HRegionServerJmxPortOpen | 1 | gauge | Average | 60 | userId clusterId role | H region server jmx port open
HiveServer1PortOpen | 1 | gauge | Average | 60 | userId clusterId role | Hive server1 port open
HiveServer1WebuiPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Hive server1 webui port open
HuePortOpen | 1 | gauge | Average | 60 | userId clusterId role | Hue port open
JobHistoryPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Job history port open
JobHistoryWebappPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Job history webapp port open
JournalNodeHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Journal node HTTP port open
JournalNodeRpcPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Journal node RPC port open
KafkaActiveControllerCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka active controller count
KafkaBrokerTopicMetricBytesInPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric bytes in per sec0 minute rate
KafkaBrokerTopicMetricBytesInPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric bytes in per sec count
KafkaBrokerTopicMetricBytesOutPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric bytes out per sec0 minute rate
KafkaBrokerTopicMetricBytesOutPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric bytes out per sec count
KafkaBrokerTopicMetricBytesRejectedPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric bytes rejected per sec0 minute rate
KafkaBrokerTopicMetricRejectPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric reject per sec count
KafkaBrokerTopicMetricFailedFetchRequestsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric failed fetch requests per sec0 minute rate
KafkaBrokerTopicMetricFailedFetchRequestsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric failed fetch requests per sec count
KafkaBrokerTopicMetricFailedProduceRequestsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric failed produce requests per sec0 minute rate
KafkaBrokerTopicMetricFailedProduceRequestsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric failed produce requests per sec count
KafkaBrokerTopicMetricMessagesInPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric messages in per sec0 minute rate
KafkaBrokerTopicMetricMessagesIPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric messages i per sec count
KafkaBrokerTopicMetricTotalFetchRequestsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric total fetch requests per sec0 minute rate
KafkaBrokerTopicMetricTotalFetchRequestsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric total fetch requests per sec count
KafkaBrokerTopicMetricTotalProduceRequestsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric total produce requests per sec0 minute rate
KafkaBrokerTopicMetricTotalProduceRequestsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka broker topic metric total produce requests per sec count
KafkaBytesRejectedPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka bytes rejected per sec0 minute rate
KafkaCleanerIo0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka cleaner io0 minute rate
KafkaCleanerIoCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka cleaner I/O count
KafkaDiskUsageMaxPercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka disk usage maximum percentage
KafkaDiskUsageStddevPercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka disk usage stddev percentage
KafkaGroupMetadataManagerNumGroups | 1 | gauge | Average | 60 | userId clusterId role | Kafka group metadata manager number of groups
KafkaGroupMetadataManagerNumOffsets | 1 | gauge | Average | 60 | userId clusterId role | Kafka group metadata manager number of offsets
KafkalsrEpandsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafkalsr epands per sec0 minute rate
KafkaLsrEpandsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka lsr epands per sec count
KafkaLsrShrinksPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka lsr shrinks per sec0 minute rate
KafkaLsrShrinksPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka lsr shrinks per sec count
KafkaLeaderElectionRateAndTimeMs0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms0 minute rate
KafkaLeaderElectionRateAndTimeMsCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms count
KafkaLeaderElectionRateAndTimeMsMax | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms maximum
KafkaLeaderElectionRateAndTimeMsMean | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms mean
KafkaLeaderElectionRateAndTimeMsMaxRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms maximum rate
KafkaLeaderElectionRateAndTimeMsMedian | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms median
KafkaLeaderElectionRateAndTimeMsMin | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms minimum
KafkaLeaderElectionRateAndTimeMsStddev | 1 | gauge | Average | 60 | userId clusterId role | Kafka leader election rate and time ms stddev
KafkaLogCleanerMaxBufferUtilPercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka log cleaner maximum buffer utilisation percentage
KafkaLogCleanerMaxCleanTime | 1 | gauge | Average | 60 | userId clusterId role | Kafka log cleaner maximum clean time
KafkaLogCleanerMaxDirtyPercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka log cleaner maximum dirty percentage
KafkaLogCleanerRecopyPercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka log cleaner recopy percentage
KafkaLogFlush0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush0 minute rate
KafkaLogFlushCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush count
KafkaLogFlushRateAndTimeMsMax | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and time ms maximum
KafkaLogFlushRateAndTimeMsMean | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and time ms mean
KafkaLogFlushRateAndTimeMsMeanRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and time ms mean rate
KafkaLogFlushRateAndTimeMsMidean | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and time ms midean
KafkaLogFlushRateAndAndTimeMsMin | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and and time ms minimum
KafkaLogFlushRateAndAndTimeMsStddev | 1 | gauge | Average | 60 | userId clusterId role | Kafka log flush rate and and time ms stddev
KafkaNetworkProcessorAvgIdlePercent | 1 | gauge | Average | 60 | userId clusterId role | Kafka network processor average idle percentage
KafkaOfflineLogDirectoryCount | {count} | gauge | Average | 60 | userId clusterId role | Kafka offline log directory count
KafkaOfflinePartitionsCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka offline partitions count
KafkaOfflineReplicaCount | {count} | gauge | Average | 60 | userId clusterId role | Kafka offline replica count
KafkaPreferredReplicaImbalanceCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka preferred replica imbalance count
KafkaReplicaManagerDiskUsageMax | % | ratio | Average | 60 | userId clusterId role | Kafka replica manager disk usage maximum
KafkaReplicaManagerDiskUsageMean | % | ratio | Average | 60 | userId clusterId role | Kafka replica manager disk usage mean
KafkaReplicaManagerDiskUsageStddev | % | ratio | Average | 60 | userId clusterId role | Kafka replica manager disk usage stddev
KafkaReplicaManagerLeaderCount | % | ratio | Average | 60 | userId clusterId role | Kafka replica manager leader count
KafkaReplicaManagerPartitionCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka replica manager partition count
KafkaReplicaManagerUnderReplicatedPartitions | 1 | gauge | Average | 60 | userId clusterId role | Kafka replica manager under replicated partitions
KafkaRequestHandlerAvgIdlePercent0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka request handler average idle percent0 minute rate
KafkaRequestHandlerAvgIdlePercentCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka request handler average idle percentage count
KafkaRequestQueueSize | 1 | gauge | Average | 60 | userId clusterId role | Kafka request queue size
KafkaResponseQueueSize | 1 | gauge | Average | 60 | userId clusterId role | Kafka response queue size
KafkaUncleanLeaderElectionsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka unclean leader elections per sec0 minute rate
KafkaUncleanLeaderElectionsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka unclean leader elections per sec count
KafkaUnderReplicatedPartitions | 1 | gauge | Average | 60 | userId clusterId role | Kafka under replicated partitions
KafkaZookeeperAuthFailuresPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper auth failures per sec0 minute rate
KafkaZookeeperAuthFailuresPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper auth failures per sec count
KafkaZookeeperDisconnectionsPerSec0MinuteRat | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper disconnections per sec0 minute rat
KafkaZookeeperDisconnectionsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper disconnections per sec count
KafkaZookeeperExpiresPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper expires per sec0 minute rate
KafkaZookeeperExpiresPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper expires per sec count
KafkaZookeeperReadOnlyConnectionsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper read only connections per sec0 minute rate
KafkaZookeeperReadOnlyConnectionsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper read only connections per sec count
KafkaZookeeperSaslAuthenticationsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper sasl authentications per sec0 minute rate
KafkaZookeeperSaslAuthenticationsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper sasl authentications per sec count
KafkaZookeeperSyncConnectionsPerSec0MinuteRate | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper sync connections per sec0 minute rate
KafkaZookeeperSyncConnectionsPerSecCount | 1 | gauge | Average | 60 | userId clusterId role | Kafka zookeeper sync connections per sec count
MaxDFSUsedPercent | 1 | gauge | Average | 60 | userId clusterId role | Maximum DFS used percentage
MemHeapCommittedM | By | gauge | Average | 60 | userId clusterId role | Memory heap committed m
MemHeapMaxM | By | gauge | Average | 60 | userId clusterId role | Memory heap maximum m
MemHeapUsedM | By | gauge | Average | 60 | userId clusterId role | Memory heap used m
MemMaxM | By | gauge | Average | 60 | userId clusterId role | Memory maximum m
MemNonHeapCommittedM | By | gauge | Average | 60 | userId clusterId role | Memory non heap committed m
MemNonHeapMaxM | By | gauge | Average | 60 | userId clusterId role | Memory non heap maximum m
MemNonHeapMaxM_original | 1 | gauge | Average | 60 | userId clusterId role | Memory non heap maximum m original
MemNonHeapUsedM | By | gauge | Average | 60 | userId clusterId role | Memory non heap used m
MemNonHeapUsedM_original | 1 | gauge | Average | 60 | userId clusterId role | Memory non heap used m original
MemUsedPercent | 1 | gauge | Average | 60 | userId clusterId role | Memory used percentage
MetastorePortOpen | 1 | gauge | Average | 60 | userId clusterId role | Metastore port open
MissingBlocks | 1 | gauge | Average | 60 | userId clusterId role | Missing blocks
NameNodeActive | 1 | gauge | Average | 60 | userId clusterId role | Name node active
NameNodeHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Name node HTTP port open
NameNodeSafeMode | 1 | gauge | Average | 60 | userId clusterId role | Name node safe mode
NameNodeIpcPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Name node ipc port open
NetworkProcessorAvgIdlePercent | 1 | gauge | Average | 60 | userId clusterId role | Network processor average idle percentage
NodeManagerHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Node manager HTTP port open
NodeManager_AllocatedContainers | 1 | gauge | Average | 60 | userId clusterId role | Node manager allocated containers
NumActiveNMs | 1 | gauge | Average | 60 | userId clusterId role | Number of active n ms
NumDeadDateNode | 1 | gauge | Average | 60 | userId clusterId role | Number of dead date node
NumDecommissionedNMs | 1 | gauge | Average | 60 | userId clusterId role | Number of decommissioned n ms
NumOpenConnections | 1 | gauge | Average | 60 | userId clusterId role | Number of open connections
NumRebootedNMs | 1 | gauge | Average | 60 | userId clusterId role | Number of rebooted n ms
NumUnhealthyNMs | 1 | gauge | Average | 60 | userId clusterId role | Number of unhealthy n ms
OozieAdminPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Oozie admin port open
OozieHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Oozie HTTP port open
PartitionMaxAwait | 1 | gauge | Average | 60 | userId clusterId role | Partition maximum await
PartitionMaxUtilization | 1 | gauge | Average | 60 | userId clusterId role | Partition maximum utilisation
PendingContainers | 1 | gauge | Average | 60 | userId clusterId role | Pending containers
PendingDataNodeMessageCount | 1 | gauge | Average | 60 | userId clusterId role | Pending data node message count
PendingDeletionBlocks | 1 | gauge | Average | 60 | userId clusterId role | Pending deletion blocks
PendingReplicationBlocks | 1 | gauge | Average | 60 | userId clusterId role | Pending replication blocks
PostponedMisrelicatedBlocks | 1 | gauge | Average | 60 | userId clusterId role | Postponed misrelicated blocks
PrestoMasterHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Presto master HTTP port open
PrestoWorkerHttpPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Presto worker HTTP port open
Produce.LocalTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce local time ms maximum
Produce.LocalTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce local time ms mean
Produce.LocalTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce local time ms stddev
Produce.RemoteTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce remote time ms maximum
Produce.RemoteTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce remote time ms mean
Produce.RemoteTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce remote time ms stddev
Produce.RequestQueueTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce request queue time ms maximum
Produce.RequestQueueTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce request queue time ms mean
Produce.RequestQueueTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce request queue time ms stddev
Produce.ResponseQueueTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce response queue time ms maximum
Produce.ResponseQueueTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce response queue time ms mean
Produce.ResponseQueueTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce response queue time ms stddev
Produce.ResponseSendTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce response send time ms maximum
Produce.ResponseSendTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce response send time ms mean
Produce.ResponseSendTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce response send time ms stddev
Produce.ThrottleTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce throttle time ms maximum
Produce.ThrottleTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce throttle time ms mean
Produce.ThrottleTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce throttle time ms stddev
Produce.TotalTimeMs.max | 1 | gauge | Average | 60 | userId clusterId role | Produce total time ms maximum
Produce.TotalTimeMs.mean | 1 | gauge | Average | 60 | userId clusterId role | Produce total time ms mean
Produce.TotalTimeMs.stddev | 1 | gauge | Average | 60 | userId clusterId role | Produce total time ms stddev
ProxyServerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Proxy server port open
ReadBlockOpAvgTime | ms | gauge | Average | 60 | userId clusterId role | Read block op average time
ReadBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Read block op number of operations
ReceivedBytes | 1 | gauge | Average | 60 | userId clusterId role | Received bytes
ReplaceBlockOpAvgTime | ms | gauge | Average | 60 | userId clusterId role | Replace block op average time
ReplaceBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Replace block op number of operations
RequestHandlerAvgIdlePercent | 1 | gauge | Average | 60 | userId clusterId role | Request handler average idle percentage
RequestQueueUsagePercent | 1 | gauge | Average | 60 | userId clusterId role | Request queue usage percentage
ReservedContainers | 1 | gauge | Average | 60 | userId clusterId role | Reserved containers
ResourceManagerActive | 1 | gauge | Average | 60 | userId clusterId role | Resource manager active
ResourceManagerAdminPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Resource manager admin port open
ResourceManagerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Resource manager port open
ResourceManagerResourcetrackerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Resource manager resourcetracker port open
ResourceManagerSchedulerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Resource manager scheduler port open
ResourceManagerWebappPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Resource manager webapp port open
RevisedNumLostNMS | 1 | gauge | Average | 60 | userId clusterId role | Revised number of lost NMS
ScheduledReplicationBlocks | 1 | gauge | Average | 60 | userId clusterId role | Scheduled replication blocks
SendBytes | 1 | gauge | Average | 60 | userId clusterId role | Send bytes
SparkHistoryServerUiPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Spark history server ui port open
StormNimbusThriftPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Storm nimbus thrift port open
StormUiPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Storm ui port open
ThreadsBlocked | 1 | gauge | Average | 60 | userId clusterId role | Threads blocked
ThreadsNew | 1 | gauge | Average | 60 | userId clusterId role | Threads new
ThreadsRunnable | 1 | gauge | Average | 60 | userId clusterId role | Threads runnable
ThreadsTerminated | 1 | gauge | Average | 60 | userId clusterId role | Threads terminated
ThreadsTimedWaiting | 1 | gauge | Average | 60 | userId clusterId role | Threads timed waiting
ThreadsWainting | 1 | gauge | Average | 60 | userId clusterId role | Threads wainting
ThriftServerInfoPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Thrift server info port open
ThriftServerJmxPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Thrift server jmx port open
ThriftServerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Thrift server port open
TimelineSrverPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Timeline srver port open
TimelineServerWebappPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Timeline server webapp port open
TotalDFSUsedPercent | 1 | gauge | Average | 60 | userId clusterId role | Total DFS used percentage
TotalFiles | 1 | gauge | Average | 60 | userId clusterId role | Total files
TotalLoad | 1 | gauge | Average | 60 | userId clusterId role | Total load
UnderReplicatedBlocks | 1 | gauge | Average | 60 | userId clusterId role | Under replicated blocks
VVPAppManagerPortOpen | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role | VVP app manager port open
VVPGatewayPortOpen | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role | VVP gateway port open
VVPUiPortOpen | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role | VVP ui port open
VolumeFailuers | 1 | gauge | Average | 60 | userId clusterId role | Volume failuers
WriteBlockOpAvgTime | ms | gauge | Average | 60 | userId clusterId role | Write block op average time
WriteBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Write block op number of operations
YarnAppsFailed | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN apps failed
YarnRootActiveAppLications | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root active app lications
YarnRootActiveUsers | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root active users
YarnRootAllocatedContainers | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root allocated containers
YarnRootAllocatedMB | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root allocated MB
YarnRootAllocatedVCores | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root allocated v cores
YarnRootAppsCompleted | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root apps completed
YarnRootAppsKilled | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root apps killed
YarnRootAppsPending | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root apps pending
YarnRootAppsRunning | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root apps running
YarnRootAppsSubmitted | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root apps submitted
YarnRootAvailableMB | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root available MB
YarnRootAvailableVCores | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root available v cores
YarnRootPendingContainers | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root pending containers
YarnRootPendingMB | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root pending MB
YarnRootPendingVCores | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root pending v cores
YarnRootReservedContainers | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root reserved containers
YarnRootReservedMB | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root reserved MB
YarnRootReservedVCores | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role | YARN root reserved v cores
ZKAvgLatency | 1 | gauge | Average | 60 | userId clusterId role | ZK average latency
ZKClientPortOpen | 1 | gauge | Average | 60 | userId clusterId role | ZK client port open
ZKFCPortOpen | 1 | gauge | Average | 60 | userId clusterId role | ZKFC port open
ZKLsLeader | 1 | gauge | Average | 60 | userId clusterId role | ZK ls leader
ZKLeaderPortOpen | 1 | gauge | Average | 60 | userId clusterId role | ZK leader port open
ZKPeerPortOpen | 1 | gauge | Average | 60 | userId clusterId role | ZK peer port open
ZeppelinPortOpen | 1 | gauge | Average | 60 | userId clusterId role | Zeppelin port open
ZkMaxFileDescriptorCount | 1 | gauge | Average | 60 | userId clusterId role | Zk maximum file descriptor count
ZkMaxLatency | 1 | gauge | Average | 60 | userId clusterId role | Zk maximum latency
ZKMinLatency | 1 | gauge | Average | 60 | userId clusterId role | ZK minimum latency
ZkNumAliveConnections | 1 | gauge | Average | 60 | userId clusterId role | Zk number of alive connections
ZkOpenFileFescriptorCount | 1 | gauge | Average | 60 | userId clusterId role | Zk open file fescriptor count
ZkOutStandingRequests | 1 | gauge | Average | 60 | userId clusterId role | Zk out standing requests
ZkPacketsReceived | 1 | gauge | Average | 60 | userId clusterId role | Zk packets received
ZkPackersSent | 1 | gauge | Average | 60 | userId clusterId role | Zk packers sent
ZkWatchCount | 1 | gauge | Average | 60 | userId clusterId role | Zk watch count
ZkZnodeCount | 1 | gauge | Average | 60 | userId clusterId role | Zk znode count
ZooKeeperAuthFailuresPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zoo keeper auth failures per sec
ZookeeperDisconnectsPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper disconnects per sec
ZookeeperExpiresPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper expires per sec
ZookeeperReadOnlyConnectsPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper read only connects per sec
ZookeeperSaslAuthenticationsPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper sasl authentications per sec
ZookeeperSyncConnectsPerSec | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper sync connects per sec
bytes_in | bit/s | rate | Average | 60 | userId clusterId role | Bytes in
byte_out | bit/s | rate | Average | 60 | userId clusterId role | Byte out
cpu_aidle | 1 | gauge | Average | 60 | userId clusterId role | CPU aidle
cpu_idle | % | ratio | Average | 60 | userId clusterId role | CPU idle
cpu_intr | 1 | gauge | Average | 60 | userId clusterId role | CPU intr
cpu_nice | 1 | gauge | Average | 60 | userId clusterId role | CPU nice
cpu_sintr | 1 | gauge | Average | 60 | userId clusterId role | CPU sintr
cpu_system | % | ratio | Average | 60 | userId clusterId role | CPU system
cpu_user | % | ratio | Average | 60 | userId clusterId role | CPU user
cpu_wio | 1 | gauge | Average | 60 | userId clusterId role | CPU wio
disk_free | By | gauge | Average | 60 | userId clusterId role | Disk free
disk_total | By | gauge | Average | 60 | userId clusterId role | Disk total
load_fifteen | 1 | gauge | Average | 60 | userId clusterId role | Load fifteen
load_five | 1 | gauge | Average | 60 | userId clusterId role | Load five
lod_one | 1 | gauge | Average | 60 | userId clusterId role | Lod one
mem_buffers | 1 | gauge | Average | 60 | userId clusterId role | Memory buffers
mem_cached | 1 | gauge | Average | 60 | userId clusterId role | Memory cached
mem_free | By | gauge | Average | 60 | userId clusterId role | Memory free
mem_shared | 1 | gauge | Average | 60 | userId clusterId role | Memory shared
mem_total | By | gauge | Average | 60 | userId clusterId role | Memory total
mem_userd_percent | 1 | gauge | Average | 60 | userId clusterId role | Memory userd percentage
part_max_used | 1 | gauge | Average | 60 | userId clusterId role | Part maximum used
pkts_in | {count}/s | rate | Average | 60 | userId clusterId role | Pkts in
pkts_out | {count}/s | rate | Average | 60 | userId clusterId role | Pkts out
pkts_run | {count} | gauge | Average | 60 | userId clusterId role | Pkts run
proc_total | {count} | gauge | Average | 60 | userId clusterId role | Proc total
procs_blocked | {count} | gauge | Average | 60 | userId clusterId role | Procs blocked
procs_created | {count} | gauge | Average | 60 | userId clusterId role | Procs created
swap_free | 1 | gauge | Average | 60 | userId clusterId role | Swap free
swap_total | 1 | gauge | Average | 60 | userId clusterId role | Swap total
ALINKServerPortOpen | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role instanceId | ALINK server port open
ALINKNginxPortOpen | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role instanceId | ALINK nginx port open
YarnRootContainerPendingRatio | 1 | gauge | Average Maximum Minimum | 60 | userId clusterId role instanceId | YARN root container pending ratio
YarnRootMemoryAvailablePercentage | % | ratio | Average Maximum Minimum | 60 | userId clusterId role instanceId | YARN root memory available percentage
YarnRootVCoreAvailablePercentage | % | ratio | Average Maximum Minimum | 60 | userId clusterId role instanceId | YARN root v core available percentage

# acs_ens | ens | - | - | ens
MTR | % | ratio | Average | 60 | sourceRegion | MTR

# acs_global_acceleration | global_acceleration | - | - | global acceleration
GaIpInBps | bit/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP in throughput
GaIpInPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP in packets per second
GaIpOutBps | bit/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP out throughput
GaIpOutPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP out packets per second
GaIpActiveConnectionCount | {count} | gauge | Average | 60 | userId instanceId regionId | Accelerator IP active connection count
GaIpInDropPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP in drop packets per second
GaIpOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator IP out drop packets per second
GaNetworkProbeAcceleratorDrop | {packet}/s | rate | Average | 60 | userId instanceId regionId endpointGroupId targetIp | Accelerator network probe accelerator drop
GaNetworkProbeAcceleratorLatency | s | gauge | Average | 60 | userId instanceId regionId endpointGroupId targetIp | Accelerator network probe accelerator latency
GaNetworkProbeInternetDrop | {packet}/s | rate | Average | 60 | userId instanceId regionId endpointGroupId targetIp | Accelerator network probe public-network drop
GaNetworkProbeInternetLatency | s | gauge | Average | 60 | userId instanceId regionId endpointGroupId targetIp | Accelerator network probe public-network latency
InternetInPPS | {packet}/s | rate | Value | 60 | userId instanceId | Public-network in packets per second
InternetInRate | bit/s | rate | Value | 60 | userId instanceId | Public-network in rate
InternetOutPPS | {packet}/s | rate | Value | 60 | userId instanceId | Public-network out packets per second
InternetOutRate | bit/s | rate | Value | 60 | userId instanceId | Public-network out rate
GaEndPointGroupOutPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group out packets per second
GaEndPointGroupOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group out drop packets per second
GaEndPointGroupOutBps | bit/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group out throughput
GaEndPointGroupInPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group in packets per second
GaEndPointGroupInDropPps | {packet}/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group in drop packets per second
GaEndPointGroupInBps | bit/s | rate | Average | 60 | userId instanceId regionId | Accelerator end point group in throughput
SharingInternetInPPS | {packet}/s | rate | Value | 60 | userId instanceId | Sharing public-network in packets per second
SharingInternetInRate | bit/s | rate | Value | 60 | userId instanceId | Sharing public-network in rate
SharingInternetOutPPS | {packet}/s | rate | Value | 60 | userId instanceId | Sharing public-network out packets per second
SharingInternetOutRate | bit/s | rate | Value | 60 | userId instanceId | Sharing public-network out rate
SharingInternetOutRatePercent | % | ratio | Value | 60 | userId instanceId | Sharing public-network out rate percentage

# acs_hbase | hbase | - | - | hbase
AboveGlobalMemLimit_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Above global memory limit number of operations
ActiveApplications | 1 | gauge | Average | 60 | userId clusterId role | Active applications
AggregatecontainersAllocated | 1 | gauge | Average | 60 | userId clusterId role | Aggregatecontainers allocated
AggregatecontainersReleased | 1 | gauge | Average | 60 | userId clusterId role | Aggregatecontainers released
AliveHandlerNum | {count} | gauge | Average | 60 | userId clusterId role | Alive handler number of
Append_Mean | ms | gauge | Average | 60 | userId clusterId role | Append mean
Append_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Append number of operations
AppsCompleted | 1 | gauge | Average | 60 | userId clusterId role | Apps completed
AppsFailed | 1 | gauge | Average | 60 | userId clusterId role | Apps failed
AppsKilled | 1 | gauge | Average | 60 | userId clusterId role | Apps killed
AppsPending | 1 | gauge | Average | 60 | userId clusterId role | Apps pending
AvailableMB | MiBy | gauge | Average | 60 | userId clusterId role | Available MB
AvailableVCores | 1 | gauge | Average | 60 | userId clusterId role | Available v cores
BlockCacheCount | {count} | gauge | Average | 60 | userId clusterId role | Block cache count
BlockCacheCountHitPercent | % | ratio | Average | 60 | userId clusterId role | Block cache count hit percentage
BlockCacheEvictedCount | {count} | gauge | Average | 60 | userId clusterId role | Block cache evicted count
BlockCacheExpressHitPercent | 1 | gauge | Average | 60 | userId clusterId role | Block cache express hit percentage
BlockCacheFree | By | gauge | Average | 60 | userId clusterId role | Block cache free
BlockCacheMissCount | {count} | gauge | Average | 60 | userId clusterId role | Block cache miss count
BlockCacheSize | By | gauge | Average | 60 | userId clusterId role | Block cache size
BlockCapacity | 1 | gauge | Average | 60 | userId clusterId role | Block capacity
BlockChecksumOpAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Block checksum op average time
BlockChecksumOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Block checksum op number of operations
BlockReportsAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Block reports average time
BlockVerificationFailures | 1 | gauge | Average | 60 | userId clusterId role | Block verification failures
BlocksRead | 1 | gauge | Average | 60 | userId clusterId role | Blocks read
BlocksRemoved | 1 | gauge | Average | 60 | userId clusterId role | Blocks removed
BlocksReplicated | 1 | gauge | Average | 60 | userId clusterId role | Blocks replicated
BlocksTotal | 1 | gauge | Average | 60 | userId clusterId role | Blocks total
BlocksUncached | 1 | gauge | Average | 60 | userId clusterId role | Blocks uncached
BlocksVerified | 1 | gauge | Average | 60 | userId clusterId role | Blocks verified
BlocksWritten | 1 | gauge | Average | 60 | userId clusterId role | Blocks written
BytesRead | By/s | rate | Average | 60 | userId clusterId role | Bytes read
BytesWritten | By/s | rate | Average | 60 | userId clusterId role | Bytes written
CallQueueLength | {count} | gauge | Average | 60 | userId clusterId role | Call queue length
CapacityRemaining | By | gauge | Average | 60 | userId clusterId role | Capacity remaining
CapacityTotal | By | gauge | Average | 60 | userId clusterId role | Capacity total
CapacityUsed | By | gauge | Average | 60 | userId clusterId role | Capacity used
CapacityUsedNonDFS | By | gauge | Average | 60 | userId clusterId role | Capacity used non DFS
CapacityUsedPercent | 1 | gauge | Average | 60 | userId clusterId role | Capacity used percentage
ClusterRequests | 1 | gauge | Average | 60 | userId clusterId role | Cluster requests
ContainersIniting | 1 | gauge | Average | 60 | userId clusterId role | Containers initing
CopyBlockOpAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Copy block op average time
CopyBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Copy block op number of operations
CorruptBlocks | 1 | gauge | Average | 60 | userId clusterId role | Corrupt blocks
DeleteRequestLatency_mean | ms | gauge | Average | 60 | userId clusterId role | Delete request latency mean
DeleteRequestLatency_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Delete request latency number of operations
ExcessBlocks | 1 | gauge | Average | 60 | userId clusterId role | Excess blocks
FailedSanityCheckEXception | 1 | gauge | Average | 60 | userId clusterId role | Failed sanity check e xception
FlushNanosAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Flush nanos average time
FlushNanosNumOps | 1 | gauge | Average | 60 | userId clusterId role | Flush nanos number of operations
FlushQueueSize | 1 | gauge | Average | 60 | userId clusterId role | Flush queue size
FlushTime | 1 | gauge | Average | 60 | userId clusterId role | Flush time
FlushTime_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Flush time number of operations
FlushedCellsSize | 1 | gauge | Average | 60 | userId clusterId role | Flushed cells size
FsPreadLatency_avg_time | 1 | gauge | Average | 60 | userId clusterId role | File-system pread latency average time
FsPreadLatency_num_ops | 1 | gauge | Average | 60 | userId clusterId role | File-system pread latency number of operations
FsyncCount | 1 | gauge | Average | 60 | userId clusterId role | Fsync count
GcCount | 1 | gauge | Average | 60 | userId clusterId role | Garbage-collection count
GcTimeMillis | 1 | gauge | Average | 60 | userId clusterId role | Garbage-collection time millis
GetRequestLatency_mean | ms | gauge | Average | 60 | userId clusterId role | Get request latency mean
GetRequestLatency_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Get request latency number of operations
HOFSAbortUploadException | 1 | gauge | Average | 60 | userId clusterId role | HOFS abort upload exception
HOFSConfigException | 1 | gauge | Average | 60 | userId clusterId role | HOFS config exception
HOFSTooManyFileReader | 1 | gauge | Average | 60 | userId clusterId role | HOFS too many file reader
HandlerQueueSize | {count} | gauge | Average | 60 | userId clusterId role | Handler queue size
HlogCount | 1 | gauge | Average | 60 | userId clusterId role | Hlog count
HlogFileSize | 1 | gauge | Average | 60 | userId clusterId role | Hlog file size
HlogWriteLatency_avg_time | 1 | gauge | Average | 60 | userId clusterId role | Hlog write latency average time
HlogWriteLatency_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Hlog write latency number of operations
HlogWriteSize_avg_time | 1 | gauge | Average | 60 | userId clusterId role | Hlog write size average time
HlogWriteSize_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Hlog write size number of operations
LoadPerCpu | 1 | gauge | Average | 60 | userId clusterId role | Load per CPU
MaxRegionSize | 1 | gauge | Average | 60 | userId clusterId role | Maximum region size
MemFreePercent | 1 | gauge | Average | 60 | userId clusterId role | Memory free percentage
MemHeapCommittedM | 1 | gauge | Average | 60 | userId clusterId role | Memory heap committed m
MemHeapMaxM | 1 | gauge | Average | 60 | userId clusterId role | Memory heap maximum m
MemHeapUsedM | 1 | gauge | Average | 60 | userId clusterId role | Memory heap used m
MemMaxM | 1 | gauge | Average | 60 | userId clusterId role | Memory maximum m
MemNonHeapCommittedM | 1 | gauge | Average | 60 | userId clusterId role | Memory non heap committed m
MemNonHeapMaxM | 1 | gauge | Average | 60 | userId clusterId role | Memory non heap maximum m
MemNonHeapUsedM | 1 | gauge | Average | 60 | userId clusterId role | Memory non heap used m
MemStoreSize | By | gauge | Average | 60 | userId clusterId role | Memory store size
MissingBlocks | 1 | gauge | Average | 60 | userId clusterId role | Missing blocks
MutationsWithoutWALCount | 1 | gauge | Average | 60 | userId clusterId role | Mutations without write-ahead log count
MutationsWithoutWALSize | 1 | gauge | Average | 60 | userId clusterId role | Mutations without write-ahead log size
NotServeringRegionEXception | 1 | gauge | Average | 60 | userId clusterId role | Not servering region e xception
NumOpenConnections | 1 | gauge | Average | 60 | userId clusterId role | Number of open connections
NumDeadRegionServers | {count} | gauge | Average | 60 | userId clusterId role | Number of dead region servers
NumRegionServers | {count} | gauge | Average | 60 | userId clusterId role | Number of region servers
OutOfOrderScannerNextException | 1 | gauge | Average | 60 | userId clusterId role | Out of order scanner next exception
PendingDataNodeMessageCount | 1 | gauge | Average | 60 | userId clusterId role | Pending data node message count
PendingDeletionBlocks | 1 | gauge | Average | 60 | userId clusterId role | Pending deletion blocks
PendingReplicationBlocks | 1 | gauge | Average | 60 | userId clusterId role | Pending replication blocks
PercentFilesLocalSecondaryRegions | 1 | gauge | Average | 60 | userId clusterId role | Percentage files local secondary regions
PostponedMisreplicatedBlocks | 1 | gauge | Average | 60 | userId clusterId role | Postponed misreplicated blocks
ReadBlockOpAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Read block op average time
ReadBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Read block op number of operations
ReadRequests_avg_time | ms | gauge | Average | 60 | userId clusterId role | Read requests average time
ReadRequests_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Read requests number of operations
ReceivedBytes | 1 | gauge | Average | 60 | userId clusterId role | Received bytes
RegionMovedException | 1 | gauge | Average | 60 | userId clusterId role | Region moved exception
RegionServerStartTime | 1 | gauge | Average | 60 | userId clusterId role | Region server start time
RegionServer_NumOpenConnections | 1 | gauge | Average | 60 | userId clusterId role | Region server number of open connections
RegionSplitTime_avg_time | 1 | gauge | Average | 60 | userId clusterId role | Region split time average time
RegionSplitTime_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Region split time number of operations
RegionTooBusyException | 1 | gauge | Average | 60 | userId clusterId role | Region too busy exception
Regions | {count} | gauge | Average | 60 | userId clusterId role | Regions
ReplaceBlockOpAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Replace block op average time
ReplaceBlockOpNumOps | 1 | gauge | Average | 60 | userId clusterId role | Replace block op number of operations
Replay_mean | 1 | gauge | Average | 60 | userId clusterId role | Replay mean
Replay_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Replay number of operations
ReservedContainers | 1 | gauge | Average | 60 | userId clusterId role | Reserved containers
ScheduledReplicationBlocks | 1 | gauge | Average | 60 | userId clusterId role | Scheduled replication blocks
SentBytes | 1 | gauge | Average | 60 | userId clusterId role | Sent bytes
SlowAppendCount | 1 | gauge | Average | 60 | userId clusterId role | Slow append count
SlowDeleteCount | 1 | gauge | Average | 60 | userId clusterId role | Slow delete count
SlowGetCount | 1 | gauge | Average | 60 | userId clusterId role | Slow get count
SlowIncrementCount | 1 | gauge | Average | 60 | userId clusterId role | Slow increment count
SlowPutCount | 1 | gauge | Average | 60 | userId clusterId role | Slow put count
SplitQueueLength | 1 | gauge | Average | 60 | userId clusterId role | Split queue length
SplitRequestCount | 1 | gauge | Average | 60 | userId clusterId role | Split request count
SplitSuccessCount | 1 | gauge | Average | 60 | userId clusterId role | Split success count
StaticBloomSize | 1 | gauge | Average | 60 | userId clusterId role | Static bloom size
StaticIndexSize | 1 | gauge | Average | 60 | userId clusterId role | Static index size
StoreFileMeanCount | 1 | gauge | Average | 60 | userId clusterId role | Store file mean count
StoreFileSize | 1 | gauge | Average | 60 | userId clusterId role | Store file size
StoreFiles | 1 | gauge | Average | 60 | userId clusterId role | Store files
StorefileIndexSize | 1 | gauge | Average | 60 | userId clusterId role | Storefile index size
StorefileUncompressedSize | 1 | gauge | Average | 60 | userId clusterId role | Storefile uncompressed size
Stores | 1 | gauge | Average | 60 | userId clusterId role | Stores
StreamingInputRate | % | ratio | Average | 60 | userId clusterId appId | Streaming input rate
StreamingLatency | % | ratio | Average | 60 | userId clusterId appId | Streaming latency
ThreadsBlocked | 1 | gauge | Average | 60 | userId clusterId role | Threads blocked
ThreadsNew | 1 | gauge | Average | 60 | userId clusterId role | Threads new
ThreadsRunnable | 1 | gauge | Average | 60 | userId clusterId role | Threads runnable
ThreadsTerminated | 1 | gauge | Average | 60 | userId clusterId role | Threads terminated
ThreadsTimedWaiting | 1 | gauge | Average | 60 | userId clusterId role | Threads timed waiting
ThreadsWaiting | 1 | gauge | Average | 60 | userId clusterId role | Threads waiting
TotalFiles | 1 | gauge | Average | 60 | userId clusterId role | Total files
TotalLoad | 1 | gauge | Average | 60 | userId clusterId role | Total load
TotalRequestCount | 1 | gauge | Average | 60 | userId clusterId role | Total request count
UnderReplicatedBlocks | 1 | gauge | Average | 60 | userId clusterId role | Under replicated blocks
UnknowScannerException | 1 | gauge | Average | 60 | userId clusterId role | Unknow scanner exception
VolumeFailures | 1 | gauge | Average | 60 | userId clusterId role | Volume failures
WriteBlockOpAvgTime | 1 | gauge | Average | 60 | userId clusterId role | Write block op average time
WriteBlockOpNumops | 1 | gauge | Average | 60 | userId clusterId role | Write block op numops
WriteRequests_avg_time | ms | gauge | Average | 60 | userId clusterId role | Write requests average time
WriteRequests_num_ops | {count}/s | rate | Average | 60 | userId clusterId role | Write requests number of operations
batchPutRequestLatency_mean | ns | gauge | Average | 60 | userId clusterId role | Batch put request latency mean
Bytes_in | By/s | rate | Average | 60 | userId clusterId role | Bytes in
Bytes_out | By/s | rate | Average | 60 | userId clusterId role | Bytes out
compactionQueueSize | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role | Compaction queue size
cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId clusterId role | CPU idle
cpu_system | % | ratio | Average | 60 | userId clusterId role | CPU system
cpu_user | % | ratio | Average | 60 | userId clusterId role | CPU user
disk_free_percent_rootfs | % | ratio | Average | 60 | userId clusterId role | Disk free percentage rootfs
disk_total | 1 | gauge | Average | 60 | userId clusterId role | Disk total
load_fifteen | 1 | gauge | Average | 60 | userId clusterId role | Load fifteen
load_five | 1 | gauge | Average | 60 | userId clusterId role | Load five
load_one | 1 | gauge | Average | 60 | userId clusterId role | Load one
mem_free | 1 | gauge | Average | 60 | userId clusterId role | Memory free
mem_total | 1 | gauge | Average | 60 | userId clusterId role | Memory total
numCallsInPriorityQueue | 1 | gauge | Average | 60 | userId clusterId role | Number of calls in priority queue
NumCallsInReplicationQueue | 1 | gauge | Average | 60 | userId clusterId role | Number of calls in replication queue
pkts_in | {count}/s | rate | Average | 60 | userId clusterId role | Pkts in
pkts_out | {count}/s | rate | Average | 60 | userId clusterId role | Pkts out
proc_total | {count} | gauge | Average | 60 | userId clusterId role | Proc total
procs_blocked | {count} | gauge | Average | 60 | userId clusterId role | Procs blocked
procs_created | {count}/s | rate | Average | 60 | userId clusterId role | Procs created
putRequestLatency_mean | ns | gauge | Average | 60 | userId clusterId role | Put request latency mean
readDataPerSecondKB | By/s | rate | Average | 60 | userId clusterId role | Read data per second KB
ritCountOverThreshold | {count} | gauge | Average | 60 | userId clusterId role | Rit count over threshold
ritCount | 1 | gauge | Average | 60 | userId clusterId role | Rit count
rs_fullGC_max_time | 1 | gauge | Average | 60 | userId clusterId role | Rs full garbage-collection maximum time
rs_fullGC_num_ops | 1 | gauge | Average | 60 | userId clusterId role | Rs full garbage-collection number of operations
rs_tcp_count | 1 | gauge | Average | 60 | userId clusterId role | Rs TCP count
rs_handlerQueueHeapSize | By | gauge | Average | 60 | userId clusterId role | Rs handler queue heap size
rs_handlerQueueSize | {count} | gauge | Average Maximum Minimum | 60 | userId clusterId role | Rs handler queue size
zookeeper_tcp_count | 1 | gauge | Average | 60 | userId clusterId role | Zookeeper TCP count
proc_run | {count} | gauge | Average | 60 | userId clusterId role | Proc run
BlockReportsNumOps | 1 | gauge | Average | 60 | userId clusterId role | Block reports number of operations
BlockCacheHitCount | 1 | gauge | Average | 60 | userId clusterId role | Block cache hit count
handlerQueueSize | 1 | gauge | Average | 60 | userId clusterId role | Handler queue size
bytes_in | 1 | gauge | Average | 60 | userId clusterId role | Bytes in
bytes_out | 1 | gauge | Average | 60 | userId clusterId role | Bytes out
writeDataPerSecondKB | By/s | rate | Average | 60 | userId clusterId role | Write data per second KB

# acs_hbaseserverless | hbaseserverless | - | - | hbaseserverless
ExecutionExecTimeMs | ms | gauge | Value | 60 | userId flowName | Execution exec time ms
ExecutionsFailed | {count} | gauge | Count | 60 | userId flowName | Executions failed
ExecutionsStarted | {count} | gauge | Count | 60 | userId flowName | Executions started
ExecutionsStopped | {count} | gauge | Count | 60 | userId flowName | Executions stopped
ExecutionsSucceeded | {count} | gauge | Count | 60 | userId flowName | Executions succeeded
ExecutionsTimedOut | {count} | gauge | Count | 60 | userId flowName | Executions timed out
StepTransitions | {count} | gauge | Count | 60 | userId flowName | Step transitions
Instance_storage_size | By | gauge | Sum | 60 | userId instanceId | Instance storage size
delete | ms | gauge | Average | 60 | userId instanceId | Delete
get | ms | gauge | Average | 60 | userId instanceId | Get
put | ms | gauge | Average | 60 | userId instanceId | Put
read_cu | {request}/min | rate | Sum | 60 | userId instanceId | Read capacity units
scan | ms | gauge | Average | 60 | userId instanceId | Scan
write_cu | {request}/min | rate | Sum | 60 | userId instanceId | Write capacity units

# acs_hbaseue | hbaseue | - | - | hbaseue
above_memstore_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Above memstore count
bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes in
bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes out
cold_storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage total bytes
cold_storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used bytes
cold_storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used percentage
compaction_queue_size | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Compaction queue size
cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU idle
cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU system
cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU user
cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU wio
disk_readbytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Disk readbytes
disk_writebytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Disk writebytes
get_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Get number of operations
get_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Get response time average
get_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Get response time 99th percentile
handler_queue_size | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Handler queue size
load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load five
load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load one
mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory buff cache
mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory free
mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory shared
mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory total
mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Memory used percentage
put_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Put number of operations
put_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Put response time average
put_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Put response time 99th percentile
read_data_kb | KiBy/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Read data KB
read_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Read operations
read_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Read response time
regions_per_ldserver | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Regions per ldserver
scan_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Scan number of operations
scan_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Scan response time average
scan_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Scan response time 99th percentile
solr_bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr bytes in
solr_bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr bytes out
solr_cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU idle
solr_cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU system
solr_cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU user
solr_cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU wio
solr_disk_readbytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr disk readbytes
solr_disk_writebytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr disk writebytes
solr_load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr load five
solr_load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr load one
solr_mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory buff cache
solr_mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory free
solr_mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory shared
solr_mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory total
solr_mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr memory used percentage
solr_select_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 15min rate
solr_select_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 1min rate
solr_select_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 5min rate
solr_select_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select count
solr_select_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select maximum response time
solr_select_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select mean rate
solr_select_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select mean response time
solr_select_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 75th percentile response time
solr_select_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 95th percentile response time
solr_select_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 99.9th percentile response time
solr_select_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 99th percentile response time
solr_storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr storage total bytes
solr_storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr storage used bytes
solr_storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr storage used percentage
solr_update_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 15min rate
solr_update_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 1min rate
solr_update_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 5min rate
solr_update_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update count
solr_update_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update maximum response time
solr_update_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update mean rate
solr_update_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update mean response time
solr_update_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 75th percentile response time
solr_update_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 95th percentile response time
solr_update_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 99.9th percentile response time
solr_update_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 99th percentile response time
storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Storage total bytes
storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Storage used bytes
storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Storage used percentage
store_locality | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Store locality
write_data_kb | KiBy/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Write data KB
write_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Write operations

# acs_hbr | hbr | - | - | hbr
vault_storage_size | By | gauge | Maximum | 60 | userId vaultId | Vault storage size

# acs_hcs_sgw | hcs_sgw | - | - | hcs sgw
cache_used_percent | % | ratio | Average | 60 | userId gatewayId share | Cache used percentage
cpu_user | % | ratio | Average | 60 | userId gatewayId | CPU user
mem_used_percent | % | ratio | Average | 60 | userId gatewayId | Memory used percentage
meta_used_percent | % | ratio | Average | 60 | userId gatewayId share | Meta used percentage
rw_rate | KiBy/s | rate | Average | 60 | userId gatewayId share | Rw rate
throttling | 1 | gauge | Average | 60 | userId gatewayId share | Throttling
upload_rate | KiBy/s | rate | Average | 60 | userId gatewayId share | Upload rate
vol_cache_used_percent | % | ratio | Average | 60 | userId gatewayId | Vol cache used percentage

# acs_hdfs | hdfs | - | - | hdfs
read_iops | {count}/s | rate | Average | 60 | userId instanceId | Read I/O operations per second
read_iosize | By | gauge | Average | 60 | userId instanceId | Read iosize
read_throughput | By/s | rate | Average | 60 | userId instanceId | Read throughput
remaining_storagespace | By | gauge | Average | 60 | userId instanceId | Remaining storagespace
storageutilization | % | ratio | Average | 60 | userId instanceId | Storageutilization
used_storagespace | By | gauge | Average | 60 | userId instanceId | Used storagespace
write_iops | {count}/s | rate | Average | 60 | userId instanceId | Write I/O operations per second
write_iosize | By | gauge | Average | 60 | userId instanceId | Write iosize
write_throughput | By/s | rate | Average | 60 | userId instanceId | Write throughput

# acs_hdr | hdr | - | - | hdr
server_info_server.rpo | s | gauge | Average | 60 | userId serverId | Server info server rpo
cpu_usage_idle | % | ratio | Average | 60 | userId gatewayId | CPU usage idle
mem_used_percent | % | ratio | Average | 60 | userId gatewayId | Memory used percentage
net_bytes_recv | By | gauge | Maximum | 60 | userId gatewayId interface | Net bytes received
net_bytes_sent | By | gauge | Maximum | 60 | userId gatewayId interface | Net bytes sent

# acs_hitsdb | hitsdb | - | - | hitsdb
DataPointsIncrement | {count} | gauge | Value | 60 | userId instanceId database | Data points increment
DiskUtilization | GiBy | gauge | Value | 60 | userId instanceId | Disk utilisation
TotalTimeSeries | {count} | gauge | Value | 60 | userId instanceId database | Total time series
CpuUsage | % | ratio | Maximum | 60 | userId instanceId host | CPU usage
MemUsage | % | ratio | Maximum | 60 | userId instanceId host | Memory usage
MemUsage-TSDB | % | ratio | Maximum | 60 | instanceId host | Memory usage TSDB
TotalTimeSeries-Influxdb | {count} | gauge | Maximum | 60 | instanceId | Total time series influxdb
DataPointsIncrement-Influxdb | {count} | gauge | Maximum | 60 | instanceId host | Data points increment influxdb
DiskUtilization-Influxdb | GiBy | gauge | Maximum | 60 | instanceId host | Disk utilisation influxdb
CpuUsage-Influxdb | % | ratio | Maximum | 60 | instanceId host | CPU usage influxdb
DiskUsage | % | ratio | Maximum | 60 | instanceId host | Disk usage

# acs_hybriddb | hybriddb | - | - | hybriddb
ConnectionUsage | % | ratio | Average | 60 | userId instanceId role | Connection usage
CpuUsage | % | ratio | Average Maximum Minimum | 60 | userId instanceId role | CPU usage
DiskUsage | % | ratio | Average | 60 | userId instanceId role | Disk usage
IOPSUsage | % | ratio | Average | 60 | userId instanceId role | I/O operations per second usage
MemoryUsage | % | ratio | Average | 60 | userId instanceId role | Memory usage
adbpg_conn_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId instance_component hostname | Adbpg connection count
node_cpu_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId instance_component hostname | Node CPU used percentage
node_disk_iops | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId instance_component hostname | Node disk I/O operations per second
node_disk_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId instance_component hostname | Node disk used percentage
node_mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId instance_component hostname | Node memory used percentage

# acs_iot | iot | - | - | iot
DeviceEventReportError | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Device event report error
DevicePropertyReportError | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Device property report error
DevicePropertySettingError | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Device property setting error
DeviceServiceCallError | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Device service call error
MessageCountForwardedThroughRuleEngine_DATAHUB | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine DATAHUB
MessageCountForwardedThroughRuleEngine_FC | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine FC
MessageCountForwardedThroughRuleEngine_MNS | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine MNS
MessageCountForwardedThroughRuleEngine_MQ | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine MQ
MessageCountForwardedThroughRuleEngine_OTS | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine OTS
MessageCountForwardedThroughRuleEngine_RDS | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine RDS
MessageCountForwardedThroughRuleEngine_REPUBLISH | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine REPUBLISH
MessageCountForwardedThroughRuleEngine_TSDB | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count forwarded through rule engine TSDB
MessageCountSentFromIoT_HTTP_2 | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent from I/O t HTTP 2
MessageCountSentFromIoT_LoRa | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent from I/O t lo ra
MessageCountSentFromIoT_MQTT | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent from I/O t MQTT
MessageCountSentToloT_CoAP | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent tolo t co AP
MessageCountSentToloT_HTTP | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent tolo t HTTP
MessageCountSentToloT_HTTP_2 | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent tolo t HTTP 2
MessageCountSentToloT_Lora | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent tolo t lora
MessageCountSentToloT_MQTT | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count sent tolo t MQTT
OnlineDevicesCount_MQTT | {count} | gauge | - | 60 | userId regionId instanceId productKey | Online devices count MQTT
MessageCountPerMinute | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Message count per minute
RuleEningeTransmitCountPerMinute | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Rule eninge transmit count per minute
device_count_of_product | {count} | gauge | Count | 60 | userId regionId instanceId productKey | Device count of product
AMQP_Msg_Accumulate | {count} | gauge | Value | 60 | userId regionId instanceId groupId | AMQP msg accumulate
AMQP_Msg_Consume_rate | {count}/min | rate | Value | 60 | userId regionId instanceId groupId | AMQP msg consume rate

# acs_ipv6_bandwidth | ipv6_bandwidth | - | - | ipv6 bandwidth
Ipv6Gateway.PkgsInFromInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway packets in from public-network
Ipv6Gateway.PkgsOutToInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway packets out to public-network
Ipv6Gateway.RateDropInFromInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate drop in from public-network
Ipv6Gateway.RateDropOutFromInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate drop out from public-network
Ipv6Gateway.RateInFromInternet | bit/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate in from public-network
Ipv6Gateway.RateLimitedPkgsDropInFromInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate limited packets drop in from public-network
Ipv6Gateway.RateLimitedPkgsDropOutToInternet | {packet}/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate limited packets drop out to public-network
Ipv6Gateway.RateOutToInternet | bit/s | rate | Value | 60 | userId instanceId | Ipv6 gateway rate out to public-network
Ipv6Gateway.RatePercentageInFromInternet | 1 | gauge | Value | 60 | userId instanceId | Ipv6 gateway rate percentage in from public-network
Ipv6Gateway.RatePercentageOutToInternet | 1 | gauge | Value | 60 | userId instanceId | Ipv6 gateway rate percentage out to public-network

# acs_learn | learn | - | - | learn
cpu_core_usage | {count} | gauge | Average Maximum | 60 | userId serviceName | CPU core usage
gpu_util | % | ratio | Average Maximum | 60 | userId serviceName | Gpu utilisation
memory_rss | By | gauge | Average Maximum Minimum | 60 | userId serviceName | Memory rss
qps_total | {count} | gauge | Value Average Maximum | 60 | userId serviceName | Queries per second total
rps_status_2xx | {count} | gauge | Average Maximum Value Minimum | 60 | userId serviceName | Rps status 2xx
rps_status_2xx_ratio | % | ratio | Average Minimum Maximum Value | 60 | userId serviceName | Rps status 2xx ratio
rps_status_4xx | {count} | gauge | Average Maximum Value | 60 | userId instanceId | Rps status 4xx
rps_status_4xx_ratio | % | ratio | Average Maximum Minimum Value | 60 | userId serviceName | Rps status 4xx ratio
rps_status_5xx | {count} | gauge | Average Maximum Value | 60 | userId serviceName | Rps status 5xx
rps_status_5xx_ratio | % | ratio | Average Maximum Minimum Value | 60 | userId serviceName | Rps status 5xx ratio
rt | us | gauge | Average Maximum Minimum | 60 | userId serviceName | Response time
traffic_in | bit/s | rate | Average Maximum Minimum Value | 60 | userId serviceName | Traffic in
traffic_out | bit/s | rate | Average Maximum Minimum Value | 60 | userId serviceName | Traffic out

# acs_lindorm | lindorm | - | - | lindorm
above_memstore_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Above memstore count
bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes in
bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Bytes out
cold_storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage total bytes
cold_storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used bytes
cold_storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Cold storage used percentage
compaction_queue_size | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Compaction queue size
cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU idle
cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU system
cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU user
cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | CPU wio
disk_readbytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Disk readbytes
disk_writebytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Disk writebytes
failed_job_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Failed job count
get_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Get number of operations
get_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Get response time average
get_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Get response time 99th percentile
handler_queue_size | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Handler queue size
load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load five
load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Load one
mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory buff cache
mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory free
mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory shared
mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Memory total
mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Memory used percentage
put_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Put number of operations
put_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Put response time average
put_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Put response time 99th percentile
read_data_kb | KiBy/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Read data KB
read_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Read operations
read_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Read response time
regions_per_ldserver | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Regions per ldserver
scan_num_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Scan number of operations
scan_rt_avg | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Scan response time average
scan_rt_p99 | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Scan response time 99th percentile
search_bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search bytes in
search_bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search bytes out
search_cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Search CPU idle
search_cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Search CPU system
search_cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Search CPU user
search_cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Search CPU wio
search_disk_readbytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search disk readbytes
search_disk_writebytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search disk writebytes
search_load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search load five
search_load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search load one
search_mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search memory buff cache
search_mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search memory free
search_mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search memory shared
search_mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search memory total
search_mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Search memory used percentage
search_select_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search select 15min rate
search_select_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search select 1min rate
search_select_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search select 5min rate
search_select_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select count
search_select_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select maximum response time
search_select_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search select mean rate
search_select_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select mean response time
search_select_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select 75th percentile response time
search_select_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select 95th percentile response time
search_select_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select 99.9th percentile response time
search_select_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search select 99th percentile response time
search_update_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search update 15min rate
search_update_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search update 1min rate
search_update_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search update 5min rate
search_update_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update count
search_update_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update maximum response time
search_update_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Search update mean rate
search_update_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update mean response time
search_update_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update 75th percentile response time
search_update_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update 95th percentile response time
search_update_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update 99.9th percentile response time
search_update_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Search update 99th percentile response time
solr_bytes_in | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr bytes in
solr_bytes_out | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr bytes out
solr_cpu_idle | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU idle
solr_cpu_system | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU system
solr_cpu_user | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU user
solr_cpu_wio | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr CPU wio
solr_disk_readbytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr disk readbytes
solr_disk_writebytes | By/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr disk writebytes
solr_load_five | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr load five
solr_load_one | 1 | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr load one
solr_mem_buff_cache | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory buff cache
solr_mem_free | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory free
solr_mem_shared | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory shared
solr_mem_total | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr memory total
solr_mem_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr memory used percentage
solr_select_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 15min rate
solr_select_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 1min rate
solr_select_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select 5min rate
solr_select_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select count
solr_select_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select maximum response time
solr_select_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr select mean rate
solr_select_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select mean response time
solr_select_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 75th percentile response time
solr_select_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 95th percentile response time
solr_select_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 99.9th percentile response time
solr_select_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr select 99th percentile response time
solr_storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr storage total bytes
solr_storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr storage used bytes
solr_storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Solr storage used percentage
solr_update_15minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 15min rate
solr_update_1minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 1min rate
solr_update_5minRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update 5min rate
solr_update_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update count
solr_update_max_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update maximum response time
solr_update_meanRate | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Solr update mean rate
solr_update_mean_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update mean response time
solr_update_p75_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 75th percentile response time
solr_update_p95_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 95th percentile response time
solr_update_p999_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 99.9th percentile response time
solr_update_p99_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Solr update 99th percentile response time
storage_total_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Storage total bytes
storage_used_bytes | By | gauge | Average Maximum Minimum | 60 | userId instanceId host | Storage used bytes
storage_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Storage used percentage
store_locality | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Store locality
task_delay_max | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Task delay maximum
tsdb_datapoints_added | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Tsdb datapoints added
tsdb_disk_used | GiBy | gauge | Average Maximum Minimum | 60 | userId instanceId host | Tsdb disk used
tsdb_jvm_used_percent | % | ratio | Average Maximum Minimum | 60 | userId instanceId host | Tsdb JVM used percentage
warn_job_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Warn job count
worker_count | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId host | Worker count
write_data_kb | KiBy/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Write data KB
write_ops | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId host | Write operations
write_rt | ms | gauge | Average Maximum Minimum | 60 | userId instanceId host | Write response time

# acs_lvwang | lvwang | - | - | lvwang
service_qps | {count}/s | rate | Maximum | 60 | userId serviceId regionId | Service queries per second

# acs_maxcompute_prepay | maxcompute_prepay | - | - | maxcompute prepay
TunnelDownloadDatasizeDailyBP | MiBy | gauge | Maximum | 60 | userId project | Tunnel download datasize daily BP
TunnelDownloadTrafficBP | By/min | rate | Average | 60 | userId project | Tunnel download traffic BP
TunnelUploadDatasizeDailyBP | MiBy | gauge | Average | 60 | userId project | Tunnel upload datasize daily BP
TunnelUploadTrafficBP | By/min | rate | Average | 60 | userId project | Tunnel upload traffic BP
UserRegionQGCPUUtilization | % | ratio | Average | 60 | userId regionId | User region QGCPU utilisation
UserRegionQGMEMUtilization | % | ratio | Average | 60 | userId regionId | User region QGMEM utilisation
TaskDailyCost | {CNY} | gauge | Maximum | 60 | userId project | Task daily cost
TaskMonthlyCost | {CNY} | gauge | Maximum | 60 | userId project | Task monthly cost
PrePayQuotaGroupCPUUsed | % | ratio | Average | 60 | userId groupName | Pre pay quota group CPU used
PrePayQuotaGroupJobWaitQueue | {count} | gauge | Value | 60 | userId groupName | Pre pay quota group job wait queue
PrePayQuotaGroupMemUsed | MiBy | gauge | Average | 60 | userId groupName | Pre pay quota group memory used

# acs_memcache | memcache | - | - | memcache
ConnectionUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Connection usage
CpuUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | CPU usage
FailedCount | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | Failed count
HitRate | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Hit rate
IntranetIn | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Private-network in
IntranetInRatio | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Private-network in ratio
IntranetOut | By/s | rate | Maximum Minimum Average | 60 | userId instanceId | Private-network out
IntranetOutRatio | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Private-network out ratio
MemoryUsage | % | ratio | Maximum Minimum Average | 60 | userId instanceId | Memory usage
UsedConnection | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | Used connection
UsedMemory | By | gauge | Maximum Minimum Average | 60 | userId instanceId | Used memory
Evict | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Evict
ItemCount | {count} | gauge | Maximum Minimum Average | 60 | userId instanceId | Item count
UsedMemCache | By | gauge | Maximum Minimum Average | 60 | userId instanceId | Used memory cache
UsedQps | {count}/s | rate | Maximum Minimum Average | 60 | userId instanceId | Used queries per second

# acs_mps | mps | - | - | mps
RequestSuccessRate | % | ratio | Value | 60 | userId | Request success rate
SnapshotTasks | {count}/min | rate | Value | 60 | userId pipelineId | Snapshot tasks
TranscodingDuration | s | gauge | Value | 60 | userId pipelineId | Transcoding duration
TranscodingTasks | {count}/min | rate | Value | 60 | userId pipelineId | Transcoding tasks

# acs_newbgpddos | newbgpddos | - | - | newbgpddos
Active_connection | {count} | gauge | Maximum | 60 | userId instanceId ip | Active connection
AttackTraffic | bit/s | rate | Maximum | 60 | userId instanceId ip | Attack traffic
Back_Traffic | bit/s | rate | Maximum | 60 | userId instanceId ip | Back traffic
In_Traffic | bit/s | rate | Maximum | 60 | userId instanceId ip | In traffic
Inactive_connection | {count} | gauge | Maximum | 60 | userId instanceId ip | Inactive connection
New_connection | {count} | gauge | Maximum | 60 | userId instanceId ip | New connection
Out_Traffic | bit/s | rate | Maximum | 60 | userId instanceId ip | Out traffic
qps | {count}/s | rate | Maximum | 60 | userId instanceId domain | Queries per second
qps_ratio_down | % | ratio | Maximum | 60 | userId instanceId domain | Queries per second ratio down
qps_ratio_up | % | ratio | Maximum | 60 | userId instanceId domain | Queries per second ratio up
resp2xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Resp2xx
resp2xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Resp2xx ratio
resp3xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Resp3xx
resp3xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Resp3xx ratio
resp404 | {count} | gauge | Maximum | 60 | userId instanceId domain | Resp404
resp404_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Resp404 ratio
resp4xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Resp4xx
resp4xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Resp4xx ratio
resp5xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Resp5xx
resp5xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Resp5xx ratio
upstream_resp2xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Upstream resp2xx
upstream_resp2xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Upstream resp2xx ratio
upstream_resp3xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Upstream resp3xx
upstream_resp3xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Upstream resp3xx ratio
upstream_resp404 | {count} | gauge | Maximum | 60 | userId instanceId domain | Upstream resp404
upstream_resp404_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Upstream resp404 ratio
upstream_resp4xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Upstream resp4xx
upstream_resp4xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Upstream resp4xx ratio
upstream_resp5xx | {count} | gauge | Maximum | 60 | userId instanceId domain | Upstream resp5xx
upstream_resp5xx_ratio | % | ratio | Maximum | 60 | userId instanceId domain | Upstream resp5xx ratio

# acs_oceanbase | oceanbase | - | - | oceanbase
active_memstore_percent_by_trigger | % | ratio | Average | 60 | userId obClusterId | Active memstore percentage by trigger
active_memstore_percent_by_trigger_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Active memstore percentage by trigger instance
active_memstore_percent_by_trigger_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Active memstore percentage by trigger tenant
active_memstore_used | By | gauge | Sum | 60 | userId obClusterId obTenantId | Active memstore used
active_memstore_used_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Active memstore used instance
active_sessions | {count} | gauge | Sum | 60 | userId obClusterId | Active sessions
active_sessions_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Active sessions instance
active_sessions_max_tenant | % | ratio | Maximum | 60 | userId obClusterId obTenantId | Active sessions maximum tenant
active_sessions_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Active sessions tenant
active_sessions_tenant_instance | {count} | gauge | Sum | 60 | userId obClusterId obTenantId obInstanceId | Active sessions tenant instance
block_cache_hit_percent | % | ratio | Average | 60 | userId obClusterId obTenantId | Block cache hit percentage
block_cache_hit_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Block cache hit percentage instance
block_cache_hit_percent_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Block cache hit percentage tenant
block_index_cache_hit_percent | % | ratio | Average | 60 | userId obClusterId obTenantId | Block index cache hit percentage
block_index_cache_hit_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Block index cache hit percentage instance
block_index_cache_hit_percent_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Block index cache hit percentage tenant
bloom_filter_cache_hit_percent | % | ratio | Average | 60 | userId obClusterId | Bloom filter cache hit percentage
bloom_filter_cache_hit_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Bloom filter cache hit percentage instance
bloom_filter_cache_hit_percent_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Bloom filter cache hit percentage tenant
core_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Core count instance
cpu_usage | % | ratio | Average | 60 | userId obClusterId | CPU usage
cpu_usage_avg_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | CPU usage average tenant
cpu_usage_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | CPU usage instance
cpu_usage_max_tenant | % | ratio | Maximum | 60 | userId obClusterId obTenantId | CPU usage maximum tenant
cpu_usage_tenant | % | ratio | Average | 60 | userId obClusterId obInstanceId | CPU usage tenant
cpu_util_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | CPU utilisation instance
disk_data_size_instance | GiBy | gauge | Average | 60 | userId obClusterId obInstanceId | Disk data size instance
disk_data_usage_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Disk data usage instance
disk_genernal_size_instance | GiBy | gauge | Average | 60 | userId obClusterId obInstanceId | Disk genernal size instance
disk_genernal_usage_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Disk genernal usage instance
disk_log_size_instance | GiBy | gauge | Average | 60 | userId obClusterId obInstanceId | Disk log size instance
disk_log_usage_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Disk log usage instance
disk_ob_data_size_instance | GiBy | gauge | Average | 60 | userId obClusterId obInstanceId | Disk ob data size instance
io_await_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | I/O await instance
io_read_bytes | {count} | gauge | Sum | 60 | userId obClusterId | I/O read bytes
io_read_bytes_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O read bytes instance
io_read_bytes_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O read bytes tenant
io_read_count | {count} | gauge | Sum | 60 | userId obClusterId | I/O read count
io_read_count_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O read count instance
io_read_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O read count tenant
io_read_delay | ms | gauge | Sum | 60 | userId obClusterId | I/O read delay
io_read_delay_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O read delay instance
io_read_delay_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O read delay tenant
io_read_rt | ms | gauge | Average | 60 | userId obClusterId | I/O read response time
io_read_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | I/O read response time instance
io_read_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | I/O read response time tenant
io_write_bytes | {count} | gauge | Sum | 60 | userId obClusterId | I/O write bytes
io_write_bytes_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O write bytes instance
io_write_bytes_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O write bytes tenant
io_write_count | {count} | gauge | Sum | 60 | userId obClusterId | I/O write count
io_write_count_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O write count instance
io_write_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O write count tenant
io_write_delay | ms | gauge | Sum | 60 | userId obClusterId | I/O write delay
io_write_delay_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | I/O write delay instance
io_write_delay_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | I/O write delay tenant
io_write_rt | ms | gauge | Average | 60 | userId obClusterId | I/O write response time
io_write_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | I/O write response time instance
io_write_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | I/O write response time tenant
load_load1_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Load load1 instance
location_cache_hit_percent | % | ratio | Average | 60 | userId obClusterId | Location cache hit percentage
location_cache_hit_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Location cache hit percentage instance
location_cache_hit_percent_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Location cache hit percentage tenant
machine_mem_used_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Machine memory used percentage instance
max_memory_size | By | gauge | Sum | 60 | userId obClusterId | Maximum memory size
max_memory_size_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Maximum memory size instance
max_memory_size_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Maximum memory size tenant
memstore_limit | % | ratio | Average | 60 | userId obClusterId obInstanceId | Memstore limit
memstore_limit_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Memstore limit tenant
min_memory_size | By | gauge | Sum | 60 | userId obClusterId | Minimum memory size
min_memory_size_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Minimum memory size instance
min_memory_size_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Minimum memory size tenant
ob_server_inactive_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob server inactive count instance
ob_sys_clog_unsync_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob sys clog unsync instance
ob_sys_daily_merge_timeout_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob sys daily merge timeout instance
ob_sys_disk_invalid_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob sys disk invalid instance
ob_sys_election_info_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob sys election info instance
ob_sys_leader_election_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Ob sys leader election instance
qps | {count} | gauge | Sum | 60 | userId obClusterId | Queries per second
qps_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Queries per second instance
qps_rt | ms | gauge | Average | 60 | userId obClusterId | Queries per second response time
qps_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | Queries per second response time instance
qps_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | Queries per second response time tenant
qps_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Queries per second tenant
request_dequeue_count | {count} | gauge | Sum | 60 | userId obClusterId | Request dequeue count
request_dequeue_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Request dequeue count instance
request_dequeue_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Request dequeue count tenant
request_enqueue_count | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Request enqueue count
request_enqueue_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Request enqueue count instance
request_queue_rt | ms | gauge | Average | 60 | userId obClusterId | Request queue response time
request_queue_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | Request queue response time instance
request_queue_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | Request queue response time tenant
request_queue_time | ms | gauge | Sum | 60 | userId obClusterId | Request queue time
request_queue_time_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Request queue time instance
request_queue_time_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Request queue time tenant
row_cache_hit_percent | % | ratio | Average | 60 | userId obClusterId | Row cache hit percentage
row_cache_hit_percent_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Row cache hit percentage instance
row_cache_hit_percent_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Row cache hit percentage tenant
rpc_packet_in | {count} | gauge | Sum | 60 | userId obClusterId | RPC packet in
rpc_packet_in_bytes_ps | {count} | gauge | Sum | 60 | userId obClusterId | RPC packet in bytes ps
rpc_packet_in_bytes_ps_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | RPC packet in bytes ps instance
rpc_packet_in_bytes_ps_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | RPC packet in bytes ps tenant
rpc_packet_in_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | RPC packet in instance
rpc_packet_in_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | RPC packet in tenant
rpc_packet_out | {count} | gauge | Sum | 60 | userId obClusterId | RPC packet out
rpc_packet_out_bytes | {count} | gauge | Sum | 60 | userId obClusterId | RPC packet out bytes
rpc_packet_out_bytes_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | RPC packet out bytes instance
rpc_packet_out_bytes_tenant | {count} | gauge | Sum | 60 | userId obClusterId | RPC packet out bytes tenant
rpc_packet_out_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | RPC packet out instance
rpc_packet_out_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | RPC packet out tenant
slow_log_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Slow log count instance
slow_log_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Slow log count tenant
slow_log_max_execute_time_tenant | {count} | gauge | Maximum | 60 | userId obClusterId obTenantId | Slow log maximum execute time tenant
sql_delete_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL delete count
sql_delete_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL delete count instance
sql_delete_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL delete count tenant
sql_delete_rt | ms | gauge | Average | 60 | userId obClusterId | SQL delete response time
sql_delete_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL delete response time instance
sql_delete_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | SQL delete response time tenant
sql_distributed_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL distributed count
sql_distributed_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL distributed count instance
sql_distributed_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL distributed count tenant
sql_dml_rt | ms | gauge | Sum | 60 | userId obClusterId | SQL dml response time
sql_dml_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL dml response time instance
sql_dml_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | SQL dml response time tenant
sql_insert_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL insert count
sql_insert_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL insert count instance
sql_insert_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL insert count tenant
sql_insert_rt | ms | gauge | Average | 60 | userId obClusterId | SQL insert response time
sql_insert_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL insert response time instance
sql_insert_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL insert response time tenant
sql_remote_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL remote count
sql_remote_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL remote count instance
sql_remote_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL remote count tenant
sql_replace_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL replace count
sql_replace_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL replace count instance
sql_replace_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL replace count tenant
sql_replace_rt | ms | gauge | Average | 60 | userId obClusterId | SQL replace response time
sql_replace_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL replace response time instance
sql_replace_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | SQL replace response time tenant
sql_select_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL select count instance
sql_select_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | SQL select count tenant
sql_select_rt | ms | gauge | Average | 60 | userId obClusterId | SQL select response time
sql_select_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL select response time instance
sql_select_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | SQL select response time tenant
sql_update_count | {count} | gauge | Sum | 60 | userId obClusterId | SQL update count
sql_update_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL update count instance
sql_update_count_tenant | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | SQL update count tenant
sql_update_rt | ms | gauge | Average | 60 | userId obClusterId | SQL update response time
sql_update_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL update response time instance
sql_update_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obInstanceId | SQL update response time tenant
storage_delete_row_count | {count} | gauge | Sum | 60 | userId obClusterId | Storage delete row count
storage_delete_row_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Storage delete row count instance
storage_delete_row_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Storage delete row count tenant
storage_insert_row_count | {count} | gauge | Sum | 60 | userId obClusterId | Storage insert row count
storage_insert_row_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Storage insert row count instance
storage_insert_row_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Storage insert row count tenant
storage_read_row_count | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Storage read row count
storage_read_row_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Storage read row count instance
storage_update_row_count | {count} | gauge | Sum | 60 | userId obClusterId | Storage update row count
storage_update_row_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Storage update row count instance
storage_update_row_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Storage update row count tenant
tcp_retran_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | TCP retran instance
total_memstore_percent_by_limit | % | ratio | Average | 60 | userId obClusterId | Total memstore percentage by limit
total_memstore_percent_by_limit_instance | % | ratio | Average | 60 | userId obClusterId obInstanceId | Total memstore percentage by limit instance
total_memstore_percent_by_limit_tenant | % | ratio | Average | 60 | userId obClusterId obTenantId | Total memstore percentage by limit tenant
total_memstore_used | By | gauge | Sum | 60 | userId obClusterId | Total memstore used
total_memstore_used_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Total memstore used instance
total_memstore_used_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Total memstore used tenant
tps | {count} | gauge | Sum | 60 | userId obClusterId | Transactions per second
tps_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Transactions per second instance
tps_rt | ms | gauge | Average | 60 | userId obClusterId | Transactions per second response time
tps_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | Transactions per second response time instance
tps_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | Transactions per second response time tenant
tps_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Transactions per second tenant
traffic_bytin_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Traffic bytin instance
traffic_bytout_instance | By | gauge | Average | 60 | userId obClusterId obInstanceId | Traffic bytout instance
trans_commit_count | {count} | gauge | Sum | 60 | userId obClusterId | Trans commit count
trans_commit_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Trans commit count instance
trans_commit_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Trans commit count tenant
trans_commit_rt | ms | gauge | Average | 60 | userId obClusterId | Trans commit response time
trans_commit_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | Trans commit response time instance
trans_commit_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | Trans commit response time tenant
trans_multi_partition_count | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Trans multi partition count
trans_multi_partition_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Trans multi partition count tenant
trans_rollback_count | {count} | gauge | Sum | 60 | userId obClusterId | Trans rollback count
trans_rollback_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Trans rollback count instance
trans_rollback_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Trans rollback count tenant
trans_rollback_rt | ms | gauge | Average | 60 | userId obClusterId | Trans rollback response time
trans_rollback_rt_instance | ms | gauge | Average | 60 | userId obClusterId obInstanceId | Trans rollback response time instance
trans_rollback_rt_tenant | ms | gauge | Average | 60 | userId obClusterId obTenantId | Trans rollback response time tenant
trans_single_partition_count | {count} | gauge | Sum | 60 | userId obClusterId | Trans single partition count
trans_single_partition_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Trans single partition count instance
trans_single_partition_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Trans single partition count tenant
trans_timeout_count | {count} | gauge | Sum | 60 | userId obClusterId | Trans timeout count
trans_timeout_count_instance | {count} | gauge | Average | 60 | userId obClusterId obInstanceId | Trans timeout count instance
trans_timeout_count_tenant | {count} | gauge | Sum | 60 | userId obClusterId obTenantId | Trans timeout count tenant

# acs_openad | openad | - | - | openad
bid_pv | {count} | gauge | Sum | 60 | userId dspId | Bid pv
bid_qps | {count}/s | rate | Value | 60 | userId dspId | Bid queries per second
click_pv | {count} | gauge | Sum | 60 | userId dspId | Click pv
click_qps | {count}/s | rate | Value | 60 | userId dspId | Click queries per second
click_rt | ms | gauge | Value | 60 | userId dspId | Click response time
dmp_crowd_num | {count}/d | rate | Value | 60 | userId dspId | Dmp crowd number of
dmp_crowd_pv | {count}/d | rate | Value | 60 | userId dspId | Dmp crowd pv
dmp_storage | By/d | rate | Value | 60 | userId dspId | Dmp storage
show_pv | {count} | gauge | Sum | 60 | userId dspId | Show pv
show_qps | {count}/s | rate | Value | 60 | userId dspId | Show queries per second
show_rt | ms | gauge | Value | 60 | userId dspId | Show response time
ssp_bid_pv | {count} | gauge | Sum | 60 | userId sspId | Ssp bid pv
ssp_bid_qps | {count}/s | rate | Value | 60 | userId sspId | Ssp bid queries per second
ssp_click_pv | {count} | gauge | Sum | 60 | userId sspId | Ssp click pv
ssp_click_qps | {count}/s | rate | Value | 60 | userId sspId | Ssp click queries per second
ssp_click_rt | ms | gauge | Value | 60 | userId sspId | Ssp click response time
ssp_dmp_crowd_num | {count}/d | rate | Value | 60 | userId sspId | Ssp dmp crowd number of
ssp_dmp_crowd_pv | {count}/d | rate | Value | 60 | userId sspId | Ssp dmp crowd pv
ssp_show_pv | {count} | gauge | Sum | 60 | userId sspId | Ssp show pv
ssp_show_qps | {count}/s | rate | Value | 60 | userId sspId | Ssp show queries per second
ssp_show_rt | ms | gauge | Value | 60 | userId sspId | Ssp show response time
umeng_crowd_num | {count}/d | rate | Value | 60 | userId dspId | Umeng crowd number of
umeng_crowd_pv | {count}/d | rate | Value | 60 | userId dspId | Umeng crowd pv

# acs_opensearch | opensearch | - | - | opensearch
ComputeCostbyApp | {count} | gauge | Average Maximum | 60 | userId regionId appName appId | Compute costby app
computeResourceRatiobyApp | % | ratio | Maximum | 60 | userId regionId appName appId | Compute resource ratioby app
ComputeResourcebyApp | {count} | gauge | Maximum | 60 | userId regionId appName appId | Compute resourceby app
DailyPeakComputeResourcebyApp | {count} | gauge | Maximum | 60 | userId regionId appName appId | Daily peak compute resourceby app
DocCountbyApp | {count} | gauge | Maximum | 60 | userId regionId appName appId | Doc countby app
DocSizeRatiobyApp | % | ratio | Maximum | 60 | userId regionId appName appId | Doc size ratioby app
DocSizebyApp | By | gauge | Maximum | 60 | userId regionId appName appId | Doc sizeby app
LatencybyApp | ms | gauge | Average Maximum | 60 | userId regionId appName appId | Latencyby app
LossQPSbyApp | {count}/s | rate | Average Maximum | 60 | userId regionId appName appId | Loss QP sby app
QPSbyApp | {count}/s | rate | Average Maximum | 60 | userId regionId appName appId | QP sby app
app_realtime_trigger_latency | ms | gauge | Average | 60 | userId regionId appName appId | App realtime trigger latency
app_realtime_write_latency | ms | gauge | Maximum | 60 | userId regionId appName appId | App realtime write latency
app_write_rate_limit_qps | {count}/s | rate | Average | 60 | userId regionId appName appId | App write rate limit queries per second

# acs_pcdn | pcdn | - | - | pcdn
InternetOutRate | bit/s | rate | Average Maximum Minimum | 60 | userId domain | Public-network out rate
P2PShareRate | % | ratio | Average Maximum Minimum | 60 | userId domain | P2 p share rate

# acs_petadata | petadata | - | - | petadata
DiskUsage | MiBy | gauge | Average | 60 | userId instanceId | Disk usage
InboundBandwidth | By/s | rate | Average | 60 | userId instanceId | Inbound bandwidth
Node_CPUUsage | % | ratio | Average Maximum | 60 | userId instanceId schema nodeId | Node CPU usage
Node_DiskUsage | MiBy | gauge | Average Maximum | 60 | userId instanceId schema nodeId | Node disk usage
Node_IOPS | {count}/s | rate | Average Maximum | 60 | userId instanceId schema nodeId | Node I/O operations per second
OutBoundBandwidth | By/s | rate | Average | 60 | userId instanceId | Out bound bandwidth
QPS | {count}/s | rate | Average Maximum Minimum | 60 | userId instanceId | Queries per second

# acs_privatelink | privatelink | - | - | privatelink
VpcEndpointServiceEndpointZoneInPps | {packet}/s | rate | Average | 60 | userId instanceId endpointId zoneId | Vpc endpoint service endpoint zone in packets per second
VpcEndpointServiceEndpointZoneOutBps | bit/s | rate | Average | 60 | userId instanceId endpointId zoneId | Vpc endpoint service endpoint zone out throughput
VpcEndpointServiceEndpointZoneOutDropBps | bit/s | rate | Average | 60 | userId instanceId endpointId zoneId | Vpc endpoint service endpoint zone out drop throughput
VpcEndpointServiceEndpointZoneOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId endpointId zoneId | Vpc endpoint service endpoint zone out drop packets per second
VpcEndpointServiceEndpointZoneOutPps | {packet}/s | rate | Average | 60 | userId instanceId endpointId zoneId | Vpc endpoint service endpoint zone out packets per second
VpcEndpointServiceInBps | bit/s | rate | Average | 60 | userId instanceId | Vpc endpoint service in throughput
VpcEndpointServiceInDropBps | bit/s | rate | Average | 60 | userId instanceId | Vpc endpoint service in drop throughput
VpcEndpointServiceOutBps | bit/s | rate | Average | 60 | userId instanceId | Vpc endpoint service out throughput
VpcEndpointServiceOutDropBps | bit/s | rate | Average | 60 | userId instanceId | Vpc endpoint service out drop throughput
VpcEndpointServiceOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId | Vpc endpoint service out drop packets per second
VpcEndpointServiceOutPps | {packet}/s | rate | Average | 60 | userId instanceId | Vpc endpoint service out packets per second
VpcEndpointServiceResourceInBps | bit/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource in throughput
VpcEndpointServiceResourceInDropBps | bit/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource in drop throughput
VpcEndpointServiceResourceInDropPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource in drop packets per second
VpcEndpointServiceResourceInPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource in packets per second
VpcEndpointServiceResourceOutBps | bit/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource out throughput
VpcEndpointServiceResourceOutDropBps | bit/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource out drop throughput
VpcEndpointServiceResourceOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource out drop packets per second
VpcEndpointServiceResourceOutPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId resourceId | Vpc endpoint service resource out packets per second
EndpointENIInBps | bit/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI in throughput
EndpointENIInDropBps | bit/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI in drop throughput
EndpointENIInDropPps | {packet}/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI in drop packets per second
EndpointENIInPps | {packet}/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI in packets per second
EndpointENIOutBps | bit/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI out throughput
EndpointENIOutDropBps | bit/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI out drop throughput
EndpointENIOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI out drop packets per second
EndpointENIOutPps | {packet}/s | rate | Average | 60 | userId instanceId eniId | Endpoint ENI out packets per second
EndpointInBps | bit/s | rate | Average | 60 | userId instanceId | Endpoint in throughput
EndpointInDropBps | bit/s | rate | Average | 60 | userId instanceId | Endpoint in drop throughput
EndpointInDropPps | {packet}/s | rate | Average | 60 | userId instanceId | Endpoint in drop packets per second
EndpointInPps | {packet}/s | rate | Average | 60 | userId instanceId | Endpoint in packets per second
EndpointOutBps | bit/s | rate | Average | 60 | userId instanceId | Endpoint out throughput
EndpointOutDropBps | bit/s | rate | Average | 60 | userId instanceId | Endpoint out drop throughput
EndpointOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId | Endpoint out drop packets per second
EndpointOutPps | {packet}/s | rate | Average | 60 | userId instanceId | Endpoint out packets per second
VpcEndpointZoneInBps | bit/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone in throughput
VpcEndpointZoneInDropBps | bit/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone in drop throughput
VpcEndpointZoneInDropPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone in drop packets per second
VpcEndpointZoneInPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone in packets per second
VpcEndpointZoneOutBps | bit/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone out throughput
VpcEndpointZoneOutDropBps | bit/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone out drop throughput
VpcEndpointZoneOutDropPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone out drop packets per second
VpcEndpointZoneOutPps | {packet}/s | rate | Average | 60 | userId instanceId zoneId | Vpc endpoint zone out packets per second

# acs_rds_sar | rds_sar | - | - | rds sar
CPUUtilization | % | ratio | Average | 60 | userId hostGroupId hostId | CPU utilisation
DiskReadIOPS | {count}/s | rate | Average | 60 | userId hostGroupId hostId | Disk read I/O operations per second
DiskWriteIOPS | {count}/s | rate | Average | 60 | userId hostGroupId hostId | Disk write I/O operations per second
InternetIn | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Public-network in
InternetOut | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Public-network out
IntranetIn | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Private-network in
IntranetOut | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Private-network out
cpu_system | % | ratio | Average | 60 | userId hostGroupId hostId | CPU system
cpu_total | % | ratio | Average | 60 | userId hostGroupId hostId | CPU total
cpu_user | % | ratio | Average | 60 | userId hostGroupId hostId | CPU user
disk_readBytes | MiBy/s | rate | Average | 60 | userId hostGroupId hostId | Disk read bytes
disk_readiops | {count}/s | rate | Average | 60 | userId hostGroupId hostId | Disk readiops
disk_writeBytes | By/s | rate | Average | 60 | userId hostGroupId hostId | Disk write bytes
disk_writeiops | {count}/s | rate | Average | 60 | userId hostGroupId hostId | Disk writeiops
diskusage_free | MiBy | gauge | Average | 60 | userId hostGroupId hostId device | Diskusage free
diskusage_total | MiBy | gauge | Average | 60 | userId hostGroupId hostId device | Diskusage total
diskusage_used | MiBy | gauge | Average | 60 | userId hostGroupId hostId device | Diskusage used
diskusage_utilization | % | ratio | Average | 60 | userId hostGroupId hostId device | Diskusage utilisation
load_15m | % | ratio | Average | 60 | userId hostGroupId hostId | Load 15m
load_1m | % | ratio | Average | 60 | userId hostGroupId hostId | Load 1m
load_5m | % | ratio | Average | 60 | userId hostGroupId hostId | Load 5m
memory_freespace | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Memory freespace
memory_totalspace | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Memory totalspace
memory_usedspace | MiBy | gauge | Average | 60 | userId hostGroupId hostId | Memory usedspace

# acs_scdn | scdn | - | - | scdn
BPS | bit/s | rate | Average | 60 | userId instanceId | Throughput
QPS | {count}/s | rate | Average | 60 | userId instanceId | Queries per second
code4xx | % | ratio | Average | 60 | userId instanceId | Code4xx
code5xx | % | ratio | Average | 60 | userId instanceId | Code5xx
hitRate | % | ratio | Average | 60 | userId instanceId | Hit rate

# acs_serverless | serverless | - | - | serverless
cpu | % | ratio | Average Maximum Minimum | 60 | userId appId | CPU
instanceId_memoryUsed | MiBy | gauge | Average | 60 | userId appId instanceId | Instance ID memory used
instance_cpu | % | ratio | Average | 60 | userId appId instanceId | Instance CPU
instance_load | 1 | gauge | Average | 60 | userId appId instanceId | Instance load
instance_memoryTotal | MiBy | gauge | Average | 60 | userId appId instanceId | Instance memory total
instance_netRecv | By/s | rate | Average | 60 | userId appId instanceId | Instance net received
instance_netTran | By/s | rate | Average | 60 | userId appId instanceId | Instance net tran
load | 1 | gauge | Average Maximum Minimum | 60 | userId appId | Load
memoryTotal | MiBy | gauge | Average | 60 | userId appId | Memory total
memoryUsed | MiBy | gauge | Average Maximum Minimum | 60 | userId appId | Memory used
netRecv | By/s | rate | Average Maximum Minimum | 60 | userId appId | Net received
netTran | By/s | rate | Average Maximum Minimum | 60 | userId appId | Net tran

# acs_smartag | smartag | - | - | smartag
app_instance_rx_data | By | gauge | Sum | 60 | userId instanceId | App instance received data
app_instance_rx_data_h | By | gauge | Sum | 60 | userId instanceId | App instance received data h
app_instance_rx_drop | {packet}/min | rate | Value | 60 | userId instanceId | App instance received drop
app_instance_rx_rate | bit/s | rate | Average | 60 | userId instanceId | App instance received rate
app_instance_tx_data | By | gauge | Sum | 60 | userId instanceId | App instance sent data
app_instance_tx_data_h | By | gauge | Sum | 60 | userId instanceId | App instance sent data h
app_instance_tx_drop | {packet}/min | rate | Value | 60 | userId instanceId | App instance sent drop
app_instance_tx_rate | bit/s | rate | Average | 60 | userId instanceId | App instance sent rate
app_user_rx_data | By | gauge | Sum | 60 | userId instanceId user_name | App user received data
app_user_rx_data_h | By | gauge | Sum | 60 | userId instanceId user_name | App user received data h
app_user_rx_drop | {packet}/min | rate | Value | 60 | userId instanceId user_name | App user received drop
app_user_rx_rate | bit/s | rate | Average | 60 | userId instanceId user_name | App user received rate
app_user_tx_data | By | gauge | Sum | 60 | userId instanceId user_name | App user sent data
app_user_tx_data_h | By | gauge | Sum | 60 | userId instanceId user_name | App user sent data h
app_user_tx_drop | {packet}/min | rate | Value | 60 | userId instanceId user_name | App user sent drop
app_user_tx_rate | bit/s | rate | Average | 60 | userId instanceId user_name | App user sent rate
SagCpuUtilization | % | ratio | Average | 60 | userId instanceId box_sn | Sag CPU utilisation
SagDiskUtilization | % | ratio | Average | 60 | userId instanceId box_sn | Sag disk utilisation
SagMemoryUtilization | % | ratio | Average | 60 | userId instanceId box_sn | Sag memory utilisation
box_lte_rx_drop | {packet}/min | rate | Value | 60 | userId instanceId box_sn | Box LTE received drop
box_lte_rx_rate | bit/s | rate | Average | 60 | userId instanceId box_sn | Box LTE received rate
box_lte_tx_drop | {packet}/min | rate | Value | 60 | userId instanceId box_sn | Box LTE sent drop
box_lte_tx_rate | bit/s | rate | Average | 60 | userId instanceId box_sn | Box LTE sent rate
box_wan_wireless_rx.rate | bit/s | rate | Average | 60 | userId instanceId box_sn | Box wan wireless received rate
box_wan_wireless_tx.rate | bit/s | rate | Average | 60 | userId instanceId box_sn | Box wan wireless sent rate
lte_rx_drop | {packet}/min | rate | Average | 60 | userId instanceId | LTE received drop
lte_rx_rate | bit/s | rate | Average | 60 | userId instanceId | LTE received rate
lte_tx_drop | {packet}/min | rate | Average | 60 | userId instanceId | LTE sent drop
lte_tx_rate | bit/s | rate | Average | 60 | userId instanceId | LTE sent rate
rx_bandwidth_utilization | % | ratio | Average | 60 | userId instanceId | Received bandwidth utilisation
sag_box_nqa_latency | ms | gauge | Average | 60 | userId instanceId | Sag box nqa latency
sag_box_nqa_loss_data | {packet} | gauge | Value | 60 | userId instanceId | Sag box nqa loss data
sag_box_nqa_loss_percent | % | ratio | Value | 60 | userId instanceId | Sag box nqa loss percentage
sag_box_wifi_rx_bps | bit/s | rate | Average | 60 | userId instanceId | Sag box Wi-Fi received throughput
sag_box_wifi_rx_pps | {packet}/s | rate | Average | 60 | userId instanceId | Sag box Wi-Fi received packets per second
sag_box_wifi_tx_bps | bit/s | rate | Average | 60 | userId instanceId | Sag box Wi-Fi sent throughput
sag_box_wifi_tx_pps | {packet}/s | rate | Average | 60 | userId instanceId | Sag box Wi-Fi sent packets per second
sn_box_wifi_rx_bps | bit/s | rate | Average | 60 | userId instanceId box_sn | Sn box Wi-Fi received throughput
sn_box_wifi_rx_pps | {packet}/s | rate | Average | 60 | userId instanceId box_sn | Sn box Wi-Fi received packets per second
sn_box_wifi_tx_bps | bit/s | rate | Average | 60 | userId instanceId box_sn | Sn box Wi-Fi sent throughput
sn_box_wifi_tx_pps | {packet}/s | rate | Average | 60 | userId instanceId box_sn | Sn box Wi-Fi sent packets per second
tx_bandwidth_utilization | % | ratio | Average | 60 | userId instanceId | Sent bandwidth utilisation
net_rx.rate | bit/s | rate | Average | 60 | userId instanceId | Net received rate
net_tx.rate | bit/s | rate | Average | 60 | userId instanceId | Net sent rate

# acs_streamcompute | streamcompute | - | - | streamcompute
FetchedDelay | s | gauge | Average | 60 | userId regionId projectName jobName | Fetched delay
ParserTpsRate | {count}/s | rate | Average | 60 | userId regionId projectName jobName | Parser transactions per second rate
SinkOutTpsRate | {count}/s | rate | Average | 60 | userId regionId projectName jobName | Sink out transactions per second rate
TaskFailoverRate | % | ratio | Average | 60 | userId regionId projectName jobName | Task failover rate
inputDelay | s | gauge | Average | 60 | userId regionId projectName jobName | Input delay

# acs_videolive | videolive | - | - | videolive
BPS | bit/s | rate | Average Maximum Minimum | 60 | userId instanceId | Throughput
InternetOut | By | gauge | Sum | 60 | userId instanceId | Public-network out
QPS | {count} | gauge | Average Maximum Minimum | 60 | userId instanceId | Queries per second
code4xx | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Code4xx
code5xx | % | ratio | Average Maximum Minimum | 60 | userId instanceId | Code5xx
`
