import { describe, expect, it } from 'vitest'
import { parseRecordedEvents } from '../../src/detection/recorded-events.ts'

const event = { eventId: 'a', eventName: 'DeleteInstance' }

describe('parseRecordedEvents', () => {
  it.each([
    ['one document', JSON.stringify(event, null, 2)],
    ['a list', JSON.stringify([event])],
    ['a page of LookupEvents', JSON.stringify({ RequestId: 'x', Events: [event] })],
    ['a log of a trail', JSON.stringify({ __topic__: 'actiontrail_audit_event', event: JSON.stringify(event) })],
    ['JSON lines of logs', `${JSON.stringify({ event: JSON.stringify(event) })}\n\n`],
    ['a CloudEvents envelope', JSON.stringify({ specversion: '1.0', data: event })],
  ])('finds the event in %s', (_, text) => {
    expect(parseRecordedEvents(text)).toEqual([event])
  })

  it('finds the events of several lines, in their order', () => {
    const text = ['{"eventId":"1"}', '{"Events":[{"eventId":"2"},{"eventId":"3"}]}'].join('\n')
    expect(parseRecordedEvents(text).map(({ eventId }) => eventId)).toEqual(['1', '2', '3'])
  })

  it('keeps the digits of long ids', () => {
    expect(parseRecordedEvents('{"ownerId":1234567890123456789}')).toEqual([{ ownerId: 1234567890123456789n }])
  })

  it.each([
    ['{"eventId":"1"}\nnonsense', /^line 2: /],
    ['nonsense', /JSON/],
    ['[1]', /an event is a JSON object/],
  ])('refuses %j', (text, message) => {
    expect(() => parseRecordedEvents(text)).toThrow(message)
  })
})
