import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadCatalogue } from '../../../receivers/cloudmonitor/catalogue/catalogue.ts'
import { metricsPage } from './metrics-page.ts'

it('docs/metrics.md shows the catalogue as it is', async () => {
  const file = new URL('../../../docs/metrics.md', import.meta.url)
  const page = metricsPage(await loadCatalogue())
  if (process.env['UPDATE_EXPECTED'] === '1') {
    writeFileSync(file, page)
    expect.unreachable('docs/metrics.md was rewritten; read the difference and run again without UPDATE_EXPECTED')
  }
  expect(readFileSync(file, 'utf8')).toBe(page)
})
