/**
 * The retry budget of a client: a retry spends one, a success restores one. A short failure of a thousand calls is retried; during a long outage,
 * retries do not multiply the load (I-30).
 */
export interface RetryBudget {
  /** Takes one retry, if there is one left. */
  readonly spend: () => boolean
  readonly earn: () => void
}

export const makeRetryBudget = (capacity: number): RetryBudget => {
  let left = capacity
  return {
    spend: () => left > 0 && left-- > 0,
    earn: () => {
      if (left < capacity) left++
    }
  }
}
