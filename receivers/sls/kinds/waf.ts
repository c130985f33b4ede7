import type { FieldTable, KindTable, SeverityTable } from './kind-table.ts'
import { logAuditProjects } from './log-audit.ts'
import { httpRules } from './severity.ts'

const requestFields: readonly FieldTable[] = [
  { name: 'body_bytes_sent', type: 'int', unit: 'By', to: 'http.response.body.size' },
  { name: 'content_type', to: 'http.request.header.content-type' },
  { name: 'host', to: 'server.address' },
  { name: 'http_cookie', sensitive: true, secret: true, to: [] },
  { name: 'http_referer', redactQuery: true, to: 'http.request.header.referer' },
  { name: 'http_user_agent', to: 'user_agent.original' },
  { name: 'http_x_forwarded_for', to: 'http.request.header.x-forwarded-for' },
  { name: 'https', to: { attribute: 'url.scheme', values: { true: 'https', on: 'https', false: 'http' } } },
  { name: 'matched_host', to: 'alibabacloud.waf.matched_host' },
  { name: 'querystring', to: { attribute: 'url.query', form: 'query_string' } },
  { name: 'real_client_ip', to: 'client.address' },
  { name: 'region', to: 'resource:alibabacloud.waf.region' },
  { name: 'remote_port', type: 'int', to: 'network.peer.port' },
  { name: 'request_length', type: 'int', unit: 'By', to: 'http.request.size' },
  { name: 'request_method', to: 'http.request.method' },
  { name: 'request_path', to: 'url.path' },
  {
    name: 'request_time_msec',
    type: 'int',
    unit: 'ms',
    to: { attribute: 'alibabacloud.request.duration', form: 'seconds' },
  },
  { name: 'request_traceid', to: 'alibabacloud.request_id' },
  {
    name: 'server_protocol',
    to: [
      { attribute: 'network.protocol.name', form: 'protocol_name' },
      { attribute: 'network.protocol.version', form: 'protocol_version' },
    ],
  },
  { name: 'ssl_cipher', to: 'tls.cipher' },
  {
    name: 'ssl_protocol',
    to: [
      { attribute: 'tls.protocol.name', form: 'tls_name' },
      { attribute: 'tls.protocol.version', form: 'tls_version' },
    ],
  },
  { name: 'status', type: 'int', to: 'http.response.status_code' },
  {
    name: 'upstream_addr',
    list: true,
    whole: 'alibabacloud.upstream.tries',
    to: [
      { attribute: 'destination.address', form: 'host' },
      { attribute: 'destination.port', form: 'port' },
    ],
  },
  {
    name: 'upstream_response_time',
    type: 'double',
    unit: 's',
    list: true,
    to: { attribute: 'alibabacloud.upstream.duration', form: 'seconds' },
  },
  { name: 'upstream_status', type: 'int', list: true, to: 'alibabacloud.upstream.status_code' },
  { name: 'user_id', to: 'resource:cloud.account.id' },
]

const agentFields: readonly FieldTable[] = [
  { name: 'ua_browser', to: 'user_agent.name' },
  { name: 'ua_browser_family', to: 'alibabacloud.user_agent.browser_family' },
  { name: 'ua_browser_type', to: 'alibabacloud.user_agent.browser_type' },
  { name: 'ua_browser_version', to: 'user_agent.version' },
  { name: 'ua_device_type', to: 'alibabacloud.user_agent.device_type' },
  { name: 'ua_os', to: 'user_agent.os.name' },
  { name: 'ua_os_family', to: 'alibabacloud.user_agent.os_family' },
]

/** Protection modules, whose fields all begin with the module's name: new ones appear every few months. */
const moduleGroups = [
  'account',
  'acl',
  'algorithm',
  'antibot',
  'antiscan',
  'cc',
  'deeplearning',
  'dlp',
  'intelligence',
  'normalized',
  'scene',
  'sema',
  'waf',
  'wxbb',
]

