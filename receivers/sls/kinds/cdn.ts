import type { FieldTable, KindTable } from './kind-table.ts'
import { httpSeverity } from './severity.ts'

const edgeFields: readonly FieldTable[] = [
  { name: 'domain', to: 'url.domain' },
  { name: 'method', to: 'http.request.method' },
  { name: 'scheme', to: 'url.scheme' },
  { name: 'uri', to: 'url.path' },
  { name: 'uri_param', to: { attribute: 'url.query', form: 'query_string' } },
  { name: 'client_ip', to: 'client.address' },
  { name: 'proxy_ip', to: 'alibabacloud.cdn.proxy_ip' },
  { name: 'remote_ip', to: 'network.peer.address' },
  { name: 'remote_port', type: 'int', to: 'network.peer.port' },
  { name: 'refer_protocol', to: [] },
  { name: 'refer_domain', to: [] },
  { name: 'refer_uri', to: [] },
  { name: 'refer_param', redactQuery: true, to: [] },
  { name: 'request_size', type: 'int', unit: 'By', to: 'http.request.size' },
  {
    name: 'request_time',
    type: 'int',
    unit: 'ms',
    to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
  },
  { name: 'response_size', type: 'int', unit: 'By', to: 'http.response.size' },
  { name: 'return_code', type: 'int', to: 'http.response.status_code' },
  { name: 'sent_http_content_range', to: 'http.response.header.content-range' },
  { name: 'server_addr', to: 'server.address' },
  { name: 'server_port', type: 'int', to: 'server.port' },
  { name: 'body_bytes_sent', type: 'int', unit: 'By', to: 'http.response.body.size' },
  { name: 'content_type', to: 'http.response.header.content-type' },
  {
    name: 'hit_info',
    to: { attribute: 'alibabacloud.cdn.cache.outcome', form: 'first_known', values: { HIT: 'HIT', MISS: 'MISS' } },
  },
  { name: 'http_range', to: 'http.request.header.range' },
  { name: 'user_agent', to: 'user_agent.original' },
  { name: 'user_info', to: 'alibabacloud.cdn.user_info' },
  { name: 'uuid', to: 'alibabacloud.request_id' },
  { name: 'via_info', to: 'alibabacloud.cdn.via' },
  { name: 'xforwordfor', to: 'http.request.header.x-forwarded-for' },
]

/** The Referer comes in four pieces. */
const referer = {
  attribute: 'http.request.header.referer',
  needs: 'refer_domain',
  parts: ['{refer_protocol}://', '{refer_domain}', '{refer_uri}', '?{refer_param}'],
}

