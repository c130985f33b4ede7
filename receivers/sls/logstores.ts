import { createNameMatcher } from '../../src/name-patterns.ts'

/** True when the patterns are plain names, so that the project's logstores need not be listed (and no right to is needed). */
export function areLiteral(patterns: readonly string[]): boolean {
  return patterns.every((pattern) => /^[0-9a-z_-]+$/.test(pattern))
}

/** The names that at least one pattern matches and no `!` pattern excludes, in the order given. */
export function matchLogstores(patterns: readonly string[], names: readonly string[]): string[] {
  return names.filter(createNameMatcher(patterns))
}
