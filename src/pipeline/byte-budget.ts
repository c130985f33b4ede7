/** A share of a budget, held from before a page is fetched until its last byte is answered. */
export interface ByteLease {
  /** Corrects the estimate once the size is known; never waits, so the budget may be passed by one page's error. */
  resize(bytes: number): void
  release(): void
}

export interface ByteBudget {
  /** Waits, first come first served, until `bytes` fit. More than the whole budget fits when nothing else is held. */
  acquire(bytes: number, signal: AbortSignal): Promise<ByteLease>
  readonly usedBytes: number
}

/** Bounds the bytes a receiver has in memory: fetched, converted or waiting for the backend's answer. */
export function createByteBudget(maxBytes: number): ByteBudget {
  let used = 0
  const queue: { bytes: number; admit: () => void }[] = []

  function admitWaiting(): void {
    for (let next = queue[0]; next !== undefined && fits(next.bytes); next = queue[0]) {
      queue.shift()
      used += next.bytes
      next.admit()
    }
  }

  const fits = (bytes: number) => used === 0 || used + bytes <= maxBytes

  function lease(bytes: number): ByteLease {
    let held = bytes
    return {
      resize(actual) {
        used += actual - held
        held = actual
        admitWaiting()
      },
      release() {
        used -= held
        held = 0
        admitWaiting()
      },
    }
  }

  return {
    get usedBytes() {
      return used
    },
    acquire(bytes, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (queue.length === 0 && fits(bytes)) {
          used += bytes
          return resolve(lease(bytes))
        }
        const entry = {
          bytes,
          admit: () => {
            signal.removeEventListener('abort', leave)
            resolve(lease(bytes))
          },
        }
        const leave = () => {
          queue.splice(queue.indexOf(entry), 1)
          reject(signal.reason)
          // The one that left may have been the one too large to fit.
          admitWaiting()
        }
        signal.addEventListener('abort', leave, { once: true })
        queue.push(entry)
      })
    },
  }
}
