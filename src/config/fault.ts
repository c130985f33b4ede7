/** A position in a configuration: `['receivers', 'alibabacloud_sls/access', 'logstores', 0]`. */
export type Path = readonly (string | number)[]

/** One thing that is wrong with a configuration. Secrets are masked. */
export interface ConfigFault {
  /** `receivers.alibabacloud_sls/access.logstores[0]`; empty for the file as a whole. */
  path: string
  /** From 1. */
  line?: number
  column?: number
  /** Reads on from the path: `must be a list`. */
  message: string
  found?: string
  allowed?: string
  suggestion?: string
}

export function formatPath(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (step.includes('.')) text += `["${step}"]`
    else text += text === '' ? step : `.${step}`
  }
  return text
}

export function byPosition(a: ConfigFault, b: ConfigFault): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}

/**
 * The faults as text, one block each, `file:line:column` first so that editors and terminals can jump there.
 *
 * @param emphasize marks the path of a fault; plain text where there are no colours
 */
export function formatFaults(
  file: string,
  faults: readonly ConfigFault[],
  emphasize: (text: string) => string = (text) => text,
): string {
  return faults.map((fault) => formatFault(file, fault, emphasize)).join('\n')
}

function formatFault(file: string, fault: ConfigFault, emphasize: (text: string) => string): string {
  const { path, line, column, message, found, allowed, suggestion } = fault
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const details = Object.entries({ found, allowed, 'did you mean': suggestion })
  const lines = details.flatMap(([label, text]) => (text ? [`    ${`${label}:`.padEnd(14)}${text}\n`] : []))
  return `${place}\n  ${path === '' ? '' : `${emphasize(path)} `}${message}\n${lines.join('')}`
}
