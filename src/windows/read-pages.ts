import { ReceiverError } from '../errors.ts'

export interface Page<Item> {
  readonly items: readonly Item[]
  /** Absent on the last page. */
  readonly nextToken: string | undefined
}

/**
 * The pages of one query, in order. Goes on for as long as a token comes, also behind a page that is short or empty: a
 * count says nothing about the end.
 *
 * @throws {ReceiverError} API_BAD_RESPONSE when a token comes twice, since following it would never end; what the pages held
 *   until then has been given
 */
export async function* readPages<Item>(
  fetch: (token: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<readonly Item[], void, undefined> {
  const tokens = new Set<string>()
  for (let token: string | undefined; ; ) {
    const { items, nextToken } = await fetch(token)
    yield items
    if (nextToken === undefined) return
    if (tokens.has(nextToken)) {
      const message = `The same NextToken came twice within ${tokens.size + 1} pages of one query: "${nextToken}"`
      throw new ReceiverError('API_BAD_RESPONSE', message, { retryable: true })
    }
    tokens.add(nextToken)
    token = nextToken
  }
}
