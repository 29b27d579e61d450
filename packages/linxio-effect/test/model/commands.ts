/**
 * What the model test does to a client, as plain values: they are generated, shrunk and printed.
 *
 * Effect's own `Arbitrary` and not fast-check: its arrays shrink as fast-check's do (ever smaller slices, then the
 * elements), every command derives from one schema, and it is there already. fast-check's `commands` would add
 * preconditions, which are not needed, because every command means something in every state.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import type { Fault } from "linxio-testing"

/** The accounts of the model: each has a number, which its tokens carry as their subject. */
export const accounts = {
  A: { id: 1, email: "a@example.test", password: "password-of-A-9f2c" },
  B: { id: 2, email: "b@example.test", password: "password-of-B-71de" },
  C: { id: 3, email: "c@example.test", password: "password-of-C-c04b", otp: "code-of-C-553901" }
} as const

export const wrongSecret = "wrong-secret-3a8d"

const troubles = [
  "reset",
  "lose",
  "loseSilently",
  "stallHeaders",
  "stallBody",
  "slow",
  "500",
  "503",
  "html400",
  "html502",
  "429",
  "429for1s",
  "429for20s",
  "204",
  "noToken",
  "unchanged",
  "denied"
] as const

const places = ["refresh", "vehicles.count", "login"] as const

const Request = Schema.Struct({
  do: Schema.Literal("request"),
  method: Schema.Literals(["GET", "POST"]),
  n: Schema.Literals([1, 2, 5])
})
const Advance = Schema.Struct({
  do: Schema.Literal("advance"),
  ms: Schema.Literals([20, 60, 100, 1000, 4000, 15_000, 125_000, 1_800_000, 3_480_000, 3_595_000, 90_000_000])
})
/** Long enough for answers to arrive, short enough for what is remembered of them to count. */
const Pause = Schema.Struct({ do: Schema.Literal("advance"), ms: Schema.Literals([400, 1000, 4000, 15_000]) })
const Trouble = Schema.Struct({
  do: Schema.Literal("fault"),
  what: Schema.Literals(troubles),
  at: Schema.Literals(places),
  times: Schema.Literals([1, 2, 5])
})
const RefreshTrouble = Schema.Struct({ ...Trouble.fields, at: Schema.Literal("refresh") })
const Logout = Schema.Struct({ do: Schema.Literal("logout") })
const Login = Schema.Struct({ do: Schema.Literal("login"), as: Schema.Literals(["A", "B", "C", "wrong"]) })
const SetSession = Schema.Struct({ do: Schema.Literal("setSession"), to: Schema.Literals(["A", "B", "same"]) })
const ExpireNow = Schema.Struct({ do: Schema.Literal("expireNow") })

/** Each of these is drawn as often as it is listed. */
const Command = Schema.Union([
  ...Array<typeof Request>(6).fill(Request),
  ...Array<typeof Advance>(3).fill(Advance),
  ...Array<typeof Pause>(3).fill(Pause),
  ...Array<typeof Trouble>(3).fill(Trouble),
  ...Array<typeof RefreshTrouble>(3).fill(RefreshTrouble),
  ...Array<typeof ExpireNow>(3).fill(ExpireNow),
  Login,
  Login,
  Login,
  SetSession,
  Schema.Struct({ do: Schema.Literal("verifyOtp"), code: Schema.Literals(["right", "wrong"]) }),
  Logout,
  Logout,
  Schema.Struct({ do: Schema.Literal("abort"), i: Schema.Literals([0, 1, 2, 3]) }),
  Schema.Struct({ do: Schema.Literal("skew"), days: Schema.Literals([0, 1, -1]) }),
  Schema.Struct({ do: Schema.Literal("revoke") }),
  Schema.Struct({ do: Schema.Literal("rotation"), on: Schema.Boolean }),
  Schema.Struct({ do: Schema.Literal("always401"), on: Schema.Literal(true) }),
  Schema.Struct({ do: Schema.Literal("always401"), on: Schema.Boolean }),
  Schema.Struct({ do: Schema.Literal("clearFaults") })
])

export type Command = typeof Command.Type

/** A sequence of commands; the client has a saved session of A before the first. */
export const commands: Arbitrary.Arbitrary<Array<Command>> = Arbitrary.array(Arbitrary.schema(Command), {
  maxLength: 50
})

/** A command as it is printed. */
export const show = ({ do: name, ...rest }: Command): string => `${name} ${Object.values(rest).join(" ")}`.trim()

/** The faults that are in force all the time: answers take a while, and error pages repeat what they were sent. */
export const always: ReadonlyArray<Fault> = [
  { fault: "latency", ms: 50, spread: 40 },
  { fault: "echo-secrets", on: true }
]

/** What the embedded Linxio calls it. */
export const faultOf = ({ at: endpoint, times, what }: typeof Trouble.Type): Fault => {
  switch (what) {
    case "reset":
      return { fault: "reset", endpoint, times }
    case "lose":
      return { fault: "lose-response", endpoint, times }
    case "loseSilently":
      return { fault: "lose-response", endpoint, times, how: "stall" }
    case "stallHeaders":
      return { fault: "stall-headers", endpoint, times }
    case "stallBody":
      return { fault: "stall-body", endpoint, times }
    case "slow":
      return { fault: "slow-trickle", endpoint, times, ms: 3000 }
    case "500":
    case "503":
      return { fault: "status", endpoint, times, status: Number(what) }
    case "html400":
    case "html502":
      return { fault: "html", endpoint, times, status: Number(what.slice(4)) }
    case "429":
      return { fault: "rate-limit", endpoint, times }
    case "429for1s":
      return { fault: "rate-limit", endpoint, times, retryAfter: 1 }
    case "429for20s":
      return { fault: "rate-limit", endpoint, times, retryAfter: 20, as: "date" }
    case "204":
      return endpoint === "refresh"
        ? { fault: "refresh-204", times }
        : { fault: "status", endpoint, times, status: 204 }
    case "noToken":
      return { fault: "refresh-without-token", times }
    case "unchanged":
      return { fault: "refresh-unchanged", times }
    case "denied":
      return { fault: "status", endpoint: "refresh", times: 1, status: 401 }
  }
}
