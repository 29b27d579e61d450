/**
 * Who the client is signed in as: one immutable value in one cell, changed by compare-and-set only.
 *
 * *Epoch* is the identity: it grows with every sign-in, `set` and sign-out. *Generation* is the version of the
 * tokens inside an epoch: it grows with every refresh. A request remembers both when it is signed, so that an
 * answer that comes late can be told from one that counts (I-4, I-12, I-14).
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

/** What `Session` offers; everything here is synchronous and does no I/O. */
export interface SessionService {
  /** The value of this moment. */
  readonly current: Effect.Effect<SessionState>
  /** The same, for code that is not an effect. */
  readonly currentUnsafe: () => SessionState
  /** Whether the tokens of `from` are still the current ones, whatever the server has shown about them since. */
  readonly isCurrent: (from: Active) => boolean
  /** The tokens that this client had lately: a server may send back those that a refresh has replaced, and no error must show them (I-32). */
  readonly recentSecrets: () => ReadonlyArray<Redacted.Redacted>
  /** Takes a sequence number for an operation that may change who is signed in; of two, the later one decides (I-15). */
  readonly nextSequence: () => number
  /** Begins a session, unless an operation with a later sequence number has already decided. */
  readonly signIn: (
    sequence: number,
    tokens: SessionTokens,
    type: "signedIn" | "restored",
    at: number
  ) => Active | undefined
  /** Puts renewed tokens in the place of those of `from`; refused when the cell has moved on (I-12). */
  readonly renew: (from: Active, tokens: SessionTokens, at: number) => Active | undefined
  /** Puts other times beside the tokens of `from`: neither a new identity nor a new version, so that nothing under way is disturbed. */
  readonly retime: (from: Active, tokens: SessionTokens) => void
  /** The same with tokens that somebody else has refreshed. */
  readonly adopt: (from: Active, tokens: SessionTokens, at: number) => Active | undefined
  /** Records what the server showed about the access token of `from`. */
  readonly mark: (from: Active, tokenStatus: "accepted" | "rejected") => void
  /** Ends the session of `from`; refused when the cell has moved on (I-13). */
  readonly end: (from: Active, end: SessionEnd) => Ended | undefined
  /** Notes that the sign-in with this sequence number waits for a one-time code; the session stays what it is (I-17). */
  readonly requireCode: (sequence: number) => void
  /** Forgets the session at once (I-16). */
  readonly signOut: (at: number) => void
  /** Tells the observers something that is no change of the cell. */
  readonly announce: (change: SessionChange) => void
  /** Calls `observer` after each change, and `closed` when no other comes, because the client was closed; returns the function that stops it. */
  readonly observe: (observer: (change: SessionChange) => void, closed?: () => void) => () => void
  /** Tells who observes that no other change comes. The layer does so when its scope closes. */
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
   * For tests: what is left out dies with a message that names it. `current`, `currentUnsafe` and `isCurrent` follow from the one of the first two
   * that is given. A session that really works, and does no I/O, is `Session.layer()`.
   */
  static readonly layerTest = (partial: Partial<SessionService>): Layer.Layer<Session> =>
    Layer.succeed(Session, unimplemented<SessionService>("Session", withState(partial)))
}

/**
 * The changes of the session as a stream, from the moment it is run until the client is closed; a slow consumer never delays the client.
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

/** Completes what is the same thing in another form. */
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

/** Enough pairs of tokens for an answer that comes late. */
const mostRecent = 4

/** Makes a session without a layer. */
export const make = (): SessionService => {
  let cell: SessionState = { _tag: "Anonymous", epoch: 0 }
  let lastSequence = 0
  /** Who observes, with what is called at the end. */
  const observers = new Map<(change: SessionChange) => void, (() => void) | undefined>()
  let isClosed = false
  /** Only for `recentSecrets`, and in a closure, so that nothing that prints a session shows it. */
  const recent: Array<SessionTokens> = []

  /** After the commit and off the caller's stack: an observer cannot fail, delay or deadlock the engine (I-19). */
  const announce = (change: SessionChange): void => {
    for (const observer of observers.keys()) {
      queueMicrotask(() => {
        if (!observers.has(observer)) return
        try {
          // An observer may be an async function, whatever its type says: a rejection that nobody handles ends a process.
          Promise.resolve<unknown>(observer(change)).catch(() => undefined)
        } catch {
          // An observer's fault is its own.
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

  const replace = (from: Active, tokens: SessionTokens, at: number, adopted: boolean): Active | undefined => {
    if (!isCurrent(from)) return undefined
    const { epoch } = from
    const generation = from.generation + 1
    const clockIgnored = tokens.expiry === undefined || sameSecret(from.tokens.accessToken, tokens.accessToken)
    const next = active({ _tag: "Active", epoch, generation, tokens, tokenStatus: "untried", adopted, clockIgnored })
    announce({ type: adopted ? "adopted" : "refreshed", at, epoch, generation, tokens })
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
    signIn: (epoch, tokens, type, at) => {
      if (epoch <= cell.epoch) return undefined
      const next = active({
        _tag: "Active",
        epoch,
        generation: 0,
        tokens,
        tokenStatus: "untried",
        adopted: false,
        clockIgnored: false
      })
      announce({ type, at, epoch, generation: 0, tokens })
      return next
    },
    renew: (from, tokens, at) => replace(from, tokens, at, false),
    adopt: (from, tokens, at) => replace(from, tokens, at, true),
    retime: (from, tokens) => {
      if (!isCurrent(from) || cell._tag !== "Active") return
      // Whoever gives another end knows better than the refresh that brought nothing newer: the clock counts again.
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
      const ended: Ended = { _tag: "Ended", epoch: from.epoch, end }
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
      // After the changes that were announced before.
      queueMicrotask(() => {
        for (const closed of observers.values()) closed?.()
      })
    }
  }
}
