import { describe, expect, it } from 'vitest'
import { createRandom } from '../../simulator/random.ts'
import type { JsonObject } from '../../src/lossless-json.ts'
import { createMemoryStore } from '../../src/storage/memory.ts'
import { event, later, recordOf, rules, startDetection, uidOf } from './events.ts'

const settings = {
  'signin-failures': { threshold: 3, window: '1m' },
  'unauthorized-calls': { threshold: 4, window: '2m' },
  'new-address-for-access-key': { learn_values: 3, learn_for: '2m' },
  'watched-access-key': { window: '30s' },
}

/** Events of three users, some late by minutes; each kind that a windowed rule looks at. */
function events(seed: number): JsonObject[] {
  const random = createRandom(seed)
  return Array.from({ length: 150 }, (_, index) => {
    const late = random.next() < 0.2 ? random.next() * 300 : 0
    const user = Math.floor(random.next() * 3)
    const kind = random.next()
    const base = event({
      eventId: `event-${index}`,
      eventTime: later(Math.floor(index * 4 - late)),
      sourceIpAddress: `198.51.100.${Math.floor(random.next() * 6)}`,
      userIdentity: { type: 'ram-user', userName: `user-${user}`, accessKeyId: `LTAIEXAMPLEKEY0${user}` },
    })
    if (kind < 0.3) return { ...base, eventName: 'ConsoleSignin', errorCode: 'PasswordIncorrect' }
    return kind < 0.7 ? { ...base, errorCode: 'Forbidden.RAM' } : base
  })
}

type Detection = Awaited<ReturnType<typeof startDetection>>
const uidsOf = (detection: Detection, document: JsonObject) =>
  detection.examine(document, recordOf(document)).findings.map(uidOf)

describe('random histories', () => {
  it.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    'seed %i: events that come again, crashes and restarts bring the findings of one undisturbed run',
    async (seed) => {
      const checkpoints = createMemoryStore().scope('detection')
      const start = () =>
        startDetection({ rules: rules(settings, Object.keys(settings)), watch: ['LTAIEXAMPLEKEY01'], checkpoints })
      const stream = events(seed)
      const undisturbed = await startDetection({
        rules: rules(settings, Object.keys(settings)),
        watch: ['LTAIEXAMPLEKEY01'],
      })
      const expected = stream.map((document) => uidsOf(undisturbed, document))
      expect(expected.flat().length).toBeGreaterThan(5)

      const random = createRandom(seed + 1000)
      let detection = await start()
      let saved = 0
      for (let at = 0; at < stream.length; ) {
        const chance = random.next()
        if (chance < 0.03) {
          // A crash: what was not saved is read again.
          detection = await start()
          at = saved
        } else if (chance < 0.15) {
          await detection.save()
          saved = at
        } else if (chance < 0.4 && at > 0) {
          const again = Math.floor(random.next() * at)
          expect(uidsOf(detection, stream[again] ?? {})).toEqual(expected[again])
        } else {
          expect(uidsOf(detection, stream[at] ?? {})).toEqual(expected[at])
          at++
        }
      }
    },
  )
})
