/** A streamed response body, as the web `ReadableStream` that users receive. */
import type { LinxioFailure } from "../LinxioError.ts"
import { Content } from "../transport/content.ts"
import type { IncomingBody } from "../transport/Transport.ts"

/**
 * Ends once: at the end of the body, when its reader cancels, or by `end`. Reads at most one chunk ahead, so that an unread body stays on the server.
 */
export class StreamedBody {
  /** Errors with a `LinxioError`. */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly #incoming: IncomingBody
  readonly #now: () => number
  #whole: Promise<ArrayBuffer | undefined> | undefined
  readonly #onEnd: Array<() => void> = []
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  /** When a chunk was last requested or received. */
  #activeAt: number

  constructor(incoming: IncomingBody, now: () => number, errorOf: (cause: unknown) => LinxioFailure) {
    this.#incoming = incoming
    this.#now = now
    this.#activeAt = now()
    this.stream = new ReadableStream({
      start: (controller) => void (this.#controller = controller),
      pull: () => this.#pull(errorOf),
      cancel: () => this.end()
    })
  }

  /** How long nothing has been read or received, in milliseconds. */
  get idleMs(): number {
    return this.#now() - this.#activeAt
  }

  /** Calls `listener` when the stream has ended, in whatever way. */
  onEnd(listener: () => void): void {
    if (this.#controller) this.#onEnd.push(listener)
    else listener()
  }

  /** Closes the connection; a reader gets `error`. Does nothing after the end. */
  end(error?: LinxioFailure): void {
    const controller = this.#finish()
    if (controller === undefined) return
    this.#incoming.cancel()
    if (error) controller.error(error)
  }

  /** The whole body; undefined if it has more than `maxBytes`. All callers share one read. */
  whole(maxBytes: number): Promise<ArrayBuffer | undefined> {
    return (this.#whole ??= this.#read(maxBytes))
  }

  async #read(maxBytes: number): Promise<ArrayBuffer | undefined> {
    const content = new Content(maxBytes)
    const reader = this.stream.getReader()
    for (let { value } = await reader.read(); value; { value } = await reader.read()) {
      if (content.add(value)) continue
      this.end()
      return undefined
    }
    return content.bytes()
  }

  async #pull(errorOf: (cause: unknown) => LinxioFailure): Promise<void> {
    this.#activeAt = this.#now()
    try {
      const chunk = await this.#incoming.next()
      this.#activeAt = this.#now()
      if (chunk === undefined) this.#finish()?.close()
      else this.#controller?.enqueue(chunk)
    } catch (cause) {
      this.end(errorOf(cause))
    }
  }

  /** The controller, used to end the stream. */
  #finish(): ReadableStreamDefaultController<Uint8Array> | undefined {
    const controller = this.#controller
    this.#controller = undefined
    if (controller) for (const listener of this.#onEnd) listener()
    return controller
  }
}
