import { describe, expect, it } from 'vitest'
import { convertAlert } from '../../../src/alibaba/cloudmonitor-events/alert.ts'
import { convertSystemEvent } from '../../../src/alibaba/cloudmonitor-events/system-event.ts'
import type { JsonObject } from '../../../src/lossless-json.ts'

const content = { resourceId: 'i-bp1example0000001', state: 'Stopped' }
const resourceId = 'acs:ecs:cn-hangzhou:1234567890123456:instance/i-bp1example0000001'

const options = { body: 'summary', contacts: 'drop' } as const
const alertOf = (alert: JsonObject) => convertAlert(alert, options)
const eventOf = (event: JsonObject) => convertSystemEvent(event, { body: 'summary' })

describe('a system event', () => {
  it('is the same record whether it was asked for or sent', () => {
    const asked = {
      Id: 'E-1',
      Product: 'ECS',
      Name: 'Instance:StateChange',
      Level: 'INFO',
      Status: 'Normal',
      Time: 1_795_165_274_058,
      RegionId: 'cn-hangzhou',
      ResourceId: resourceId,
      InstanceName: 'web-1',
      GroupId: '12345',
      Content: JSON.stringify(content),
    }
    const sent = {
      ver: '1.0',
      id: 'E-1',
      product: 'ECS',
      name: 'Instance:StateChange',
      level: 'INFO',
      status: 'Normal',
      eventTime: '20261120T170114.058+0800',
      regionId: 'cn-hangzhou',
      resourceId,
      userId: '1234567890123456',
      instanceName: 'web-1',
      groupId: '12345',
      content,
    }
    expect(eventOf(sent)).toEqual(eventOf(asked))
  })

  it('is told by the status in its name where it has no other', () => {
    const event = { Id: 'E-1', Name: 'Instance:SystemMaintenance.Reboot:Executed' }
    expect(eventOf(event)).toMatchObject({
      uid: 'E-1/Executed',
      attributes: { 'alibabacloud.event.status': 'Executed' },
    })
  })

  it.each([
    ['CRITICAL', 17],
    ['WARN', 13],
    ['INFO', 9],
    ['unheard of', 9],
  ])('of the level %s has the severity %i', (Level, severityNumber) => {
    expect(eventOf({ Level })).toMatchObject({ severityNumber })
  })

  it('keeps a time that cannot be read, and a field spelled both ways', () => {
    const { timeUnixNano, attributes } = eventOf({ Id: 'E-1', id: 'e-1', Time: 'yesterday' })
    expect(timeUnixNano).toBeUndefined()
    expect(attributes).toMatchObject({
      'alibabacloud.event.id': 'E-1',
      'alibabacloud.event.extra': { id: 'e-1', time: 'yesterday' },
    })
  })
})

describe('an alert', () => {
  it('has the same names whether it was asked for or sent', () => {
    const asked = alertOf({
      LogId: '1',
      AlertTime: '1795166160000',
      RuleId: 'rule',
      RuleName: 'memory grows',
      Level: 'P3',
      LevelChange: 'OK->P3',
      Namespace: 'acs_ecs_dashboard',
      MetricName: 'memory_actualusedspace',
      EventName: 'AlertOn',
      GroupId: '12345',
      GroupName: 'shop backend',
      Dimensions: [{ Key: 'instanceId', Value: 'i-1' }],
      Escalation: { Expression: '$Average>=80', Level: 'P3', Times: 3 },
    })
    const sent = alertOf({
      ruleId: 'rule',
      ruleName: 'memory grows',
      curLevel: 'P3',
      preLevel: 'OK',
      namespace: 'acs_ecs_dashboard',
      metricName: 'memory_actualusedspace#60',
      eventName: 'AlertOn',
      groupId: '12345',
      productGroupName: 'shop backend',
      resources: '{"instanceId": "i-1"}',
      escalation: { Expression: '$Average>=80', Level: 'P3', Times: 3 },
      time: 1_795_166_160_000,
    })
    const { 'alibabacloud.alert.log_id': logId, ...attributes } = asked.attributes
    expect(logId).toBe('1')
    expect(sent).toEqual({ ...asked, uid: undefined, attributes })
  })

  it.each([
    ['P2', 17],
    ['P3', 13],
    ['P4', 13],
    ['OK', 9],
    ['CRITICAL', 17],
    ['unheard of', 13],
  ])('of the level %s has the severity %i', (curLevel, severityNumber) => {
    expect(alertOf({ curLevel })).toMatchObject({ severityNumber })
  })

  it('loses no contact-like name that only looks like one, and keeps none that is one', () => {
    const kept = { pendingTime: 1, encoding: 'utf-8', landing: 'zone' }
    const { attributes } = alertOf({
      ...kept,
      DingdingWebhookList: ['x'],
      dingRobot: 'x',
      on_call: 'x',
      inner: {
        list: [
          { Key: 'Mail', Value: ['x'] },
          { Key: 'region', Value: 'a' },
        ],
        smsCount: 1,
      },
      text: '{"phone":"x","left":1}',
    })
    expect(attributes['alibabacloud.event.extra']).toEqual({
      ...kept,
      inner: { list: [{ Key: 'region', Value: 'a' }] },
      text: '{"left":1}',
    })
  })

  it.each([
    ['no names and texts', [{ Key: 'instanceId', Value: ['i-1', 'i-2'] }]],
    ['no list', 'everything'],
  ])('keeps dimensions that are %s', (_, Dimensions) => {
    const { attributes } = alertOf({ Dimensions })
    expect(attributes).toMatchObject({ 'alibabacloud.event.extra': { dimensions: Dimensions } })
  })
})
