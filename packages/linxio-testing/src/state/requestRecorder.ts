/** Writes the request log. A request is added on arrival and updated later. A `ReceivedRequest` that was read never changes. */
import type { RequestLog, FollowedRedirect, ReceivedRequest } from "../RequestLog.ts"
import { formatRequest } from "../RequestLog.ts"
import type { Fault } from "../Fault.ts"
import { withoutBearer } from "../wire/contract.ts"

type Line = { readonly request: number } | { readonly text: string; readonly at: number }

/** Writes the request log of one embedded Linxio. */
export class RequestRecorder {
  readonly #requests = new Map<number, ReceivedRequest>()
  readonly #lines: Array<Line> = []
  readonly #reused: Array<string> = []
  readonly #redirects: Array<FollowedRedirect> = []
  readonly #onRequest: ((request: ReceivedRequest) => void) | undefined
  #count = 0

  constructor(onRequest: ((request: ReceivedRequest) => void) | undefined) {
    this.#onRequest = onRequest
  }

  /** Adds a request on its arrival. */
  open(arrival: Pick<ReceivedRequest, "at" | "method" | "path" | "query" | "endpoint" | "fault">): ReceivedRequest {
    const number = ++this.#count
    const request: ReceivedRequest = {
      number,
      requestId: `fake-${String(number).padStart(6, "0")}`,
      account: undefined,
      token: "none",
      session: undefined,
      generation: undefined,
      refreshToken: undefined,
      status: "pending",
      ...arrival
    }
    this.#requests.set(number, request)
    this.#lines.push({ request: number })
    return request
  }

  /** Updates a request. */
  amend(number: number, changes: Partial<ReceivedRequest>): void {
    const request = this.#requests.get(number)
    if (request === undefined) return
    const next = { ...request, ...changes }
    this.#requests.set(number, next)
    if (request.status === "pending" && next.status !== "pending") this.#onRequest?.(next)
  }

  /** Adds the reuse of a refresh token that was replaced. */
  reused(name: string): void {
    this.#reused.push(name)
  }

  /** Adds a redirect that was followed. */
  redirected(redirect: FollowedRedirect): void {
    this.#redirects.push(redirect)
  }

  /** Adds a fault that was injected. */
  injected(fault: Fault, at: number): void {
    const { fault: name, ...details } = fault
    const text = Object.entries(details)
      .filter(([key]) => key !== "body")
      .map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
      .join("")
    this.#lines.push({ text: `--    ${name}${text}`, at })
  }

  #timeline(): string {
    const at = (line: Line) => ("request" in line ? (this.#requests.get(line.request)?.at ?? 0) : line.at)
    const start = this.#lines[0] === undefined ? 0 : at(this.#lines[0])
    return this.#lines
      .map((line) => {
        const request = "request" in line ? this.#requests.get(line.request) : undefined
        const seconds = ((at(line) - start) / 1000).toFixed(3)
        return `${`+${seconds}s`.padEnd(10)} ${request ? formatRequest(request) : "text" in line ? line.text : ""}`
      })
      .join("\n")
  }

  /** The log to read. Its getters show the current state. */
  readonly log: RequestLog = (() => {
    const all = () => [...this.#requests.values()]
    const count = (endpoint: ReceivedRequest["endpoint"]) =>
      all().filter((request) => request.endpoint === endpoint).length
    const redirects = () => [...this.#redirects]
    const reused = () => [...this.#reused]
    return {
      get requests() {
        return all()
      },
      requestsBy: (account: string) => all().filter((request) => request.account === account),
      get refreshes() {
        return count("refresh")
      },
      get logins() {
        return count("login")
      },
      get wasted401s() {
        return all().filter((request) => request.status === 401 && request.token !== "none").length
      },
      get presentedRefreshTokens() {
        return all().flatMap((request) => request.refreshToken ?? [])
      },
      get reusedRefreshTokens() {
        return reused()
      },
      get bearerOnAuthEndpoints() {
        return all().filter(
          (request) => request.token !== "none" && request.endpoint !== undefined && withoutBearer.has(request.endpoint)
        )
      },
      get redirectsFollowed() {
        return redirects()
      },
      timeline: () => this.#timeline(),
      clearRequestLog: () => {
        this.#requests.clear()
        this.#lines.length = 0
        this.#reused.length = 0
        this.#redirects.length = 0
      }
    }
  })()
}
