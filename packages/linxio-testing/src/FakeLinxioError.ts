/** The errors for mistakes in a test: an option, a fault or a port that cannot be used. */
import * as Data from "effect/Data"

/** An option is invalid or does not exist. `option` is its name, `issue` the reason. */
export class FakeLinxioOptionError extends Data.TaggedError("FakeLinxioOptionError")<{
  readonly option: string
  readonly issue: string
}> {
  override get message(): string {
    return `Option "${this.option}": ${this.issue}`
  }
}

/** A fault has an unknown name, or a member that is missing, unknown or invalid. `fault` is its name, `issue` the reason. */
export class FakeLinxioFaultError extends Data.TaggedError("FakeLinxioFaultError")<{
  readonly fault: string
  readonly issue: string
}> {
  override get message(): string {
    return `Fault "${this.fault}": ${this.issue}`
  }
}

/** The server cannot listen on `port`: the port is in use, or the process has no permission for it. */
export class FakeLinxioPortError extends Data.TaggedError("FakeLinxioPortError")<{
  readonly host: string
  readonly port: number
  readonly issue: string
}> {
  override get message(): string {
    return `Cannot listen on ${this.host}:${this.port}: ${this.issue}`
  }
}