/** sls-log-schemas section 6. No topic: the misspelt `xforwordfor` tells it. */
export const cdnRealtime: KindTable = {
  id: 'cdn-realtime',
  title: 'CDN real-time log',
  product: 'cdn',
  topics: [],
  signatureFields: ['unixtime', 'return_code', 'hit_info', 'xforwordfor', 'via_info'],
  timeField: 'unixtime',
  fields: [...edgeFields],
  joined: [referer],
  severity: httpSeverity('return_code'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

/** The same fields as CDN: only the logstore tells them apart. */
export const dcdnRealtime: KindTable = {
  id: 'dcdn-realtime',
  title: 'DCDN real-time log (classic layout)',
  product: 'dcdn',
  topics: [],
  logstorePatterns: ['^dcdn-edge-rtlog$'],
  projectPatterns: ['^dcdn-edge-rtlog-(cn|sg)-[0-9a-zA-Z-]+$'],
  signatureFields: ['hit_info', 'xforwordfor'],
  timeField: 'unixtime',
  fields: [...edgeFields],
  joined: [referer],
  severity: httpSeverity('return_code'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

/** Customers choose which fields are delivered. Only part of the list is documented. */
export const edgeAccess: KindTable = {
  id: 'edge-access',
  title: 'DCDN / ESA edge log (PascalCase layout)',
  product: 'esa',
  fieldPrefix: 'edge',
  topics: [],
  logstorePatterns: ['^dcdn-edge-rtlog$'],
  signatureFields: ['ClientRequestID', 'EdgeStartTimestamp', 'ClientRequestHost'],
  timeField: 'EdgeStartTimestamp',
  fields: [
    { name: 'ClientRequestID', to: 'alibabacloud.request_id' },
    { name: 'EdgeServerID', to: 'alibabacloud.cdn.edge.name' },
    { name: 'EdgeServerIP', to: 'server.address' },
    { name: 'EdgeEndTimestamp', to: 'alibabacloud.edge.end_time' },
    { name: 'EdgeResponseStatusCode', type: 'int', to: 'http.response.status_code' },
    { name: 'SiteName', to: 'alibabacloud.edge.site' },
    { name: 'TlsHash', to: 'tls.client.ja3' },
    { name: 'ClientASN', to: 'alibabacloud.client.asn' },
    { name: 'ClientIP', to: 'client.address' },
    { name: 'ClientISP', to: 'network.carrier.name' },
    { name: 'ClientProxyIP', to: 'alibabacloud.cdn.proxy_ip' },
    { name: 'ClientRegionCode', to: 'geo.region.iso_code' },
    { name: 'ClientZoneCode', to: 'geo.country.iso_code' },
    { name: 'ClientSSLCipher', to: 'tls.cipher' },
    {
      name: 'ClientSSLProtocol',
      to: [
        { attribute: 'tls.protocol.name', form: 'tls_name' },
        { attribute: 'tls.protocol.version', form: 'tls_version' },
      ],
    },
    { name: 'ClientSrcPort', type: 'int', to: 'client.port' },
    { name: 'ClientXRequestedWith', to: 'http.request.header.x-requested-with' },
    { name: 'ClientRequestBytes', type: 'int', unit: 'By', to: 'http.request.size' },
    { name: 'ClientRequestHeaderRange', to: 'http.request.header.range' },
    { name: 'ClientRequestHost', to: 'url.domain' },
    { name: 'ClientRequestMethod', to: 'http.request.method' },
    { name: 'ClientRequestPath', to: { attribute: 'url.path', unless: 'ClientRequestURI' } },
    {
      name: 'ClientRequestProtocol',
      to: [
        { attribute: 'network.protocol.name', form: 'protocol_name' },
        { attribute: 'network.protocol.version', form: 'protocol_version' },
      ],
    },
    { name: 'ClientRequestReferer', redactQuery: true, to: 'http.request.header.referer' },
    { name: 'ClientRequestScheme', to: 'url.scheme' },
    {
      name: 'ClientRequestURI',
      redactQuery: true,
      to: [
        { attribute: 'url.path', form: 'path' },
        { attribute: 'url.query', form: 'query' },
      ],
    },
    { name: 'ClientRequestUserAgent', to: 'user_agent.original' },
  ],
  severity: httpSeverity('EdgeResponseStatusCode'),
  summary: ['{http.request.method}', ' {url.path}', ' {http.response.status_code}'],
}

/** Hourly files that a customer loaded into SLS; the names are those of one installation. */
export const cdnOffline: KindTable = {
  id: 'cdn-offline',
  title: 'CDN offline log, loaded into SLS',
  product: 'cdn',
  topics: [],
  signatureFields: ['RemoteIP', 'ProxyIP', 'HitInfo', 'HTTPStatus'],
  timeField: 'Time',
  fields: [
    { name: 'RemoteIP', to: 'client.address' },
    { name: 'ProxyIP', to: 'alibabacloud.cdn.proxy_ip' },
    {
      name: 'RequestTime',
      type: 'int',
      unit: 'ms',
      to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
    },
    { name: 'Referer', redactQuery: true, to: 'http.request.header.referer' },
    { name: 'HTTPMethod', to: 'http.request.method' },
    { name: 'RequestURL', redactQuery: true, sensitive: true, to: 'url.full' },
    { name: 'HTTPStatus', type: 'int', to: 'http.response.status_code' },
    { name: 'RequestSize', type: 'int', unit: 'By', to: 'http.request.size' },
    { name: 'ResponseSize', type: 'int', unit: 'By', to: 'http.response.size' },
    { name: 'HitInfo', to: 'alibabacloud.cdn.cache.outcome' },
    { name: 'UserAgent', to: 'user_agent.original' },
  ],
  severity: httpSeverity('HTTPStatus'),
  summary: ['{http.request.method}', ' {url.full}', ' {http.response.status_code}'],
}
