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

const streamed = (answer: Answer, sleep: Sleep, signal: AbortSignal | undefined): ReadableStream<Uint8Array> => {
  const bytes = encoder.encode(answer.body)
  const { delivery } = answer
  const size = Math.ceil(bytes.length / (delivery._tag === "Trickled" ? drops : 2))
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

/** The response that `fetch` would give for this answer. */
export class MemoryResponse extends Response {
  readonly #whole: () => Promise<string>
  #read = false

  constructor(answer: Answer, sleep: Sleep, signal: AbortSignal | undefined) {
    const { delivery } = answer
    const init = { status: answer.status, headers: { ...answer.headers } }
    super(
      bodyless(answer.status) ? null : delivery._tag === "Whole" ? answer.body : streamed(answer, sleep, signal),
      init
    )
    this.#whole = () => {
      if (this.#read || super.bodyUsed)
        return Promise.reject(new TypeError("Body is unusable: Body has already been read"))
      this.#read = true
      if (delivery._tag === "Stalled") return abortable(new Promise(() => {}), signal)
      return abortable(
        delivery._tag === "Trickled" ? sleep(delivery.ms).then(() => answer.body) : Promise.resolve(answer.body),
        signal
      )
    }
  }

  override get bodyUsed(): boolean {
    return this.#read || super.bodyUsed
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
}
