/** A web `Response` in memory. Its body resolves in one microtask, so that a test with virtual time never waits for real time. */
import type { Answer } from "./answer.ts"

/** Sleeps on the clock of the caller. */
export type Sleep = (ms: number) => Promise<void>

const encoder = new TextEncoder()

/** In how many pieces `slow-trickle` sends a body. */
const pieces = 4

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

/** The body as a stream: whole, only half of it, or in pieces over some time. */
const streamed = (
  answer: Answer,
  sleep: Sleep,
  signal: AbortSignal | undefined
): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const bytes = encoder.encode(answer.body)
  const { delivery } = answer
  const size = Math.ceil(bytes.length / (delivery._tag === "Trickled" ? pieces : delivery._tag === "Stalled" ? 2 : 1))
  let at = 0
  return new ReadableStream(
    {
      start: (controller) =>
        signal?.addEventListener("abort", () => controller.error(abortReason(signal)), { once: true }),
      pull: async (controller) => {
        if (delivery._tag === "Trickled") await sleep(delivery.ms / pieces)
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
 * The base class gets no body, because it would make a stream for each response. A stream is made when somebody reads `body`.
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
