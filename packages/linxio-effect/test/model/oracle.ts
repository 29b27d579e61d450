/**
 * The invariants of the session, checked from what went over the wire and from what the session says of itself.
 * The numbers (I-1 …) are those of `docs/guarantees.md`. Nothing here knows how the engine works.
 */
import * as Redacted from "effect/Redacted"
import type { LinxioFailure, SessionChange, SessionService, SessionState, SessionTokens } from "linxio-effect"
import type { Service } from "linxio-testing"
import { inspect } from "node:util"
import { wrongSecret } from "./commands.ts"

/** The share of each delay that the jitter of the model takes. */
export const share = 0.5
const [lifetimeMs, deadlineMs, retries] = [3_600_000, 120_000, 3]

/** One call of the model's client. */
export interface Call {
  readonly method: "GET" | "POST"
  readonly startedAt: number
  /** Whose session was current when it started. */
  readonly subject: string | undefined
  readonly epoch: number
  /** The access token that the session had when it started, with its epoch. */
  readonly tokens: string
  /** The statuses of its attempts; none for one that was not answered. */
  readonly attempts: Array<number | "none">
  refused: number
  settled: boolean
}

interface RefreshToken {
  inFlight: number
  /** Attempts since the last refresh that ended, well or not. */
  burst: number
  /** Refreshes that failed one after the other. */
  failures: number
  coolUntil: number
  denied: boolean
}

/** A sign-in or sign-out, in the order in which they were started. */
export interface Decision {
  readonly subject: string | undefined
  done: boolean
}

const claimsOf = (token: string): { readonly sub: string; readonly exp: number } =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())

const faultsThatLoseAnswers: ReadonlySet<string> = new Set(["refresh-without-token", "stall-body", "slow-trickle"])

/** An access token with the epoch that holds it. */
const keyOf = ({ epoch, tokens }: { readonly epoch: number; readonly tokens?: SessionTokens }): string =>
  `${epoch} ${tokens?.accessToken ? Redacted.value(tokens.accessToken) : ""}`

export class Oracle {
  readonly violations: Array<string> = []
  readonly calls: Array<Call> = []
  readonly decisions: Array<Decision> = []
  readonly credentialCalls = { login: 0, verifyOtp: 0 }
  readonly #fake: Service
  /** Access tokens of which nobody knows when they were issued. */
  readonly #saved: ReadonlyArray<string>
  readonly #refreshTokens = new Map<string, RefreshToken>()
  readonly #identities = new Map<number, string>()
  readonly #refreshTokenOf = new Map<number, string>()
  /** Since when a session holds an access token, by epoch and token; undefined for one that came from outside. */
  readonly #heldSince = new Map<string, number | undefined>()
  /** Reasons for a refresh that were not used yet, by epoch and access token. */
  readonly #refused = new Set<string>()
  readonly #everRefused = new Set<string>()
  readonly #clockUsed = new Set<string>()
  /** What a session took up from an earlier refresh, by epoch and access token. */
  readonly #adopted = new Set<string>()
  /** Until when a 401 is no reason: for a method, and for a token that has not worked yet. */
  readonly #suppression = new Map<string, number>()
  readonly #worked = new Set<string>()
  #session: SessionService | undefined

  constructor(fake: Service, saved: ReadonlyArray<string>) {
    this.#fake = fake
    this.#saved = saved
  }

