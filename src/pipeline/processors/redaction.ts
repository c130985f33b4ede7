import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { DecodedAttribute, DecodedValue } from '../../otlp/decode.ts'
import type { ProcessorDefinition } from '../component.ts'
import type { BodySources, StepRecord } from '../outlet.ts'
import { leafTexts } from './record-values.ts'
import { stepIdentity } from './step-identity.ts'

const actions = ['mask', 'hash', 'drop', 'last4'] as const
type Action = (typeof actions)[number]

export interface RedactionOptions {
  /** The first rule that names a key counts. */
  rules: { keys: string[]; action: Action }[]
  /** Empty where no rule hashes. */
  hashKey: string
}

const MASK = '***'
/** Hex digits of a hash: 16 bytes. */
const hashDigits = 32
const uidAttribute = 'log.record.uid'
const originalAttribute = 'log.record.original'
/** Records with one of these were not understood, so what their body holds is not known. */
const notUnderstood: readonly string[] = ['alibabacloud.malformed', 'alibabacloud.parse_error']
/** Names whose rule is remembered. */
const maxKnownNames = 10_000
/** Texts whose hash is remembered, for what is hashed is mostly who did something, and comes again; and how long one may be. */
const maxKnownHashes = 10_000
const maxKnownCharacters = 128

export const redactionProcessor: ProcessorDefinition<RedactionOptions> = {
  type: 'redaction',
  summary: 'Masks, hashes, shortens or drops the values of attributes, and of the body',
  signals: ['logs'],
  schema: z
    .strictObject({
      rules: z
        .array(
          z.strictObject({
            keys: z
              .array(z.string().min(1))
              .min(1)
              .describe('Attributes of records and resources, body, or body.member; * and ? stand for any characters'),
            action: z.enum(actions),
          }),
        )
        .min(1)
        .describe('The first rule that names a key counts'),
      hash_key: z.string().default('').describe('Key of the HMAC-SHA256, for the action hash'),
    })
    .transform(({ rules, hash_key }, context) => {
      if (hash_key === '' && rules.some(({ action }) => action === 'hash')) {
        context.addIssue({ code: 'custom', path: ['hash_key'], message: 'is needed: a rule hashes' })
      }
      for (const [rule, { keys }] of rules.entries()) {
        for (const [index, key] of keys.entries()) {
          if (!globOf(key).test(uidAttribute)) continue
          const message = `matches ${uidAttribute}, by which repeated records are told: it cannot be redacted`
          context.addIssue({ code: 'custom', path: ['rules', rule, 'keys', index], message })
        }
      }
      return { rules, hashKey: hash_key }
    }),
  create: (options) => {
    const redaction = new Redaction(options)
    return {
      role: 'record',
      step: {
        identity: stepIdentity('redaction', { rules: options.rules, hash_key: options.hashKey }),
        looksAt: (attribute) => redaction.looksAt(attribute),
        changeResource: (resource) => redaction.resource(resource).attributes,
        changeRecord: (record, resource, bodySources) =>
          redaction.changeRecord(record, resource, bodySources) ? 'changed' : 'kept',
      },
    }
  },
}

/** The value of an attribute, as it was before a rule took it out of a record or a resource. */
interface Taken {
  readonly name: string
  readonly action: Action
  readonly value: DecodedValue
}

interface RedactedResource {
  readonly attributes: readonly DecodedAttribute[]
  readonly taken: readonly Taken[]
}

/** What must not be left in the body, nor in the untouched log. */
interface Secrets {
  /** With what stands in their place. */
  readonly texts: ReadonlyMap<string, string>
  /** By the attribute they were in. */
  readonly byName: ReadonlyMap<string, readonly string[]>
}

class Redaction {
  private readonly rules: { patterns: RegExp[]; action: Action }[]
  private readonly hashKey: KeyObject
  private readonly known = new Map<string, Action | undefined>()
  private readonly hashes = new Map<string, string>()
  private readonly resources = new WeakMap<readonly DecodedAttribute[], RedactedResource>()

  constructor({ rules, hashKey }: RedactionOptions) {
    this.rules = rules.map(({ keys, action }) => ({ patterns: keys.map(globOf), action }))
    this.hashKey = createSecretKey(hashKey, 'utf8')
  }

  looksAt(attribute: string): boolean {
    return (
      attribute === originalAttribute || notUnderstood.includes(attribute) || this.actionOf(attribute) !== undefined
    )
  }

  resource(attributes: readonly DecodedAttribute[]): RedactedResource {
    let redacted = this.resources.get(attributes)
    if (redacted === undefined) {
      const taken: Taken[] = []
      redacted = { attributes: this.redactPairs(attributes, '', taken), taken }
      this.resources.set(attributes, redacted)
    }
    return redacted
  }

