/**
 * How many retries a client may make beyond its successes: each retry costs one, each success gives one back.
 * A blip under a thousand calls is absorbed; a total outage is not multiplied without end (I-30).
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
