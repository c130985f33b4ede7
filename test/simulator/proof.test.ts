import { expect, it } from 'vitest'
import { createProof } from '../../simulator/proof.ts'

it('the proof tells delivered, lost, repeated and unknown items apart, by source', () => {
  const proof = createProof()
  for (const uid of ['a/1', 'a/2', 'a/3']) proof.issued('a', uid, 1_000)
  proof.issued('b', 'b/1', 1_000)
  proof.delivered('a/1', 1_010)
  proof.delivered('a/1', 1_020)
  proof.delivered('a/2', 1_050)
  proof.delivered('b/1', 1_030)
  proof.delivered('never issued', 1_030)
  expect(proof.tallies().get('a')).toEqual({ issued: 3, delivered: 2, lost: 1, duplicates: 1 })
  expect(proof.tallies().get('b')).toEqual({ issued: 1, delivered: 1, lost: 0, duplicates: 0 })
  expect(proof.total()).toEqual({ issued: 4, delivered: 3, lost: 1, duplicates: 1 })
  expect(proof.unknown()).toBe(1)
  expect(proof.outstanding()).toBe(1)
  expect(proof.latencyMs(0, 0.5, 1)).toEqual([10, 30, 50])
})