  /** True when the record changed. */
  changeRecord(record: StepRecord, resource: readonly DecodedAttribute[], sources: BodySources): boolean {
    const { attributes, body } = record
    const taken: Taken[] = [...this.resource(resource).taken]
    let redacted = this.redactPairs(attributes, '', taken)
    let left = this.redactBody(record, taken)
    if (taken.length > 0 && (left !== null || attributes.some(({ key }) => key === originalAttribute))) {
      const secrets = this.secretsOf(taken)
      const scrub = scrubber(secrets.texts)
      left = scrubBody(left, secrets, sources, scrub)
      redacted = scrubOriginal(redacted, scrub)
    }
    const changed = redacted !== attributes || left !== body
    if (changed) {
      record.attributes = redacted
      record.body = left
    }
    return changed
  }

  /** The body by the rules that name it or a member of it. */
  private redactBody({ body, attributes }: StepRecord, taken: Taken[]): DecodedValue {
    if (body === null) return null
    // Secrets cannot be found in what was not understood.
    if (body instanceof Uint8Array || attributes.some(({ key }) => notUnderstood.includes(key))) return MASK
    const action = this.actionOf('body')
    if (action === undefined) return this.redactInside(body, 'body', taken)
    taken.push({ name: 'body', action, value: body })
    return action === 'drop' ? null : this.redactValue(action, body)
  }

  private redactPairs(pairs: readonly DecodedAttribute[], prefix: string, taken: Taken[]): readonly DecodedAttribute[] {
    let changed = false
    const kept: DecodedAttribute[] = []
    for (const pair of pairs) {
      const name = prefix + pair.key
      const action = this.actionOf(name)
      if (action !== undefined) taken.push({ name, action, value: pair.value })
      if (action === 'drop') {
        changed = true
        continue
      }
      const value =
        action === undefined ? this.redactInside(pair.value, name, taken) : this.redactValue(action, pair.value)
      changed ||= value !== pair.value
      kept.push(value === pair.value ? pair : { key: pair.key, value })
    }
    return changed ? kept : pairs
  }

  /** The members of a map, also of maps in a list, by their dotted names. */
  private redactInside(value: DecodedValue, name: string, taken: Taken[]): DecodedValue {
    if (isMap(value)) {
      const pairs = this.redactPairs(value.pairs, `${name}.`, taken)
      return pairs === value.pairs ? value : { pairs }
    }
    return isList(value) ? mapItems(value, (item) => this.redactInside(item, name, taken)) : value
  }

  private redactValue(action: Action, value: DecodedValue): DecodedValue {
    if (value === null || value === '') return value
    if (isList(value)) return value.map((item) => this.redactValue(action, item))
    if (isMap(value)) return mapPairs(value, ({ key, value: item }) => ({ key, value: this.redactValue(action, item) }))
    if (!(value instanceof Uint8Array)) return this.replacement(action, String(value))
    return action === 'hash' ? this.hash(value) : MASK
  }

  private replacement(action: Action, text: string): string {
    if (action === 'hash') return this.hash(text)
    if (action !== 'last4') return MASK
    const characters = [...text]
    // Of a text that short there would be nothing hidden.
    return characters.length <= 4 ? MASK : MASK + characters.slice(-4).join('')
  }

  private hash(value: string | Uint8Array): string {
    if (typeof value !== 'string' || value.length > maxKnownCharacters) return this.newHash(value)
    let hash = this.hashes.get(value)
    if (hash === undefined) {
      hash = this.newHash(value)
      if (this.hashes.size >= maxKnownHashes) this.hashes.clear()
      this.hashes.set(value, hash)
    }
    return hash
  }

  private newHash(value: string | Uint8Array): string {
    return createHmac('sha256', this.hashKey).update(value).digest('hex').slice(0, hashDigits)
  }

  private secretsOf(taken: readonly Taken[]): Secrets {
    const texts = new Map<string, string>()
    const byName = new Map<string, string[]>()
    for (const { name, action, value } of taken) {
      let ofName = byName.get(name)
      if (ofName === undefined) {
        ofName = []
        byName.set(name, ofName)
      }
      for (const text of leafTexts(value)) {
        if (text === '') continue
        ofName.push(text)
        const replacement = this.replacement(action, text)
        texts.set(text, replacement)
        // As it stands in a body that is JSON.
        if (escapedInJson.test(text)) texts.set(JSON.stringify(text).slice(1, -1), replacement)
      }
    }
    return { texts, byName }
  }

  private actionOf(name: string): Action | undefined {
    const known = this.known.get(name)
    if (known !== undefined || this.known.has(name)) return known
    const action = this.rules.find(({ patterns }) => patterns.some((pattern) => pattern.test(name)))?.action
    if (this.known.size >= maxKnownNames) this.known.clear()
    this.known.set(name, action)
    return action
  }
}

