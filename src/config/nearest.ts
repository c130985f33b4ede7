/** The candidate a person most likely meant by `written`, or `undefined` when none is near. Case and `-`/`_` count little. */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const wanted = normalize(written)
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(wanted, normalize(candidate))
    const longer = Math.max(wanted.length, candidate.length)
    const near = distance <= Math.max(2, Math.floor(longer / 3)) && distance < longer
    if (!near || distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best
}

const normalize = (name: string) => name.toLowerCase().replaceAll('-', '_')

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1)
      let cost = Math.min(replaced, at(last, column) + 1, at(current, column - 1) + 1)
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1)
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

const at = (row: readonly number[], column: number) => row[column] ?? Number.POSITIVE_INFINITY
