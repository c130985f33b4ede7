import { isJsonObject, type Json, type JsonObject, parseJson } from '../lossless-json.ts'

/**
 * The audit events of a file, however they were recorded: one document or a list of them, JSON lines, pages of
 * LookupEvents (`Events`), logs of a trail's logstore (`event` holds the document as text), CloudEvents (`data`).
 *
 * @throws {SyntaxError} for a text that is no JSON, or holds something else than objects; the message names the line
 */
export function parseRecordedEvents(text: string): JsonObject[] {
  let whole: Json
  try {
    whole = parseJson(text)
  } catch (error) {
    if (!text.trim().includes('\n')) throw error
    return parseLines(text)
  }
  return eventsIn(whole)
}

function parseLines(text: string): JsonObject[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return eventsIn(parseJson(line))
    } catch (error) {
      throw new SyntaxError(`line ${index + 1}: ${error instanceof Error ? error.message : error}`)
    }
  })
}

function eventsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(eventsIn)
  if (!isJsonObject(value)) throw new SyntaxError('an event is a JSON object')
  const { Events: page, event, data } = value
  if (Array.isArray(page)) return page.flatMap(eventsIn)
  if (typeof event === 'string') return eventsIn(parseJson(event))
  if (isJsonObject(event)) return [event]
  if (isJsonObject(data) && data['eventName'] !== undefined) return [data]
  return [value]
}
