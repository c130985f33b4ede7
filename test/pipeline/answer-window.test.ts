import { describe, expect, it } from 'vitest'
import { createAnswerWindow } from '../../src/pipeline/answer-window.ts'

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

function setUp() {
  const remembered: number[] = []
  const window = createAnswerWindow()
  const add = (position: number) => {
    const answer = Promise.withResolvers<void>()
    window.add(answer.promise, async () => {
      remembered.push(position)
    })
    return answer
  }
  return { window, remembered, add }
}

describe('answer window', () => {
  it('remembers a position only after every delivery before it is answered', async () => {
    const { window, remembered, add } = setUp()
    const [first, second, third] = [add(1), add(2), add(3)]
    third.resolve()
    second.resolve()
    await turn()
    expect(remembered).toEqual([])
    first.resolve()
    await window.settled()
    expect(remembered).toEqual([1, 2, 3])
  })

  it('remembers nothing behind a delivery that was given up', async () => {
    const { window, remembered, add } = setUp()
    const [first, second, third] = [add(1), add(2), add(3)]
    first.resolve()
    third.resolve()
    second.reject(new Error('given up'))
    await expect(window.settled()).rejects.toThrow('given up')
    expect(remembered).toEqual([1])
    await expect(window.room(100)).rejects.toThrow('given up')
  })

  it('makes room when the oldest delivery is remembered, not when a later one is answered', async () => {
    const { window, add } = setUp()
    const [first, second] = [add(1), add(2)]
    let hasRoom = false
    const room = window.room(2).then(() => {
      hasRoom = true
    })
    second.resolve()
    await turn()
    expect(hasRoom).toBe(false)
    first.resolve()
    await room
  })

  it('holds the later positions while one cannot be saved', async () => {
    const remembered: string[] = []
    const window = createAnswerWindow()
    const saving = Promise.withResolvers<void>()
    window.add(Promise.resolve(), () => saving.promise)
    window.add(Promise.resolve(), async () => {
      remembered.push('second')
    })
    await turn()
    expect(remembered).toEqual([])
    saving.resolve()
    await window.settled()
    expect(remembered).toEqual(['second'])
  })
})
