/** What the embedded Linxio refuses from the author of a test. */
import * as Data from "effect/Data"

/** An option is unusable: `option` names it, `issue` says why. */
export class FakeLinxioOptionError extends Data.TaggedError("FakeLinxioOptionError")<{
  readonly option: string
  readonly issue: string
}> {
  override get message(): string {
    return `Option "${this.option}": ${this.issue}`
  }
}

/** A fault has an unknown name, or fields that do not fit its name. */
export class FakeLinxioFaultError extends Data.TaggedError("FakeLinxioFaultError")<{
  readonly fault: string
  readonly issue: string
}> {
  override get message(): string {
    return `Fault "${this.fault}": ${this.issue}`
  }
}

/** The port server could not listen: `port` is in use, or not ours to use. */
export class FakeLinxioPortError extends Data.TaggedError("FakeLinxioPortError")<{
  readonly host: string
  readonly port: number
  readonly issue: string
}> {
  override get message(): string {
    return `Cannot listen on ${this.host}:${this.port}: ${this.issue}`
  }
}
