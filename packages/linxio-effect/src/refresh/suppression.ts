/**
 * Remembers that a refresh did not help (I-6): the replay under a fresh token was refused again. For a while no
 * further 401 on that method and path, and none for a token that has not worked yet, starts another refresh.
 */
import type { Active } from "../Session.ts"

const longestMs = 30_000
const mostEndpoints = 500

export const makeSuppression = () => {
  const untilByEndpoint = new Map<string, number>()
  let untried = { epoch: 0, until: 0 }
  const keyOf = (epoch: number, endpoint: string) => `${epoch} ${endpoint}`

  return {
    note: (active: Active, endpoint: string, now: number): void => {
      const until = now + Math.min(longestMs, (active.tokens.expiry?.lifetimeMs ?? Infinity) / 2)
      untried = { epoch: active.epoch, until }
      untilByEndpoint.set(keyOf(active.epoch, endpoint), until)
      if (untilByEndpoint.size > mostEndpoints) {
        const [oldest] = untilByEndpoint.keys()
        if (oldest !== undefined) untilByEndpoint.delete(oldest)
      }
    },
    /** Whether a refresh because of this 401 would only repeat one that did not help. */
    applies: (active: Active, endpoint: string, now: number): boolean =>
      (active.tokenStatus === "untried" && active.epoch === untried.epoch && now < untried.until) ||
      now < (untilByEndpoint.get(keyOf(active.epoch, endpoint)) ?? 0)
  }
}
