/** A web `Response` over an answer in memory: bodies that arrive resolve in one microtask, so that virtual time never has to wait for them. */
import type { Answer } from "./answer.ts"

/** Waits on the clock of whoever asked. */
export type Sleep = (ms: number) => Promise<void>

const encoder = new TextEncoder()

const drops = 4

const abortReason = (signal: AbortSignal): unknown =>
  signal.reason ?? new DOMException("This operation was aborted", "AbortError")

/** Settles like `promise`, or rejects when the signal aborts first. */
const abortable = <A>(promise: Promise<A>, signal: AbortSignal | undefined): Promise<A> => {
  if (signal === undefined) return promise
  if (signal.aborted) return Promise.reject(abortReason(signal))
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortReason(signal))
    signal.addEventListener("abort", abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort))
  })
}

/** The body in pieces: one, or half of it and then nothing, or drops. */
const streamed = (
  answer: Answer,
  sleep: Sleep,
  signal: AbortSignal | undefined
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const bytes = encoder.encode(answer.body)
  const { delivery } = answer
  const size = Math.ceil(bytes.length / (delivery._tag === "Trickled" ? drops : delivery._tag === "Stalled" ? 2 : 1))
  let at = 0
  return new ReadableStream(
    {
      start: (controller) =>
        signal?.addEventListener("abort", () => controller.error(abortReason(signal)), { once: true }),
      pull: async (controller) => {
        if (delivery._tag === "Trickled") await sleep(delivery.ms / drops)
        if (delivery._tag === "Stalled" && at > 0) return new Promise(() => {})
        controller.enqueue(bytes.slice(at, at + size))
        at += size
        if (at >= bytes.length && delivery._tag !== "Stalled") controller.close()
      }
    },
    { highWaterMark: 0 }
  )
}

const bodyless = (status: number): boolean => status === 204 || status === 205 || status === 304

/**
 * The response that `fetch` would give for this answer.
 *
 * The body is kept out of the base class, which would build a stream for it each time; one is built when it is asked for.
 */
export class MemoryResponse extends Response {
  readonly #parts: readonly [answer: Answer, sleep: Sleep, signal: AbortSignal | undefined]
  #stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined
  #read = false

  constructor(...parts: readonly [answer: Answer, sleep: Sleep, signal: AbortSignal | undefined]) {
    super(null, { status: parts[0].status, headers: { ...parts[0].headers } })
    this.#parts = parts
  }

  #whole(): Promise<string> {
    if (this.bodyUsed) return Promise.reject(new TypeError("Body is unusable: Body has already been read"))
    this.#read = true
    const [answer, sleep, signal] = this.#parts
    const { delivery } = answer
    if (delivery._tag === "Stalled") return abortable(new Promise(() => {}), signal)
    return abortable(
      delivery._tag === "Trickled" ? sleep(delivery.ms).then(() => answer.body) : Promise.resolve(answer.body),
      signal
    )
  }

  override get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return bodyless(this.status) ? null : (this.#stream ??= streamed(...this.#parts))
  }

  override get bodyUsed(): boolean {
    return this.#read || this.#stream?.locked === true
  }

  override clone(): Response {
    if (this.bodyUsed) throw new TypeError("Response.clone: Body has already been consumed.")
    return new MemoryResponse(...this.#parts)
  }

  override text(): Promise<string> {
    return this.#whole()
  }

  override json(): Promise<unknown> {
    return this.#whole().then((body): unknown => JSON.parse(body))
  }

  override arrayBuffer(): Promise<ArrayBuffer> {
    return this.#whole().then((body) => encoder.encode(body).buffer)
  }

  override blob(): Promise<Blob> {
    return this.#whole().then((body) => new Blob([body], { type: this.headers.get("content-type") ?? "" }))
  }
}
