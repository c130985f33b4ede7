import type { ResourceSpec } from './resources.ts'

const MINUTE_MS = 60_000
const hangzhou = { region: 'cn-hangzhou', zone: 'cn-hangzhou-i', resourceGroupId: 'rg-aek2prodxxxxxxx' }
const singapore = { region: 'ap-southeast-1', zone: 'ap-southeast-1b', resourceGroupId: 'rg-aek2testxxxxxxx' }
const production = { env: 'prod', team: 'shop' }
const staging = { env: 'staging', team: 'shop' }

/** A shop in two regions: one host in trouble now and then, one that comes and one that goes while one watches. */
export const defaultResources: readonly ResourceSpec[] = [
  {
    ...hangzhou,
    id: 'i-bp1shopweb01',
    type: 'ACS::ECS::Instance',
    name: 'shop-web-1',
    tags: { ...production, role: 'web' },
    addresses: ['192.0.2.11', '203.0.113.11'],
  },
  {
    ...hangzhou,
    id: 'i-bp1shopweb02',
    type: 'ACS::ECS::Instance',
    name: 'shop-web-2',
    tags: { ...production, role: 'web' },
    addresses: ['192.0.2.12'],
    fails: { everyMs: 30 * MINUTE_MS, forMs: 5 * MINUTE_MS },
  },
  {
    ...hangzhou,
    id: 'i-bp1shopweb03',
    type: 'ACS::ECS::Instance',
    name: 'shop-web-3 (scaled out)',
    tags: { ...production, role: 'web', 'acs:autoscaling:scalingGroupId': 'asg-bp1shop' },
    addresses: ['192.0.2.13'],
    appearsAfterMs: 3 * MINUTE_MS,
  },
  {
    ...hangzhou,
    id: 'i-bp1batch01',
    type: 'ACS::ECS::Instance',
    name: 'nightly-batch',
    tags: { ...production, role: 'batch' },
    addresses: ['192.0.2.14'],
    vanishesAfterMs: 10 * MINUTE_MS,
  },
  {
    ...singapore,
    id: 'i-t4nlegacy01',
    type: 'ACS::ECS::Instance',
    // Without the agent, without tags, and with a name that is no ASCII.
    name: '旧报表服务器',
    addresses: ['192.0.2.61'],
    reports: /^(CPU|Disk|Internet|Intranet|packet|concurrent)/,
  },
  {
    ...hangzhou,
    id: 'lb-bp1shop',
    type: 'ACS::SLB::LoadBalancer',
    name: 'shop-entry',
    tags: production,
    addresses: ['203.0.113.80'],
  },
  { ...hangzhou, id: 'alb-bp1api', type: 'ACS::ALB::LoadBalancer', name: 'shop-api', tags: production },
  { ...singapore, id: 'nlb-t4nfeed', type: 'ACS::NLB::LoadBalancer', name: 'feed', tags: staging },
  {
    ...hangzhou,
    id: 'eip-bp1shop',
    type: 'ACS::EIP::EipAddress',
    name: 'shop-public',
    tags: production,
    addresses: ['203.0.113.90'],
  },
  { ...hangzhou, id: 'ngw-bp1shop', type: 'ACS::NAT::NatGateway', name: 'shop-outbound', tags: production },
  {
    ...hangzhou,
    id: 'rm-bp1orders',
    type: 'ACS::RDS::DBInstance',
    name: 'orders-mysql',
    tags: { ...production, engine: 'mysql' },
  },
  {
    ...singapore,
    id: 'pgm-t4nreports',
    type: 'ACS::RDS::DBInstance',
    name: 'reports-postgres',
    tags: { ...staging, engine: 'postgresql' },
    engine: 'PostgreSQL',
    reports: /^(PG_|[a-z])/,
  },
  { ...hangzhou, id: 'r-bp1sessions', type: 'ACS::KVStore::Instance', name: 'sessions', tags: production },
  { ...hangzhou, id: 'dds-bp1catalog', type: 'ACS::MongoDB::DBInstance', name: 'catalog', tags: production },
  {
    ...hangzhou,
    id: 'pc-bp1ledger',
    type: 'ACS::PolarDB::DBCluster',
    name: 'ledger',
    tags: { ...production, 'cost-center': '' },
  },
  { ...hangzhou, id: 'shop-images', type: 'ACS::OSS::Bucket', name: 'shop-images', tags: production },
  { ...hangzhou, region: 'global', id: 'img.shop.example.com', type: 'ACS::CDN::Domain', name: 'img.shop.example.com' },
  { ...hangzhou, id: 'c7f1e3b2a9d84c55', type: 'ACS::ACK::Cluster', name: 'shop-cluster', tags: production },
  { ...hangzhou, id: 'ri-bp1office', type: 'ACS::VPC::RouterInterface', name: 'office-line' },
  { ...hangzhou, id: 'vbr-bp1office', type: 'ACS::VPC::VirtualBorderRouter', name: 'office-router' },
  { ...hangzhou, id: 'audit-events', type: 'ACS::MNS::Queue', name: 'audit-events' },
  { ...hangzhou, id: 'app-messages', type: 'ACS::MNS::Queue', name: 'app-messages' },
  { ...hangzhou, id: 'alikafka_pre-cn-shop', type: 'ACS::AliKafka::Instance', name: 'clickstream', tags: production },
  {
    ...hangzhou,
    id: 'es-cn-bp1search',
    type: 'ACS::Elasticsearch::Instance',
    name: 'product-search',
    tags: production,
  },
  { ...hangzhou, id: 'web-prod', type: 'ACS::SLS::Project', name: 'web-prod' },
  { ...hangzhou, id: 'resize-image', type: 'ACS::FC::Function', name: 'resize-image', tags: production },
]
