/** Contenders take turns, in another order each round, so that a busy moment of the machine hits them alike. */
import { shuffle } from "simple-statistics"

/**
 * What each slice took in ms, by contender and round: `wall` by the clock, `cpu` by what this process used of the processors. The latter
 * is the calm one where nothing is waited for: another program's turn is not in it.
 */
export const alternate = async (slices, { rounds, warmUp, settle, after }) => {
  const names = Object.keys(slices)
  const times = { wall: {}, cpu: {} }
  for (const name of names) {
    times.wall[name] = []
    times.cpu[name] = []
  }
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of shuffle(names)) {
      await settle?.(name)
      const used = process.cpuUsage()
      const started = performance.now()
      await slices[name]()
      const wall = performance.now() - started
      const { system, user } = process.cpuUsage(used)
      await after?.(name)
      if (round < 0) continue
      times.wall[name].push(wall)
      times.cpu[name].push((user + system) / 1000)
    }
  }
  return times
}

/** The rounds of several processes as if they were of one. */
export const joined = (runs) => ({ wall: joinedBy(runs, "wall"), cpu: joinedBy(runs, "cpu") })

const joinedBy = (runs, clock) =>
  Object.fromEntries(Object.keys(runs[0][clock]).map((name) => [name, runs.flatMap((run) => run[clock][name])]))
