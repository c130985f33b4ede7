/** A key as the credential report or the lists tell of it. */
export interface AccountKey {
  /** `root`, or the name of the RAM user before the `@`. */
  readonly userName: string
  /** `alice@1234567890123456.onaliyun.com`, by which IMS calls a user; the plain name where the source has no other. */
  readonly principalName: string
  readonly isRoot: boolean
  /** The report does not tell it. */
  readonly id: string | undefined
  /** `1`, `2`, `additional-1`: the place of the key in the report. */
  readonly place: string
  readonly isActive: boolean
  /** When it was made or last rotated, milliseconds since the epoch. */
  readonly createdAtMs: number | undefined
  /** Absent: never, as far as the vendor knows. */
  readonly lastUsedAtMs: number | undefined
}

/** The name of the account itself in the report. */
const rootUser = '<root>'
const keyColumn = /^(additional_)?access_key_(\d+)_(exist|active|last_rotated|last_used)$/

/**
 * The keys of a credential report (actiontrail.md 5.2): CSV, a user a line, the columns of a key numbered. Columns that
 * are not there are as if they said nothing.
 *
 * @param pages the texts of the report's pages; each but the first may begin with the names of the columns again
 */
export function parseCredentialReport(pages: readonly string[]): AccountKey[] {
  const rows = pages.flatMap(parseCsv)
  const header = rows[0] ?? []
  return rows.flatMap((row) =>
    row.join() === header.join()
      ? []
      : keysOfRow(new Map(header.map((name, index) => [name.trim(), row[index] ?? '']))),
  )
}

function keysOfRow(row: ReadonlyMap<string, string>): AccountKey[] {
  const user = row.get('user') ?? ''
  const isRoot = user === rootUser
  const prefixes = [...row.keys()].flatMap((name) => {
    const [, additional = '', number, fact] = keyColumn.exec(name) ?? []
    return fact === 'exist'
      ? [{ place: `${additional === '' ? '' : 'additional-'}${number}`, prefix: name.slice(0, -'exist'.length) }]
      : []
  })
  return prefixes.flatMap(({ place, prefix }) => {
    if (!isTrue(row.get(`${prefix}exist`))) return []
    return {
      userName: isRoot ? 'root' : userNameOf(user),
      principalName: user,
      isRoot,
      id: undefined,
      place,
      isActive: isTrue(row.get(`${prefix}active`)),
      createdAtMs: timeOf(row.get(`${prefix}last_rotated`)),
      lastUsedAtMs: timeOf(row.get(`${prefix}last_used`)),
    }
  })
}

export const userNameOf = (principalName: string) => principalName.split('@', 1)[0] ?? principalName

const isTrue = (text = '') => text.trim().toLowerCase() === 'true'

/** Nothing for `-`, `N/A` and whatever else is no time. */
export function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-/.test(text.trim())) return undefined
  const unixMs = Date.parse(text.trim())
  return Number.isNaN(unixMs) ? undefined : unixMs
}

/** Lines of comma-separated values; a value in quotes may hold commas, quotes written twice, and ends of lines. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let value = ''
  let quoted = false
  const endRow = () => {
    row.push(value)
    if (row.length > 1 || value.trim() !== '') rows.push(row)
    row = []
    value = ''
  }
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; at++) {
    const char = text[at] as string
    if (quoted) {
      if (char !== '"') value += char
      else if (text[at + 1] === '"') {
        value += char
        at++
      } else quoted = false
    } else if (char === '"') quoted = true
    else if (char === ',') {
      row.push(value)
      value = ''
    } else if (char === '\n') endRow()
    else if (char !== '\r') value += char
  }
  endRow()
  return rows
}