  #claim(invariant: string, holds: boolean, what: () => string): void {
    if (!holds) this.violations.push(`${invariant}: ${what()}`)
  }

  #of(refreshToken: string): RefreshToken {
    const nothing = { inFlight: 0, burst: 0, failures: 0, coolUntil: 0, denied: false }
    const known = this.#refreshTokens.get(refreshToken) ?? nothing
    this.#refreshTokens.set(refreshToken, known)
    return known
  }

  watch(session: SessionService): void {
    this.#session = session
    session.observe((change) => this.#changed(change))
  }

  get state(): SessionState {
    return this.#session?.currentUnsafe() ?? { _tag: "Anonymous", epoch: 0 }
  }

  #changed(change: SessionChange): void {
    const { at, epoch } = change
    const refreshToken = this.#refreshTokenOf.get(epoch)
    switch (change.type) {
      case "signedIn":
      case "restored":
      case "refreshed":
      case "adopted": {
        const { tokens } = change
        const subject = tokens.subject ?? ""
        const known = this.#identities.get(epoch)
        this.#claim(
          "I-12",
          known === undefined || known === subject,
          () => `epoch ${epoch} passed from ${known} to ${subject}`
        )
        this.#identities.set(epoch, subject)
        if (tokens.refreshToken) this.#refreshTokenOf.set(epoch, Redacted.value(tokens.refreshToken))
        const key = keyOf({ epoch, tokens })
        // Not the time of the change: what a rotation brought may be taken up by another session later.
        const isSaved = this.#saved.some((token) => key.endsWith(token))
        if (change.type === "adopted") this.#adopted.add(key)
        if (!this.#heldSince.has(key)) this.#heldSince.set(key, isSaved ? undefined : tokens.obtainedAt)
        return
      }
      case "refreshFailed": {
        const spent = this.#of(refreshToken ?? "")
        const cooldown = Math.min(1000 * 2 ** spent.failures, 60_000) * share
        this.#claim(
          "I-23",
          change.nextAttemptAt - at >= cooldown,
          () => `cools down for ${change.nextAttemptAt - at} ms, not ${cooldown}`
        )
        spent.failures++
        spent.coolUntil = at + cooldown
        spent.burst = 0
        return this.#noSecretsIn(change.error)
      }
      case "ended": {
        const { denied } = this.#of(refreshToken ?? "")
        return this.#claim("I-20", denied, () => `epoch ${epoch} ended, but its refresh token was never refused`)
      }
      default:
    }
  }

  /** A request of a call leaves the client; the function that is returned takes its outcome. */
  sent(call: Call, authorization: string | undefined): (status: number, answeredAt: number) => void {
    const token = authorization?.replace("Bearer ", "")
    const subject = token && claimsOf(token).sub
    const last = call.attempts.at(-1)
    if (call.method === "POST" && call.attempts.length > 0) {
      this.#claim("I-31", last === 401 || last === 429, () => `a POST was sent again after ${last}`)
    }
    const attempt = call.attempts.push("none") - 1
    this.#claim("I-7", call.attempts.length <= retries + 2, () => `a call was sent ${call.attempts.length} times`)
    const isOwn = subject !== undefined && subject === call.subject
    this.#claim("I-14", isOwn, () => `a call of ${call.subject} was signed as ${subject}`)
    this.#claim("I-28", !call.settled, () => "a call was sent after it had settled")
    return (status, answeredAt) => {
      call.attempts[attempt] = status
      if (status < 300) this.#worked.add(token ?? "")
      if (status !== 401) return
      call.refused++
      this.#everRefused.add(`${call.epoch} ${token}`)
      this.#claim("I-7", call.refused <= 2, () => "a call was replayed more than once")
      const until = Math.max(
        this.#suppression.get(`${call.epoch} ${call.method}`) ?? 0,
        this.#worked.has(token ?? "") ? 0 : (this.#suppression.get(`${call.epoch} untried`) ?? 0)
      )
      // To take up tokens is no refresh: their refusal is a reason, also where the call was refused before it (S-7).
      const isReason = call.refused === 1 || this.#adopted.has(`${call.epoch} ${token}`)
      if (isReason && answeredAt >= until) this.#refused.add(`${call.epoch} ${token}`)
    }
  }

  /** A `POST /token/refresh` leaves the client; the function that is returned takes its outcome. */
  presented(
    refreshToken: string,
    now: number
  ): (
    answer: { readonly status: number; readonly isJson: boolean; readonly fault: string | undefined } | undefined
  ) => void {
    const spent = this.#of(refreshToken)
    this.#claim("I-1", spent.inFlight === 0, () => "two refreshes with one token are under way")
    this.#claim("I-21", !spent.denied, () => "a refresh token was presented after it had been refused")
    this.#claim(
      "I-23",
      now >= spent.coolUntil,
      () => `a refresh was sent ${spent.coolUntil - now} ms before the end of the cooldown`
    )
    this.#claim("I-23", spent.burst < 4, () => `attempt ${spent.burst + 1} of one refresh`)
    const key = spent.burst === 0 ? this.#reason(refreshToken, now) : undefined
    spent.inFlight++
    spent.burst++
    return (answer) => {
      spent.inFlight--
      if (answer === undefined || answer.fault === "stall-body") return
      if ([400, 401, 403, 422].includes(answer.status) && answer.isJson) spent.denied = true
      if (answer.status !== 200 || answer.fault === "refresh-without-token") return
      Object.assign(spent, { burst: 0, failures: 0, coolUntil: 0 })
      if (key) {
        this.#refused.delete(key)
        this.#clockUsed.add(key)
      }
    }
  }

  /** Every refresh has a reason, and every reason is good for one: a refused token, or one that is about to end (I-6, I-24, I-25). */
  #reason(refreshToken: string, now: number): string | undefined {
    const { state } = this
    if (state._tag !== "Active" || refreshToken !== this.#refreshTokenOf.get(state.epoch)) return undefined
    const key = keyOf(state)
    const since = this.#heldSince.get(key)
    const end = since === undefined ? claimsOf(key).exp * 1000 : since + lifetimeMs
    const isDue = now >= end - 144_000 && !this.#clockUsed.has(key)
    const isWanted = isDue || this.#refused.has(key)
    this.#claim("I-25", isWanted, () => `a refresh without a reason: its token was good for ${end - now} ms more`)
    return key
  }

  call(method: Call["method"], startedAt: number): Call {
    const { state } = this
    const subject = state._tag === "Active" ? state.tokens.subject : undefined
    const of = { subject, epoch: state.epoch, tokens: keyOf(state) }
    const call: Call = { method, startedAt, ...of, attempts: [], refused: 0, settled: false }
    this.calls.push(call)
    return call
  }

  settled(call: Call, error: LinxioFailure | undefined, now: number): void {
    call.settled = true
    if (error && call.attempts.length === 0 && call.subject && call.tokens === keyOf(this.state)) {
      this.#claim(
        "I-22",
        this.#everRefused.has(call.tokens),
        () => "a call failed unsent, although its token may be good"
      )
    }
    if (call.refused < 2 || error?._tag !== "LinxioAuthenticationError" || error.reason !== "Unauthenticated") return
    // 30 s less what the body of a slow answer takes.
    for (const what of [call.method, "untried"]) this.#suppression.set(`${call.epoch} ${what}`, now + 26_000)
  }

  failed(error: LinxioFailure): void {
    this.#claim("I-8", error._tag !== "LinxioAbortError", () => "a call was aborted, but its caller had not left")
    this.#noSecretsIn(error)
  }

  #noSecretsIn(error: unknown): void {
    const text = [String(error), JSON.stringify(error), inspect(error, { depth: Infinity, showHidden: true })].join(
      "\n"
    )
    const secret = [...this.#fake.secrets(), wrongSecret].find((each) => text.includes(each))
    this.#claim("I-32", secret === undefined, () => `${secret?.slice(0, 12)}… is in ${text}`)
  }

  /** What has to be so whenever the client is at rest. */
  check(now: number): void {
    const { decisions, state } = this
    const last = decisions.filter(({ done }) => done).at(-1)
    const is =
      state._tag === "Active"
        ? state.tokens.subject
        : state._tag === "Ended"
          ? this.#identities.get(state.epoch)
          : undefined
    this.#claim(
      "I-15, I-16, I-17",
      is === last?.subject,
      () => `the session is ${state._tag} of ${is}, but ${last?.subject ?? "nobody"} is to be signed in`
    )
    for (const call of this.calls) {
      const age = now - call.startedAt
      this.#claim("I-27", call.settled || age <= deadlineMs, () => `a call has not settled after ${age} ms`)
    }
    const { bearerOnAuthEndpoints, redirectsFollowed, requests, reusedRefreshTokens } = this.#fake
    this.#claim(
      "I-33",
      bearerOnAuthEndpoints.length + redirectsFollowed.length === 0,
      () => "a bearer was sent to an endpoint that takes none"
    )
    for (const endpoint of ["login", "verifyOtp"] as const) {
      const count = requests.filter((request) => request.endpoint === endpoint).length
      this.#claim(
        "I-31",
        count <= this.credentialCalls[endpoint],
        () => `${count} × ${endpoint} for ${this.credentialCalls[endpoint]} calls`
      )
    }
    for (const name of reusedRefreshTokens) {
      const presentations = requests.filter((request) => request.refreshToken === name)
      const mayBeLost = presentations.some(
        ({ fault, status }) => typeof status === "string" || faultsThatLoseAnswers.has(fault ?? "")
      )
      this.#claim("S-3", mayBeLost, () => `${name} was presented again, although no answer to it was lost`)
    }
  }
}
