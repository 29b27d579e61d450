/** Order statistics; a mean would be the noise of a shared machine. */
export const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const high = Math.ceil(at)
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low)
}

export const median = (values) => quantile(values, 0.5)

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

export const shuffled = (items) => {
  const result = [...items]
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[result[i], result[j]] = [result[j], result[i]]
  }
  return result
}
