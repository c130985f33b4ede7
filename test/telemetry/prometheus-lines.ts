export interface PrometheusSample {
  readonly name: string
  readonly labels: Record<string, string>
  readonly value: number
}

/**
 * Reads the Prometheus text format 0.0.4 line by line and throws on anything that breaks its rules: an unknown line, a
 * sample before its TYPE, a name announced twice, a sample given twice.
 */
export function parsePrometheusText(text: string): { types: Map<string, string>; samples: PrometheusSample[] } {
  if (!text.endsWith('\n')) throw new Error('the text must end with a newline')
  const types = new Map<string, string>()
  const samples: PrometheusSample[] = []
  const seen = new Set<string>()
  for (const line of text.slice(0, -1).split('\n')) {
    const type = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$/.exec(line)
    if (type?.[1] !== undefined && type[2] !== undefined) {
      if (types.has(type[1])) throw new Error(`announced twice: ${line}`)
      types.set(type[1], type[2])
      continue
    }
    if (/^# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*$/.test(line)) continue
    const [, name = '', labelText = '', value = ''] =
      /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]Inf|-?[\d.]+(?:e[+-]?\d+)?)$/.exec(line) ?? []
    if (name === '') throw new Error(`not a line of the format: ${line}`)
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '')
    if (!types.has(family)) throw new Error(`a sample before its TYPE: ${line}`)
    const identity = line.slice(0, line.lastIndexOf(' '))
    if (seen.has(identity)) throw new Error(`given twice: ${line}`)
    seen.add(identity)
    samples.push({ name, labels: parseLabels(labelText), value: Number(value.replace('Inf', 'Infinity')) })
  }
  return { types, samples }
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  let rest = text
  while (rest !== '') {
    const [whole, key, raw] = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/.exec(rest) ?? []
    if (whole === undefined || key === undefined || raw === undefined) throw new Error(`not a label: ${rest}`)
    labels[key] = raw.replaceAll(/\\(.)/g, (_, escaped) => (escaped === 'n' ? '\n' : escaped))
    rest = rest.slice(whole.length)
  }
  return labels
}
