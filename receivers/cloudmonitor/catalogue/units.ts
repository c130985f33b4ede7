/** The spellings in which CloudMonitor publishes a unit, by their UCUM code; without regard to case. */
const spellings: readonly (readonly [ucum: string, published: readonly string[]])[] = [
  ['1', ['', '0-1', '0~1间小数', '1', '1min', 'load', 'min', 'n/a', 'state', 'value', '无']],
  ['%', ['%', 'percent']],
  ['{count}', ['count', 'counts', 'frequency', 'lcu', '个']],
  ['{count}/s', ['count/s', 'count/second', 'counts/s', 'countsecond']],
  ['{count}/min', ['count/min', 'countm']],
  ['{count}/d', ['count/day', 'frequency/day']],
  ['{request}', ['requests']],
  ['{request}/s', ['requests/s', 'rps']],
  ['{request}/min', ['request per min']],
  ['{connection}', ['connections']],
  ['{line}', ['line', 'lines']],
  ['{line}/min', ['lines/minute']],
  ['{packet}', ['packet', 'packets']],
  ['{packet}/s', ['packet/s', 'packets/s', 'packets/second', 'pps']],
  ['{packet}/min', ['packet/min', 'ppm']],
  ['{transaction}', ['xids']],
  ['{transaction}/s', ['transaction/s', 'transactions/second']],
  ['{operation}/s', ['iops', 'op/s', 'operations/s']],
  ['{hit}/s', ['hits/s']],
  ['bit/s', ['bit/s', 'bits/s', 'bps']],
  ['Mbit/s', ['mbit/s', 'mbits/s']],
  ['By', ['byte', 'bytes']],
  ['By/s', ['byte/s', 'bytes/s', 'bytes/second']],
  ['By/min', ['byte/min', 'bytes/minute']],
  ['By/d', ['byte/day', 'bytes/day']],
  // The vendor's K, M and G are taken as powers of 1024, which is certain only for the M of its alert units.
  ['KiBy', ['kb', 'kbyte', 'kbytes']],
  ['MiBy', ['mb', 'mbyte', 'megabytes']],
  ['GiBy', ['gb', 'gbyte']],
  ['KiBy/s', ['kb/s', 'kbyte/s', 'kbytesecond']],
  ['MiBy/s', ['mb/s', 'mbyte/s', 'mbytes/s']],
  ['ns', ['nanoseconds', 'ns']],
  ['us', ['microseconds', 'us', 'μs', 'µs']],
  ['ms', ['milliseconds', 'ms']],
  ['s', ['s', 'second', 'seconds']],
  ['h', ['hour']],
  ['{core}', ['cores']],
  ['Cel', ['°c', '℃', 'degrees celsius']],
  ['W', ['w']],
  ['{CNY}', ['cny', 'rmb']],
]

const ucumOf = new Map(spellings.flatMap(([ucum, published]) => published.map((spelling) => [spelling, ucum] as const)))
/** `Counts` is a number of things; with a capital S it is short for a second. */
const ucumOfExactly: Readonly<Record<string, string>> = { CountS: '{count}/s', countS: '{count}/s' }

/** The UCUM code of a unit as CloudMonitor publishes it; `undefined` for a spelling that is not known. */
export function toUcum(published: string): string | undefined {
  const text = published.trim()
  return ucumOfExactly[text] ?? ucumOf.get(text.toLowerCase())
}
