/** Order statistics; a mean would be the noise of a shared machine. */
import { median, quantile } from "simple-statistics"

/** The ratio of each round by itself, since neighbours in time share the noise; `p10` compares the undisturbed rounds. */
export const ratios = (times, base) => {
  const each = times.map((time, round) => time / base[round])
  return {
    value: median(each),
    q1: quantile(each, 0.25),
    q3: quantile(each, 0.75),
    p10: quantile(times, 0.1) / quantile(base, 0.1),
    rounds: each.length
  }
}

/** The same where more is better: throughput from times. */
export const inverse = (ratio) => ({
  value: 1 / ratio.value,
  q1: 1 / ratio.q3,
  q3: 1 / ratio.q1,
  p10: 1 / ratio.p10,
  rounds: ratio.rounds
})