const blocking = ['block', 'drop', 'close']
const challenging = ['challenge', 'captcha', 'captcha_strict', 'js', 'sigchl', 'wait', 'login']

/** A block of any module counts before a challenge of any other. */
const actions = (fields: readonly string[]): SeverityTable['rules'] => [
  ...fields.map((field) => ({ when: { field, in: blocking }, severity: 'WARN' as const })),
  ...fields.map((field) => ({ when: { field, in: challenging }, severity: 'INFO2' as const })),
]

/** `<module>_test` = true: the rule only watched, so its action was not taken. */
const moduleActions = (modules: readonly string[]): SeverityTable['rules'] => {
  const rules = (taken: string[], severity: 'WARN' | 'INFO2') =>
    modules.map((module) => ({
      when: [
        { field: `${module}_action`, in: taken },
        { field: `${module}_test`, notIn: ['true'] },
      ],
      severity,
    }))
  return [...rules(blocking, 'WARN'), ...rules(challenging, 'INFO2')]
}

/** A challenge answers 200, so the action counts before the status. */
const waf2Severity: SeverityTable = {
  rules: [
    { when: { field: 'acl_blocks', in: ['1'] }, severity: 'WARN' },
    { when: { field: 'cc_blocks', in: ['1'] }, severity: 'WARN' },
    { when: { field: 'block_action', present: true }, severity: 'WARN' },
    ...actions(['final_action', 'antibot_action']),
    ...moduleActions(['waf', 'acl', 'cc']),
    ...httpRules('status'),
  ],
  otherwise: 'INFO',
}

const waf3Severity: SeverityTable = {
  rules: [
    ...actions(['final_action', 'antiscan_action']),
    ...moduleActions(['waf', 'acl', 'cc', 'dlp', 'sema', 'scene']),
    ...httpRules('status'),
  ],
  otherwise: 'INFO',
}

const antibotSeverity: SeverityTable = {
  rules: [...actions(['antibot_action', 'wxbb_action']), ...httpRules('status')],
  otherwise: 'INFO',
}

