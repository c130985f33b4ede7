import { describe, expect, it } from 'vitest'
import {
  countLogGroups,
  decodeLogGroup,
  decodeLogGroupList,
  encodeLogGroup,
  encodeLogGroupList,
  type SlsLogGroup,
} from '../../../src/alibaba/sls/log-group.ts'
import { ProtobufError } from '../../../src/protobuf/reader.ts'

// The vectors of sls-protocol 3.5, made with protobufjs and the vendor's schema.
const P1 = '0a320a1e08f8b2939e0512160a07546573744b6579120b54657374436f6e74656e741a00220e31302e3233302e3230312e313137'
const P2 =
  '0a590a2908a5facdac06120d0a056c6576656c1204696e666f120d0a036d7367120668c3a96c6c6f2515cd5b071a027431220831302e302e302e31' +
  '321e0a105f5f726563656976655f74696d655f5f120a31373034313634363436'

const p1: SlsLogGroup = {
  topic: '',
  source: '10.230.201.117',
  tags: [],
  logs: [{ time: 1405409656, contents: [['TestKey', 'TestContent']] }],
}
const p2: SlsLogGroup = {
  topic: 't1',
  source: '10.0.0.1',
  tags: [['__receive_time__', '1704164646']],
  logs: [
    {
      time: 1704164645,
      timeNs: 123456789,
      contents: [
        ['level', 'info'],
        ['msg', 'héllo'],
      ],
    },
  ],
}

const fromHex = (hex: string) => Buffer.from(hex, 'hex')

describe('log groups', () => {
  it.each([
    ['P1', P1, p1],
    ['P2', P2, p2],
  ])('encodes and decodes vector %s', (_name, hex, group) => {
    expect(Buffer.from(encodeLogGroupList([encodeLogGroup(group)])).toString('hex')).toBe(hex)
    expect(decodeLogGroupList(fromHex(hex))).toEqual([group])
  })

  it('reads a list of several groups (vector P3)', () => {
    const list = fromHex(P2 + P2 + P2)
    expect(decodeLogGroupList(list)).toEqual([p2, p2, p2])
    expect(countLogGroups(list)).toBe(3)
  })

  it('takes an empty body for an empty list', () => {
    expect(decodeLogGroupList(new Uint8Array())).toEqual([])
    expect(countLogGroups(new Uint8Array())).toBe(0)
  })

  it('keeps a key that occurs twice, in order, and logs too long for the room left for their length', () => {
    const group: SlsLogGroup = {
      topic: 't',
      source: 's',
      machineUuid: 'm-1',
      tags: [
        ['a', '1'],
        ['a', '2'],
      ],
      logs: [
        {
          time: 2 ** 32 - 1,
          timeNs: 0,
          contents: [
            ['k', 'x'.repeat(70_000)],
            ['k', ''],
          ],
        },
        { time: 0, contents: [] },
      ],
    }
    expect(decodeLogGroup(encodeLogGroup(group))).toEqual(group)
  })

  it('reads fields in any order and passes over unknown ones of every wire type', () => {
    const unknown = `f80101f9010102030405060708fa010141fd0101020304`
    // Time_ns, values (agents only), Contents, Time.
    const log = `${unknown}2515cd5b07 1a0176 12060a016b120176 0801`.replaceAll(' ', '')
    const size = (hex: string) => (hex.length / 2).toString(16).padStart(2, '0')
    const group = `2a016d 12016322 0173 1a0174 ${unknown} 0a${size(log)}${log}`.replaceAll(' ', '')
    expect(decodeLogGroup(fromHex(group))).toEqual({
      topic: 't',
      source: 's',
      machineUuid: 'm',
      tags: [],
      logs: [{ time: 1, timeNs: 123456789, contents: [['k', 'v']] }],
    })
  })

  it.each([
    ['a log without a time', '0a0812060a016b120176'],
    ['a log longer than its group', '0a050801'],
    ['a value longer than its content', '0a0a080112060a016b120976'],
    ['a length that never ends', '0affffffffffffffffffffff'],
    ['a group (wire type 3)', '0b'],
  ])('refuses %s', (_name, hex) => {
    expect(() => decodeLogGroup(fromHex(hex))).toThrow(ProtobufError)
  })

  it('refuses a group that runs past the list', () => {
    expect(() => countLogGroups(fromHex(`${P2}0a05`))).toThrow(ProtobufError)
  })
})
