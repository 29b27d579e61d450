/**
 * Who the client is signed in as: one immutable value in one cell, changed by compare-and-set only.
 *
 * *Epoch* is the identity: it grows with every sign-in, `set` and sign-out. *Generation* is the version of the
 * tokens inside an epoch: it grows with every refresh. A request remembers both when it is signed, so that an
 * outdated answer can be recognised (I-4, I-12, I-14).
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { unimplemented } from "./config/unimplemented.ts"
import type { SessionEnd } from "./LinxioError.ts"
import type { Active, Ended, SessionChange, SessionState } from "./session/SessionState.ts"
import { sameSecret, sameSecrets, type SessionTokens } from "./session/SessionTokens.ts"

export type { Active, Anonymous, Ended, SessionChange, SessionState } from "./session/SessionState.ts"

/** The methods of `Session`. All are synchronous and do no I/O. */
export interface SessionService {
  /** The current state. */
  readonly current: Effect.Effect<SessionState>
  /** The same, for code that is not an effect. */
  readonly currentUnsafe: () => SessionState
  /** Whether the tokens of `from` are still the current ones, whatever the server has shown about them since. */
  readonly isCurrent: (from: Active) => boolean
  /** The current and recent tokens of this client. A server may echo tokens that a refresh has replaced, and no error may show them (docs/guarantees.md#i-32). */
  readonly recentSecrets: () => ReadonlyArray<Redacted.Redacted>
  /** Takes a sequence number for an operation that may change the identity; of two operations, the later one decides (docs/guarantees.md#i-15). */
  readonly nextSequence: () => number
  /** Begins a session, unless an operation with a later sequence number has already decided. `automatic`: nobody called `login`. */
  readonly signIn: (
    sequence: number,
    tokens: SessionTokens,
    type: "signedIn" | "restored",
    at: number,
    automatic?: boolean
  ) => Active | undefined
  /** Replaces the tokens of `from` by refreshed ones. Does nothing if `from` is no longer current (docs/guarantees.md#i-12). */
  readonly renew: (from: Active, tokens: SessionTokens, at: number) => Active | undefined
  /** Changes the times of the tokens of `from`. Epoch and generation stay the same, so running calls are not affected. */
  readonly retime: (from: Active, tokens: SessionTokens) => void
  /** The same with tokens that another client has received; a session that has ended continues with them. */
  readonly adopt: (from: Active | Ended, tokens: SessionTokens, at: number) => Active | undefined
  /** The same with the tokens of an automatic sign-in as the same user: calls under way continue with them. */
  readonly resume: (from: Active | Ended, tokens: SessionTokens, at: number) => Active | undefined
  /** Records what the server showed about the access token of `from`. */
  readonly mark: (from: Active, tokenStatus: "accepted" | "rejected") => void
  /** Ends the session of `from`. Does nothing if `from` is no longer current (docs/guarantees.md#i-13). */
  readonly end: (from: Active, end: SessionEnd) => Ended | undefined
  /** Records that the sign-in with this sequence number waits for a one-time code; the session does not change (docs/guarantees.md#i-17). */
  readonly requireCode: (sequence: number) => void
  /** Deletes the session at once (docs/guarantees.md#i-16). */
  readonly signOut: (at: number) => void
  /** Emits an event that does not change the state. */
  readonly announce: (change: SessionChange) => void
  /** Calls `observer` after each change, and `closed` when the client is closed. Returns a function that unsubscribes. */
  readonly observe: (observer: (change: SessionChange) => void, closed?: () => void) => () => void
  /** Ends all subscriptions. The layer calls it when its scope closes. */
  readonly close: () => void
}

/**
 * The session of a client.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import { Session } from "linxio-effect"
 *
 * const whoAmI = Effect.map(Session.use((session) => session.current), (state) => state._tag)
 * ```
 */
export class Session extends Context.Service<Session, SessionService>()("linxio-effect/Session") {
  /** A new, anonymous session. A function, because layers are shared by reference and sessions must not be. */
  static readonly layer = (): Layer.Layer<Session> =>
    Layer.effect(
      Session,
      Effect.acquireRelease(Effect.sync(make), (session) => Effect.sync(session.close))
    )

  /**
   * For tests. A method that is used but was not provided dies with an error that names it. `current`, `currentUnsafe` and `isCurrent` are derived from
   * `current` or `currentUnsafe`. `Session.layer()` is a complete session without I/O.
   */
  static readonly layerTest = (partial: Partial<SessionService>): Layer.Layer<Session> =>
    Layer.succeed(Session, unimplemented<SessionService>("Session", withState(partial)))
}

/**
 * The changes of the session as a stream, from when it is run until the client is closed. A slow consumer does not delay the client.
 *
 * @example
 * ```ts
 * import * as Effect from "effect/Effect"
 * import * as Stream from "effect/Stream"
 * import { changes } from "linxio-effect"
 *
 * const log = Stream.runForEach(changes, (change) => Effect.logInfo(change.type))
 * ```
 */
export const changes: Stream.Stream<SessionChange, never, Session> = /*#__PURE__*/ Stream.unwrap(
  /*#__PURE__*/ Session.useSync((session) =>
    Stream.callback<SessionChange>((queue) =>
      Effect.acquireRelease(
        Effect.sync(() =>
          session.observe(
            (change) => Queue.offerUnsafe(queue, change),
            () => Queue.endUnsafe(queue)
          )
        ),
        (stop) => Effect.sync(stop)
      )
    )
  )
)

