/**
 * The seeds of a test that lets chance decide: `usual` of them, or what `FAULT_SEEDS` says, a count or a range such as
 * `17..17` (`npm run test:faults`).
 */
export function faultSeeds(usual: number): number[] {
  const text = process.env['FAULT_SEEDS'] ?? String(usual)
  const match = /^(?:(\d+)\.\.)?(\d+)$/.exec(text)
  if (match === null) throw new Error(`FAULT_SEEDS is a count or a range such as 5..9, not "${text}"`)
  const [first, last] = [Number(match[1] ?? 1), Number(match[2])]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
