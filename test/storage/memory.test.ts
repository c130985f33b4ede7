import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMemoryStore, memoryStorage } from '../../src/storage/memory.ts'
import { checkpointStoreContract } from './contract.ts'

describe('memory_storage', () => {
  checkpointStoreContract(async () => createMemoryStore())

  it('takes no options', () => {
    expect(memoryStorage.schema.safeParse({}).success).toBe(true)
    expect(memoryStorage.schema.safeParse({ directory: 'x' }).success).toBe(false)
  })

  it('puts rejected records under the working directory', () => {
    expect(memoryStorage.deadLetterDirectory({})).toBe(resolve('dead-letter'))
  })
})