/** sls-log-schemas section 8. Shares its topic with WAF 3.0. */
export const waf2Access: KindTable = {
  id: 'waf2-access',
  title: 'WAF 2.0 access log',
  product: 'waf',
  fieldGroups: moduleGroups,
  topics: ['waf_access_log'],
  logstorePatterns: ['^waf-logstore$', '^waf_log$'],
  projectPatterns: [...logAuditProjects, '^waf-project-\\d+-[a-z0-9-]+$'],
  signatureFields: ['matched_host', 'request_traceid', ['upstream_ip', 'block_action', 'cc_phase', 'acl_blocks']],
  timeField: 'time',
  fields: [
    ...requestFields,
    ...agentFields,
    { name: 'remote_addr', to: ['network.peer.address', { attribute: 'client.address', unless: ['real_client_ip'] }] },
    { name: 'upstream_ip', to: [] },
    { name: 'request_uri', redactQuery: true, to: [] },
    { name: 'acl_action', to: 'alibabacloud.waf.acl.action' },
    { name: 'acl_test', type: 'bool', to: 'alibabacloud.waf.acl.test' },
    { name: 'cc_test', type: 'bool', to: 'alibabacloud.waf.cc.test' },
    { name: 'waf_test', type: 'bool', to: 'alibabacloud.waf.waf.test' },
    { name: 'acl_blocks', to: 'alibabacloud.waf.acl.blocked' },
    { name: 'antibot', to: 'alibabacloud.waf.antibot.policy' },
    { name: 'antibot_action', to: 'alibabacloud.waf.antibot.action' },
    { name: 'block_action', to: 'alibabacloud.waf.block_action' },
    { name: 'cc_action', to: 'alibabacloud.waf.cc.action' },
    { name: 'cc_blocks', to: 'alibabacloud.waf.cc.blocked' },
    { name: 'cc_phase', to: 'alibabacloud.waf.cc.phase' },
    { name: 'cc_rule_id', to: 'alibabacloud.waf.cc.rule_id' },
    { name: 'waf_action', to: 'alibabacloud.waf.waf.action' },
    { name: 'web_attack_type', to: 'security_rule.category' },
    { name: 'waf_rule_id', to: 'alibabacloud.waf.waf.rule_id' },
    { name: 'final_action', to: 'security_rule.action' },
    { name: 'final_plugin', to: 'alibabacloud.waf.terminating_rule.type' },
    { name: 'final_rule_id', to: 'security_rule.uuid' },
    { name: 'final_rule_type', to: 'alibabacloud.waf.final_rule_type' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
    { name: 'threat_real_client_ip', to: 'alibabacloud.threat.real_client_ip' },
  ],
  severity: waf2Severity,
  summary: [
    '{http.request.method}',
    ' {server.address}',
    '{url.path}',
    ' {http.response.status_code}',
    ' {security_rule.action}',
  ],
}

/** sls-log-schemas section 8. Optional fields are there only where the customer ticked them. */
export const waf3Access: KindTable = {
  id: 'waf3-access',
  title: 'WAF 3.0 access log',
  product: 'waf',
  fieldGroups: moduleGroups,
  topics: ['waf_access_log'],
  logstorePatterns: ['^wafnew-logstore$', '^wafng-logstore$', '^waf_log$'],
  projectPatterns: [...logAuditProjects, '^wafnew-project-\\d+-[a-z0-9-]+$', '^wafng-project-\\d+-[a-z0-9-]+$'],
  signatureFields: ['matched_host', 'request_traceid', ['src_ip', 'dst_port', 'start_time']],
  timeField: 'start_time',
  fields: [
    ...requestFields,
    {
      name: 'remote_addr',
      to: ['network.peer.address', { attribute: 'client.address', unless: ['real_client_ip', 'src_ip'] }],
    },
    { name: 'time', to: [] },
    { name: 'src_ip', to: { attribute: 'client.address', unless: 'real_client_ip' } },
    { name: 'src_port', type: 'int', to: 'client.port' },
    { name: 'dst_port', type: 'int', to: 'server.port' },
    { name: 'server_port', to: [] },
    { name: 'request_uri', redactQuery: true, to: [] },
    { name: 'request_body', sensitive: true, to: 'alibabacloud.waf.request_body' },
    { name: 'bypass_matched_ids', to: 'alibabacloud.waf.bypass_rule_ids' },
    { name: 'final_action', to: 'security_rule.action' },
    { name: 'final_plugin', to: 'alibabacloud.waf.terminating_rule.type' },
    { name: 'final_rule_id', to: 'security_rule.uuid' },
    { name: 'final_rule_type', to: 'alibabacloud.waf.final_rule_type' },
    { name: 'waf_hit', to: { attribute: 'alibabacloud.waf.hit', form: 'json' } },
    { name: 'terminating_rules', to: { attribute: 'alibabacloud.waf.terminating_rules', form: 'json' } },
    { name: 'non_terminating_rules', to: { attribute: 'alibabacloud.waf.non_terminating_rules', form: 'json' } },
    { name: 'waf_action', to: 'alibabacloud.waf.waf.action' },
    { name: 'waf_rule_id', to: 'alibabacloud.waf.waf.rule_id' },
    { name: 'waf_rule_type', to: 'security_rule.category' },
    { name: 'waf_test', type: 'bool', to: 'alibabacloud.waf.waf.test' },
    { name: 'acl_action', to: 'alibabacloud.waf.acl.action' },
    { name: 'acl_rule_id', to: 'alibabacloud.waf.acl.rule_id' },
    { name: 'acl_test', type: 'bool', to: 'alibabacloud.waf.acl.test' },
    { name: 'cc_action', to: 'alibabacloud.waf.cc.action' },
    { name: 'cc_rule_id', to: 'alibabacloud.waf.cc.rule_id' },
    { name: 'cc_test', type: 'bool', to: 'alibabacloud.waf.cc.test' },
    { name: 'scene_action', to: 'alibabacloud.waf.scene.action' },
    { name: 'scene_rule_id', to: 'alibabacloud.waf.scene.rule_id' },
    { name: 'antiscan_action', to: 'alibabacloud.waf.antiscan.action' },
    { name: 'antiscan_rule_id', to: 'alibabacloud.waf.antiscan.rule_id' },
    { name: 'dlp_rule_id', to: 'alibabacloud.waf.dlp.rule_id' },
    { name: 'dlp_action', to: 'alibabacloud.waf.dlp.action' },
    { name: 'dlp_test', type: 'bool', to: 'alibabacloud.waf.dlp.test' },
    { name: 'acl_rule_type', to: 'alibabacloud.waf.acl.rule_type' },
    { name: 'sema_hit', to: { attribute: 'alibabacloud.waf.sema.hit', form: 'json' } },
    { name: 'sema_action', to: 'alibabacloud.waf.sema.action' },
    { name: 'sema_rule_id', to: 'alibabacloud.waf.sema.rule_id' },
    { name: 'sema_rule_type', to: 'alibabacloud.waf.sema.rule_type' },
    { name: 'sema_test', type: 'bool', to: 'alibabacloud.waf.sema.test' },
    { name: 'scene_id', to: 'alibabacloud.waf.scene.id' },
    { name: 'scene_rule_type', to: 'alibabacloud.waf.scene.rule_type' },
    { name: 'scene_test', type: 'bool', to: 'alibabacloud.waf.scene.test' },
    { name: 'wxbb_info_tbl', to: { attribute: 'alibabacloud.waf.wxbb.info', form: 'json' } },
    { name: 'request_header', sensitive: true, to: { attribute: 'http.request.header', form: 'headers' } },
    { name: 'response_header', sensitive: true, to: { attribute: 'http.response.header', form: 'headers' } },
    { name: 'response_set_cookie', sensitive: true, secret: true, to: [] },
    { name: 'response_info', sensitive: true, to: 'alibabacloud.waf.response_info' },
    { name: 'pp_state', type: 'int', to: 'alibabacloud.waf.pp_state' },
    { name: 'owner_id', to: 'resource:cloud.account.id' },
  ],
  severity: waf3Severity,
  summary: [
    '{http.request.method}',
    ' {server.address}',
    '{url.path}',
    ' {http.response.status_code}',
    ' {security_rule.action}',
  ],
}

/** Old stores only; the shape is WAF 2.0's. */
export const antibotAccess: KindTable = {
  id: 'antibot-access',
  title: 'Anti-Bot access log (retired product)',
  product: 'antibot',
  fieldPrefix: 'waf',
  fieldGroups: moduleGroups,
  topics: ['antibot_access_log'],
  logstorePatterns: ['^antibot-logstore$'],
  signatureFields: ['antibot', 'antibot_action', 'antibot_rule', 'matched_host'],
  timeField: 'time',
  fields: [
    ...requestFields,
    ...agentFields,
    { name: 'remote_addr', to: ['network.peer.address', { attribute: 'client.address', unless: ['real_client_ip'] }] },
    { name: 'antibot', to: 'alibabacloud.waf.antibot.policy' },
    { name: 'antibot_action', to: 'alibabacloud.waf.antibot.action' },
    { name: 'antibot_rule', to: 'alibabacloud.waf.antibot.rule_id' },
    { name: 'antibot_verify', to: 'alibabacloud.waf.antibot.verify' },
    { name: 'block_action', to: 'alibabacloud.waf.block_action' },
    { name: 'upstream_ip', to: [] },
    { name: 'wxbb_action', to: 'alibabacloud.waf.wxbb.action' },
    { name: 'wxbb_invalid_wua', to: 'alibabacloud.waf.wxbb.invalid_wua' },
  ],
  severity: antibotSeverity,
  summary: ['{http.request.method}', ' {server.address}', '{url.path}', ' {http.response.status_code}'],
}
