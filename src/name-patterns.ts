import picomatch from 'picomatch'

/** True for a name as it stands; false for a glob or an exclusion. */
export function isPlainName(pattern: string): boolean {
  return /^[\w.:-]+$/.test(pattern)
}

/**
 * Tells whether a name is selected: by one of the patterns, names or globs, and by none that begins with `!`. With
 * exclusions only, everything else is. Names are no paths: `*` stands for any characters, dots and slashes among them.
 */
export function createNameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const options = { bash: true, dot: true } as const
  const excludes = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1))
  const includes = patterns.filter((pattern) => !pattern.startsWith('!'))
  const included = includes.length === 0 ? () => true : picomatch(includes, options)
  const excluded = excludes.length === 0 ? () => false : picomatch(excludes, options)
  return (name) => included(name) && !excluded(name)
}
