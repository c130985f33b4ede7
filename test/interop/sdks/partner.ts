import { beforeEach } from 'vitest'
import type { Partner } from './install.ts'

/** The path of a partner's SDK; without one, every test of the calling file is skipped with the reason. */
export function requirePartner(partner: Partner): string {
  if ('path' in partner) return partner.path
  beforeEach(({ skip }) => skip(partner.missing))
  return ''
}
