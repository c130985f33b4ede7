import picomatch from 'picomatch'

/** True when the patterns are plain names, so that the project's logstores need not be listed (and no right to is needed). */
export function areLiteral(patterns: readonly string[]): boolean {
  return patterns.every((pattern) => /^[0-9a-z_-]+$/.test(pattern))
}

/** The names that at least one pattern matches and no `!` pattern excludes, in the order given. */
export function matchLogstores(patterns: readonly string[], names: readonly string[]): string[] {
  const excludes = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const includes = patterns.filter((pattern) => !pattern.startsWith('!'))
  const included = picomatch(includes)
  const excluded = excludes.length === 0 ? () => false : picomatch(excludes)
  return names.filter((name) => included(name) && !excluded(name))
}