/** Derives `current`, `currentUnsafe` and `isCurrent` from each other. */
const withState = (partial: Partial<SessionService>): Partial<SessionService> => {
  const { current, currentUnsafe: read = current && (() => Effect.runSync(current)) } = partial
  if (read === undefined) return { recentSecrets: () => [], ...partial }
  return {
    recentSecrets: () => [],
    current: Effect.sync(read),
    currentUnsafe: read,
    isCurrent: (from) => areCurrent(read(), from),
    ...partial
  }
}

const areCurrent = (state: SessionState, from: Active): boolean =>
  state._tag === "Active" && state.epoch === from.epoch && state.generation === from.generation

const untried = { _tag: "Active", tokenStatus: "untried" } as const

/** How many pairs of tokens are kept, for answers that arrive late. */
const mostRecent = 4

/** Makes a session without a layer. */
export const make = (): SessionService => {
  let cell: SessionState = { _tag: "Anonymous", epoch: 0 }
  let lastSequence = 0
  /** The observers, each with its callback for the end. */
  const observers = new Map<(change: SessionChange) => void, (() => void) | undefined>()
  let isClosed = false
  /** Only for `recentSecrets`. In a closure, so that a printed session does not show it. */
  const recent: Array<SessionTokens> = []

  /** After the commit and off the caller's stack: an observer cannot fail, delay or deadlock the engine (I-19). */
  const announce = (change: SessionChange): void => {
    for (const observer of observers.keys()) {
      queueMicrotask(() => {
        if (!observers.has(observer)) return
        try {
          // An observer may be async, whatever its type says. An unhandled rejection would end the process.
          Promise.resolve<unknown>(observer(change)).catch(() => undefined)
        } catch {
          // Errors of an observer are ignored (I-19).
        }
      })
    }
  }

  const isCurrent = (from: Active): boolean => areCurrent(cell, from)

  const active = (from: Active): Active => {
    cell = from
    const last = recent.at(-1)
    if (last === undefined || !sameSecrets(last, from.tokens)) {
      recent.push(from.tokens)
      if (recent.length > mostRecent) recent.shift()
    }
    return from
  }

  const nextSequence = (): number => ++lastSequence

  const replace = (
    from: Active | Ended,
    tokens: SessionTokens,
    at: number,
    type: "refreshed" | "adopted" | "restored" | "signedIn"
  ): Active | undefined => {
    const isActive = from._tag === "Active"
    if (isActive ? !isCurrent(from) : cell !== from) return undefined
    const { epoch } = from
    const generation = from.generation + 1
    const adopted = type === "adopted" || type === "restored"
    const clockIgnored =
      isActive && (tokens.expiry === undefined || sameSecret(from.tokens.accessToken, tokens.accessToken))
    const next = active({ ...untried, epoch, generation, tokens, adopted, clockIgnored })
    announce({ type, at, epoch, generation, tokens, ...(type === "signedIn" && { automatic: true }) })
    return next
  }

  return {
    current: Effect.sync(() => cell),
    currentUnsafe: () => cell,
    isCurrent,
    recentSecrets: () =>
      recent.flatMap(({ accessToken, refreshToken }) =>
        [accessToken, refreshToken].filter((token) => token !== undefined)
      ),
    nextSequence,
    signIn: (epoch, tokens, type, at, automatic) => {
      if (epoch <= cell.epoch) return undefined
      const next = active({ ...untried, epoch, generation: 0, tokens, adopted: false, clockIgnored: false })
      announce({ type, at, epoch, generation: 0, tokens, ...(automatic && { automatic }) })
      return next
    },
    renew: (from, tokens, at) => replace(from, tokens, at, "refreshed"),
    adopt: (from, tokens, at) => replace(from, tokens, at, from._tag === "Active" ? "adopted" : "restored"),
    resume: (from, tokens, at) => replace(from, tokens, at, "signedIn"),
    retime: (from, tokens) => {
      if (!isCurrent(from) || cell._tag !== "Active") return
      // A new expiry from the caller turns proactive refresh on again.
      active({ ...cell, tokens, clockIgnored: cell.clockIgnored && tokens.expiry === cell.tokens.expiry })
    },
    mark: (from, tokenStatus) => {
      if (isCurrent(from) && cell._tag === "Active" && cell.tokenStatus !== tokenStatus) {
        // An answer to an older request must not clear a rejection that came after it.
        if (cell.tokenStatus !== "rejected") active({ ...cell, tokenStatus })
      }
    },
    end: (from, end) => {
      if (!isCurrent(from)) return undefined
      const { epoch, generation, tokens } = from
      const ended: Ended = { _tag: "Ended", epoch, generation, end, subject: tokens.subject }
      cell = ended
      announce({ type: "ended", at: end.at, epoch: from.epoch, end })
      return ended
    },
    requireCode: (epoch) => {
      if (cell._tag !== "Active" && epoch > cell.epoch) cell = { ...cell, codeRequired: true }
    },
    signOut: (at) => {
      const epoch = nextSequence()
      const wasSomebody = cell._tag !== "Anonymous"
      cell = { _tag: "Anonymous", epoch }
      if (wasSomebody) announce({ type: "signedOut", at, epoch })
    },
    announce,
    observe: (observer, closed) => {
      const subscriber = (change: SessionChange) => observer(change)
      observers.set(subscriber, closed)
      if (isClosed) closed?.()
      return () => void observers.delete(subscriber)
    },
    close: () => {
      isClosed = true
      // After the changes that were emitted before.
      queueMicrotask(() => {
        for (const closed of observers.values()) closed?.()
      })
    }
  }
}
