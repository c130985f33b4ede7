import { createHmac } from 'node:crypto'

/** Which handing-out of which message a handle stands for. */
export interface HandleClaim {
  readonly serial: number
  readonly handleSerial: number
}

const SEAL_BYTES = 8

/** Makes and reads the receipt handles of one queue: base64 that holds `+`, `/` and `=`, and cannot be made up. */
export class HandleMaker {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  make(serial: number, handleSerial: number): string {
    const claim = Buffer.alloc(8)
    claim.writeUInt32BE(serial, 0)
    claim.writeUInt32BE(handleSerial, 4)
    return `1-${Buffer.concat([this.#seal(claim), claim]).toString('base64')}`
  }

  /** `undefined` for a text that this queue never gave out. */
  read(handle: string): HandleClaim | undefined {
    const bytes = Buffer.from(handle.slice(2), 'base64')
    const claim = bytes.subarray(SEAL_BYTES)
    if (!handle.startsWith('1-') || claim.length !== 8) return undefined
    if (!this.#seal(claim).equals(bytes.subarray(0, SEAL_BYTES))) return undefined
    return { serial: claim.readUInt32BE(0), handleSerial: claim.readUInt32BE(4) }
  }

  #seal(claim: Buffer): Buffer {
    return createHmac('sha1', this.#secret).update(claim).digest().subarray(0, SEAL_BYTES)
  }
}
