/** The commands of the command line, with their flags. */
import * as Clock from "effect/Clock"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readFile } from "node:fs/promises"
import { decodeAccountsFile } from "../AccountsFile.ts"
import type { ReceivedRequest } from "../RequestLog.ts"
import { formatRequest } from "../RequestLog.ts"
import { FakeLinxio } from "../FakeLinxio.ts"
import { FakeLinxioOptionError } from "../FakeLinxioError.ts"
import { fleet } from "../fleet.ts"
import type { Account } from "../Options.ts"
import { defaultAccount } from "../Options.ts"

const units = { ms: "millis", s: "seconds", m: "minutes", h: "hours", d: "days" } as const

const isUnit = (unit: string | undefined): unit is keyof typeof units =>
  unit !== undefined && Object.hasOwn(units, unit)

/** Reads `5s`, `15m`, `24h`, `30d`, and what Effect accepts, such as `5 seconds`. */
const parseDuration = (text: string): Option.Option<Duration.Duration> => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(text.trim()) ?? []
  if (!isUnit(unit)) return Duration.fromInput(text as Duration.Input)
  return Duration.fromInput(`${Number(amount)} ${units[unit]}`)
}

const duration = (name: string, description: string) =>
  Flag.String(name).pipe(
    Flag.withMetavar("duration"),
    Flag.withDescription(description),
    Flag.filterMap(parseDuration, () => "Expected a duration such as 5s, 15m, 24h or 30d"),
    Flag.optional
  )

const wholeNumber = (name: string, description: string, otherwise: number) =>
  Flag.String(name).pipe(
    Flag.withMetavar("integer"),
    Flag.withDescription(`${description} (default: ${otherwise})`),
    Flag.filterMap(
      (text) => (/^-?\d+$/.test(text.trim()) ? Option.some(Number(text)) : Option.none()),
      () => "Expected a whole number"
    ),
    Flag.withDefault(otherwise)
  )

const flags = {
  port: wholeNumber("port", "The port to listen on; 0 means any free port", 8787),
  host: Flag.String("host").pipe(
    Flag.withDescription("The address to listen on (default: 127.0.0.1)"),
    Flag.withDefault("127.0.0.1")
  ),
  accounts: Flag.String("accounts").pipe(
    Flag.withMetavar("file"),
    Flag.withDescription(
      `The JSON file with the accounts (see accounts.schema.json). Without it, there is the account ${defaultAccount.email} with the password "${defaultAccount.password}"`
    ),
    Flag.optional
  ),
  tokenTtl: duration("token-ttl", "How long access tokens are valid, in whole seconds (default: 24h)"),
  refreshTtl: duration("refresh-ttl", "How long refresh tokens are valid (default: 30d)"),
  rotation: Flag.Boolean("rotation").pipe(
    Flag.withDescription("Replace the refresh token with every refresh"),
    Flag.withDefault(false)
  ),
  fleet: Flag.String("fleet").pipe(
    Flag.withMetavar("integer"),
    Flag.withDescription(
      "Serve a fleet of that many vehicles, from --seed, with positions of now (default: three vehicles)"
    ),
    Flag.filterMap(
      (text) => (/^\d+$/.test(text.trim()) ? Option.some(Number(text)) : Option.none()),
      () => "Expected a whole number from 0"
    ),
    Flag.optional
  ),
  seed: wholeNumber("seed", "The source of all refresh tokens, ids and random delays", 0)
}

const unreadable = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable"
  return code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : code
}

const readAccounts = Effect.fnUntraced(function* (file: string) {
  const text = yield* Effect.tryPromise({
    try: () => readFile(file, "utf8"),
    catch: (error) =>
      new FakeLinxioOptionError({ option: "accounts", issue: `cannot read ${file}: ${unreadable(error)}` })
  })
  const { accounts } = yield* Effect.fromResult(decodeAccountsFile(text))
  return accounts
})

const fleetOf = (vehicles: number, seed: number) =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    Effect.try({
      try: () => fleet({ vehicles, seed, now }),
      catch: (error) =>
        error instanceof FakeLinxioOptionError
          ? error
          : new FakeLinxioOptionError({ option: "fleet", issue: String(error) })
    })
  )

/** A line for the terminal, without control characters: a request must not be able to control the terminal. */
const printable = (request: ReceivedRequest): string => formatRequest(request).replaceAll(/\p{Cc}/gu, "?")

const serve = Command.make(
  "serve",
  flags,
  Effect.fnUntraced(function* (given) {
    const accounts: ReadonlyArray<Account> | undefined = Option.isSome(given.accounts)
      ? yield* readAccounts(given.accounts.value)
      : undefined
    const world = Option.isSome(given.fleet) ? yield* fleetOf(given.fleet.value, given.seed) : {}
    const console = yield* Console.Console
    const running = Effect.gen(function* () {
      const fake = yield* FakeLinxio
      const origin = fake.baseUrl.slice(0, -"/api".length)
      const people = (accounts ?? [defaultAccount]).map((account) => account.email)
      yield* Console.log(`An embedded Linxio serves its API at ${fake.baseUrl}`)
      yield* Console.log(`The live view is at ${origin}/, the reference of the contract at ${origin}/docs`)
      yield* Console.log(`Accounts: ${people.join(", ").replaceAll(/\p{Cc}/gu, "?")}. Press Ctrl+C to stop.`)
      return yield* Effect.never
    })
    const linxio = FakeLinxio.layerServer({
      port: given.port,
      host: given.host,
      accounts,
      ...world,
      accessTokenLifetime: Option.getOrUndefined(given.tokenTtl),
      refreshTokenLifetime: Option.getOrUndefined(given.refreshTtl),
      rotation: given.rotation,
      seed: given.seed,
      onRequest: (request) => console.log(printable(request))
    })
    return yield* Effect.provide(running, linxio)
  })
).pipe(
  Command.withDescription("Serve an embedded Linxio on a port, and print a line for each request"),
  Command.withExamples([
    {
      command: "linxio-testing serve --port 8787 --accounts accounts.json --token-ttl 5s",
      description: "Access tokens that are valid for five seconds"
    }
  ])
)

/** The options that have another name on the command line. */
export const flagNames: Readonly<Record<string, string>> = {
  accessTokenLifetime: "token-ttl",
  refreshTokenLifetime: "refresh-ttl"
}

/** The whole command line. A new command is declared in this file. */
export const command = Command.make("linxio-testing").pipe(
  Command.withDescription("An embedded Linxio for tests"),
  Command.withSubcommands([serve])
)
