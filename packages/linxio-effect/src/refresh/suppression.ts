/**
 * Refresh suppression (I-6): after a replay with a new token got a 401 again, further 401s on that method and path, or for a token that
 * was never accepted, start no refresh for a while.
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
    /** Whether a refresh because of this 401 is suppressed. */
    applies: (active: Active, endpoint: string, now: number): boolean =>
      (active.tokenStatus === "untried" && active.epoch === untried.epoch && now < untried.until) ||
      now < (untilByEndpoint.get(keyOf(active.epoch, endpoint)) ?? 0)
  }
}
