// The wall clock of this process is wrong by CLUSTER_CLOCK_MS. It has to be imported first; `performance.now` stays right.
const offset = Number(process.env.CLUSTER_CLOCK_MS ?? 0)
const Right = Date

globalThis.Date = class Date extends Right {
  constructor(...given) {
    if (given.length === 0) super(Right.now() + offset)
    else super(...given)
  }
  static now() {
    return Right.now() + offset
  }
}
