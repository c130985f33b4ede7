import { expect, it } from 'vitest'
import { type Page, readPages } from '../../src/windows/read-pages.ts'

/** What the pages gave, and how reading ended. */
async function readAll(pages: readonly Page<string>[]) {
  const asked: (string | undefined)[] = []
  const items: string[] = []
  const fetch = async (token: string | undefined) => {
    const page = pages[asked.push(token) - 1]
    if (page === undefined) throw new Error('nobody should ask for more')
    return page
  }
  try {
    for await (const page of readPages(fetch)) items.push(...page)
    return { asked, items }
  } catch (error) {
    return { asked, items, error }
  }
}

it('readPages follows the tokens to the page without one, over pages that are empty', async () => {
  expect(
    await readAll([
      { items: ['a', 'b'], nextToken: 't1' },
      { items: [], nextToken: 't2' },
      { items: [], nextToken: 't3' },
      { items: ['c'], nextToken: undefined },
    ]),
  ).toEqual({ asked: [undefined, 't1', 't2', 't3'], items: ['a', 'b', 'c'] })
})

it.each([
  ['in a row', ['t1', 't1']],
  ['in a circle', ['t1', 't2', 't1']],
])('a token that comes twice %s is an error, behind what its page held', async (_how, tokens) => {
  const pages = tokens.map((nextToken, index) => ({ items: [`item ${index}`], nextToken }))
  const { items, error } = await readAll(pages)
  expect(items).toHaveLength(tokens.length)
  expect(error).toMatchObject({ code: 'API_BAD_RESPONSE', retryable: true })
})

it('a page that fails is the caller’s, behind what came before', async () => {
  const { items, error } = await readAll([{ items: ['a'], nextToken: 't1' }])
  expect(items).toEqual(['a'])
  expect(error).toMatchObject({ message: 'nobody should ask for more' })
})
