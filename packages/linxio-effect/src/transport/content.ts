/** Joins the chunks of a body. */
import type { BodyAs } from "./Transport.ts"

/** Removes a byte order mark, as `Response.text()` does. */
const decoder = new TextDecoder()

/** The chunks of a body, up to a limit. */
export class Content {
  readonly #chunks: Array<Uint8Array> = []
  readonly #maxBytes: number
  #size = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** False when the body exceeds the limit. */
  add(chunk: Uint8Array): boolean {
    this.#size += chunk.byteLength
    if (this.#size > this.#maxBytes) return false
    this.#chunks.push(chunk)
    return true
  }

  read(bodyAs: BodyAs): ArrayBuffer | string {
    return bodyAs === "bytes" ? this.bytes() : decoder.decode(this.#joined())
  }

  bytes(): ArrayBuffer {
    return bufferOf(this.#joined())
  }

  #joined(): Uint8Array {
    const [first] = this.#chunks
    if (first && this.#chunks.length === 1) return first
    const whole = new Uint8Array(this.#size)
    let at = 0
    for (const chunk of this.#chunks) {
      whole.set(chunk, at)
      at += chunk.byteLength
    }
    return whole
  }
}

/** Copies the bytes: a chunk of the runtime may be part of a larger buffer that is reused. */
const bufferOf = (bytes: Uint8Array): ArrayBuffer => {
  const { buffer, byteLength } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : new Uint8Array(bytes).buffer
}
