/** Where substituted text comes from. */
export interface SubstitutionSources {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Reads a text file; throws when it cannot. The path is as written. */
  readFile(path: string): string
}

export type Substituted = { readonly text: string } | { readonly fault: string; readonly allowed?: string }

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/
const forms = `\${env:NAME}, \${env:NAME:-default}, \${file:PATH}, and $$ for a dollar sign`

/**
 * Replaces `${env:NAME}`, `${env:NAME:-default}`, `${file:PATH}` and `$$` in one pass: what is put in is not looked at
 * again, so a secret may contain any character. As in the Collector, the default stands in for an unset variable; one
 * that is set to nothing is empty. A lone `$` stays.
 */
export function substitute(text: string, sources: SubstitutionSources): Substituted {
  let result = ''
  let rest = text
  for (;;) {
    const dollar = rest.indexOf('$')
    if (dollar === -1) return { text: result + rest }
    result += rest.slice(0, dollar)
    rest = rest.slice(dollar)
    if (rest.startsWith('$$')) {
      result += '$'
      rest = rest.slice(2)
    } else if (rest.startsWith('${')) {
      const end = rest.indexOf('}')
      if (end === -1) return { fault: `has a \${ that is not closed; write $$ for a dollar sign`, allowed: forms }
      const resolved = resolve(rest.slice(2, end), sources)
      if ('fault' in resolved) return resolved
      result += resolved.text
      rest = rest.slice(end + 1)
    } else {
      result += '$'
      rest = rest.slice(1)
    }
  }
}

/** @param reference what stands between the braces */
function resolve(reference: string, sources: SubstitutionSources): Substituted {
  if (reference.includes('${')) return { fault: `nests one \${ in another: "\${${reference}}"`, allowed: forms }
  if (reference.startsWith('file:')) return readText(reference.slice('file:'.length), sources)
  if (reference.startsWith('env:')) return readVariable(reference.slice('env:'.length), sources)
  const name = reference.split(':-', 1)[0] ?? ''
  if (variableName.test(name)) return { fault: `uses \${${reference}}: write \${env:${reference}}`, allowed: forms }
  return { fault: `uses \${${reference}}, which names no known source`, allowed: forms }
}

function readVariable(expression: string, { env }: SubstitutionSources): Substituted {
  const separator = expression.indexOf(':-')
  const name = separator === -1 ? expression : expression.slice(0, separator)
  if (!variableName.test(name))
    return { fault: `uses \${env:${expression}}: "${name}" is no name of a variable`, allowed: forms }
  const text = env[name] ?? (separator === -1 ? undefined : expression.slice(separator + 2))
  if (text !== undefined) return { text }
  return {
    fault: `needs the environment variable ${name}, which is not set: set it, or write \${env:${name}:-default}`,
  }
}

function readText(path: string, { readFile }: SubstitutionSources): Substituted {
  if (path === '') return { fault: `uses \${file:} without a path`, allowed: forms }
  try {
    // Editors and `echo` end a file with a newline that nobody means as part of a password.
    return { text: readFile(path).replace(/\r?\n$/, '') }
  } catch (error) {
    return {
      fault: `needs the file "${path}", which cannot be read: ${error instanceof Error ? error.message : error}`,
    }
  }
}