/** Characters that JSON may write in another way: all but these. */
const escapedInJson = /[^ !#-[\]-\ud7ff\ue000-\uffff]/

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** `*` stands for any characters, `?` for one. */
function globOf(key: string): RegExp {
  const source = escaped(key)
    .replaceAll(/(\\\*)+/g, '.*')
    .replaceAll('\\?', '.')
  return new RegExp(`^${source}$`, 's')
}

/** Takes out of the body what was redacted elsewhere. */
function scrubBody(
  body: DecodedValue,
  { texts, byName }: Secrets,
  sources: BodySources,
  scrub: (value: DecodedValue) => DecodedValue,
): DecodedValue {
  if (body === null || texts.size === 0) return body
  /** The value written another way in the body (a number with other digits, say) cannot be found there. */
  const hides = (value: DecodedValue, names: readonly string[] = []) => {
    const leaves = leafTexts(value)
    return names.find((name) => byName.get(name)?.some((text) => !leaves.some((leaf) => leaf.includes(text))))
  }
  if (hides(body, sources.get('')) !== undefined) return MASK
  const scrubbed = scrub(body)
  if (!isMap(body) || !isMap(scrubbed)) return scrubbed
  return mapPairs(scrubbed, (pair, index) => {
    const before = body.pairs[index]?.value ?? null
    return hides(before, sources.get(pair.key)) === undefined ? pair : { key: pair.key, value: MASK }
  })
}

/** Replaces the texts in a value at any depth. The same value where none is in it. */
function scrubber(texts: ReadonlyMap<string, string>): (value: DecodedValue) => DecodedValue {
  if (texts.size === 0) return (value) => value
  const longestFirst = [...texts.keys()].sort((a, b) => b.length - a.length)
  const replaced = (text: string) => replaceAll(text, longestFirst, texts)
  const scrub = (value: DecodedValue): DecodedValue => {
    if (typeof value === 'string') return replaced(value)
    if (isList(value)) return mapItems(value, scrub)
    if (isMap(value)) return mapPairs(value, (pair) => withValue(pair, scrub(pair.value)))
    if (value === null || value instanceof Uint8Array) return value
    return texts.get(String(value)) ?? value
  }
  return scrub
}

/**
 * Where texts overlap, the first, and of those that begin together the longest, gives the replacement for all of them. Not by
 * a regular expression: a text may be megabytes long, and no expression may be.
 */
function replaceAll(text: string, longestFirst: readonly string[], replacements: ReadonlyMap<string, string>): string {
  const places = longestFirst.map((secret) => ({ secret, at: text.indexOf(secret) })).filter(({ at }) => at >= 0)
  let written = ''
  let from = 0
  for (;;) {
    let first: (typeof places)[number] | undefined
    for (const place of places) {
      if (place.at < from && place.at >= 0) place.at = text.indexOf(place.secret, from)
      if (place.at >= 0 && (first === undefined || place.at < first.at)) first = place
    }
    if (first === undefined) return from === 0 ? text : written + text.slice(from)
    written += text.slice(from, first.at) + (replacements.get(first.secret) ?? MASK)
    from = first.at + first.secret.length
    for (const { secret, at } of places) if (at >= 0 && at < from) from = Math.max(from, at + secret.length)
  }
}

/** The untouched log, where a record has it. */
function scrubOriginal(attributes: readonly DecodedAttribute[], scrub: (value: DecodedValue) => DecodedValue) {
  const index = attributes.findIndex(({ key }) => key === originalAttribute)
  const original = attributes[index]
  if (original === undefined) return attributes
  const scrubbed = withValue(original, scrub(original.value))
  return scrubbed === original ? attributes : attributes.with(index, scrubbed)
}

type DecodedList = readonly DecodedValue[]
type DecodedMap = { readonly pairs: readonly DecodedAttribute[] }

const isList = (value: DecodedValue): value is DecodedList => Array.isArray(value)
const isMap = (value: DecodedValue): value is DecodedMap =>
  typeof value === 'object' && value !== null && 'pairs' in value

const withValue = (pair: DecodedAttribute, value: DecodedValue): DecodedAttribute =>
  value === pair.value ? pair : { key: pair.key, value }

function mapItems(list: DecodedList, change: (item: DecodedValue) => DecodedValue): DecodedList {
  const items = list.map(change)
  return items.every((item, index) => item === list[index]) ? list : items
}

function mapPairs(map: DecodedMap, change: (pair: DecodedAttribute, index: number) => DecodedAttribute): DecodedMap {
  const pairs = map.pairs.map(change)
  return pairs.every((pair, index) => pair === map.pairs[index]) ? map : { pairs }
}
