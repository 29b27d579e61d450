/** The options of a client: what each default is, and that an unusable one is named. */
import { describe, expect, it } from "@effect/vitest"
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpClient from "effect/http/HttpClient"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { inspect } from "node:util"
import {
  type ConfiguredOptions,
  Linxio,
  LinxioConfig,
  LinxioConfigurationError,
  type LinxioOptions,
  Session
} from "linxio-effect"
import * as Options from "linxio-effect/LinxioConfig"

const nobody = Layer.succeed(
  HttpClient.HttpClient,
  HttpClient.make(() => Effect.die("building a client sent a request"))
)

const refused = (options: unknown): LinxioConfigurationError => {
  const result = Options.make(options as LinxioOptions)
  if (Result.isSuccess(result)) throw new Error(`accepted ${inspect(options)}`)
  return result.failure
}

describe("the defaults", () => {
  it("fills in the address, the limits and the policies", () => {
    const settings = Result.getOrThrow(Options.make())
    expect(settings.baseUrl.href).toBe("https://api.linxio.com/api/")
    expect(settings).toMatchObject({
      timeoutMs: 30_000,
      deadlineMs: 120_000,
      retryBudget: 1000,
      expiryWarningsMs: [7 * 86_400_000, 86_400_000],
      retry: { retries: 3, delayMs: 300, maxDelayMs: 10_000, maxRetryAfterMs: 60_000, onTimeout: false },
      refresh: { attemptTimeoutMs: 10_000, deadlineMs: 20_000 },
      tokens: undefined
    })
  })

  it.each(["", "/", "//", "///"])(
    "gives the address one slash at its end, and %j is no path of its own (F-37)",
    (end) => {
      const settings = Result.getOrThrow(Options.make({ baseUrl: `https://linxio.test/api${end}` }))
      expect(settings.baseUrl.href).toBe("https://linxio.test/api/")
    }
  )

  it("bounds one attempt of the refresh by the client's timeoutMs where that is less (I-27)", () => {
    expect(Result.getOrThrow(Options.make({ timeoutMs: 2000 })).refresh.attemptTimeoutMs).toBe(2000)
    expect(Result.getOrThrow(Options.make({ timeoutMs: 60_000 })).refresh.attemptTimeoutMs).toBe(10_000)
  })
})

describe("an unusable option", () => {
  const cases: ReadonlyArray<readonly [option: string, options: unknown]> = [
    ["options", null],
    ["options", "https://api.linxio.com"],
    ["timeout", { timeout: 5 }],
    ["baseUrl", { baseUrl: "not a url" }],
    ["baseUrl", { baseUrl: "ftp://api.linxio.com" }],
    ["baseUrl", { baseUrl: "https://user:secret@api.linxio.com" }],
    ["baseUrl", { baseUrl: "https://api.linxio.com/?a=1" }],
    ["baseUrl", { baseUrl: "http://api.linxio.com" }],
    ["baseUrl", { baseUrl: "http://localhost.example.com" }],
    ["baseUrl", { baseUrl: "http://127.0.0.1.example.com" }],
    ["timeoutMs", { timeoutMs: 0 }],
    ["timeoutMs", { timeoutMs: Number.NaN }],
    ["timeoutMs", { timeoutMs: "30" }],
    ["timeoutMs", { timeoutMs: 2_147_483_648 }],
    ["deadlineMs", { deadlineMs: -1 }],
    ["deadlineMs", { deadlineMs: Infinity }],
    ["retry", { retry: 3 }],
    ["retry", { retry: null }],
    ["retry.retries", { retry: { retries: 1.5 } }],
    ["retry.retries", { retry: { retries: -1 } }],
    ["retry.delayMs", { retry: { delayMs: Number.NaN } }],
    ["retry.maxDelayMs", { retry: { maxDelayMs: -1 } }],
    ["retry.maxRetryAfterMs", { retry: { maxRetryAfterMs: "60" } }],
    ["retry.attempts", { retry: { attempts: 3 } }],
    ["refresh.attemptTimeoutMs", { refresh: { attemptTimeoutMs: 0 } }],
    ["refresh.deadlineMs", { refresh: { deadlineMs: "1" } }],
    ["refresh.deadline", { refresh: { deadline: 5_000 } }],
    ["refresh", { refresh: 5_000 }],
    ["refresh", { refresh: null }],
    ["retryBudget", { retryBudget: -1 }],
    ["retryBudget", { retryBudget: 0.5 }],
    ["expiryWarningsMs", { expiryWarningsMs: [-1] }],
    ["expiryWarningsMs", { expiryWarningsMs: 86_400_000 }],
    ["token", { token: "a\nb" }],
    ["token", { token: 7 }],
    ["refreshToken", { refreshToken: "a b" }],
    ["expireAt", { token: "t", expireAt: "soon" }]
  ]
  for (const [option, options] of cases) {
    it(`${inspect(options, { breakLength: Infinity })} is refused under the name ${option}`, () => {
      const error = refused(options)
      expect(error).toBeInstanceOf(LinxioConfigurationError)
      expect(error.option).toBe(option)
      expect(error.message).toContain(option)
    })
  }

  it("does not repeat the value of a token that it refuses (I-32)", () => {
    expect(inspect(refused({ token: "CANARY\nX-Admin: 1" }), { showHidden: true })).not.toContain("CANARY")
    expect(inspect(refused({ baseUrl: "https://user:CANARY@api.linxio.com" }), { showHidden: true })).not.toContain(
      "CANARY"
    )
  })

  it.effect("fails the layer with the error that names it", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(
        Effect.scoped(Layer.build(Linxio.layer({ timeoutMs: 0 })).pipe(Effect.provide(nobody)))
      )
      expect(error).toMatchObject({ _tag: "LinxioConfigurationError", option: "timeoutMs" })
    })
  )
})

describe("plain http", () => {
  for (const baseUrl of [
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "http://dev.localhost"
  ]) {
    it(`is taken for ${baseUrl}, which never leaves the machine (I-33)`, () => {
      expect(Result.isSuccess(Options.make({ baseUrl }))).toBe(true)
    })
  }

  it("is taken for another host only with allowInsecure (I-33)", () => {
    expect(Result.isSuccess(Options.make({ baseUrl: "http://linxio.test", allowInsecure: true }))).toBe(true)
    expect(Result.isFailure(Options.make({ baseUrl: "http://linxio.test", allowInsecure: false }))).toBe(true)
  })
})

describe("the settings", () => {
  it("hold the tokens of the options behind Redacted (I-32)", () => {
    const settings = Result.getOrThrow(Options.make({ token: "CANARY-A", refreshToken: "CANARY-R" }))
    expect(inspect(settings, { depth: Infinity, showHidden: true, customInspect: false })).not.toContain("CANARY")
    expect(JSON.stringify(settings)).not.toContain("CANARY")
  })
})

describe("Linxio.layerConfig", () => {
  const settingsWith = (environment: Record<string, string>, options?: ConfiguredOptions) =>
    Effect.gen(function* () {
      return { settings: yield* LinxioConfig, state: yield* Session.use((session) => session.current) }
    }).pipe(
      Effect.provide(Layer.provide(Linxio.layerConfig(options), nobody)),
      Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromUnknown(environment))
    )

  it.effect("reads every option of the environment", () =>
    Effect.gen(function* () {
      const { settings, state } = yield* settingsWith({
        LINXIO_BASE_URL: "http://linxio.test/v2",
        LINXIO_ALLOW_INSECURE: "true",
        LINXIO_TOKEN: "access",
        LINXIO_REFRESH_TOKEN: "refresh",
        LINXIO_EXPIRE_AT: "2030-01-01T00:00:00",
        LINXIO_TIMEOUT_MS: "1500",
        LINXIO_DEADLINE_MS: "9000"
      })
      expect(settings.baseUrl.href).toBe("http://linxio.test/v2/")
      expect(settings).toMatchObject({ timeoutMs: 1500, deadlineMs: 9000 })
      if (state._tag !== "Active" || !state.tokens.accessToken || !state.tokens.refreshToken)
        throw new Error("no session")
      expect(Redacted.value(state.tokens.accessToken)).toBe("access")
      expect(Redacted.value(state.tokens.refreshToken)).toBe("refresh")
      expect(state.tokens.expiry?.expiresAt).toBe(Date.parse("2030-01-01T00:00:00Z"))
    })
  )

  it.effect("lets the options in the program win over the environment", () =>
    Effect.gen(function* () {
      const { settings } = yield* settingsWith({ LINXIO_TIMEOUT_MS: "1500" }, { timeoutMs: 700 })
      expect(settings.timeoutMs).toBe(700)
    })
  )

  it.effect("takes undefined for not given: the environment decides (F-24)", () =>
    Effect.gen(function* () {
      const environment = { LINXIO_BASE_URL: "https://linxio.test/v2", LINXIO_TIMEOUT_MS: "1500" }
      const { settings } = yield* settingsWith(environment, { baseUrl: undefined, timeoutMs: undefined })
      expect(settings.baseUrl.href).toBe("https://linxio.test/v2/")
      expect(settings.timeoutMs).toBe(1500)
    })
  )

  it.effect("takes values of Config, which win over its own variables (F-24)", () =>
    Effect.gen(function* () {
      const environment = { FLEET_API: "https://linxio.test/v3", LINXIO_BASE_URL: "https://linxio.test/v2" }
      const options: ConfiguredOptions = {
        baseUrl: Config.String("FLEET_API"),
        deadlineMs: Config.withDefault(Config.Number("FLEET_DEADLINE"), 700)
      }
      const { settings } = yield* settingsWith(environment, options)
      expect(settings.baseUrl.href).toBe("https://linxio.test/v3/")
      expect(settings.deadlineMs).toBe(700)
    })
  )

  it.effect("takes a Config that gives undefined for not given, too (F-24)", () =>
    Effect.gen(function* () {
      const baseUrl = Config.map(Config.option(Config.String("FLEET_API")), Option.getOrUndefined)
      const { settings } = yield* settingsWith({ LINXIO_BASE_URL: "https://linxio.test/v2" }, { baseUrl })
      expect(settings.baseUrl.href).toBe("https://linxio.test/v2/")
    })
  )

  it.effect(
    "fails where a Config that it was given cannot be read, and does not read a variable that it does not need",
    () =>
      Effect.gen(function* () {
        const missing = yield* Effect.flip(settingsWith({}, { timeoutMs: Config.Number("FLEET_TIMEOUT") }))
        expect(String(missing.message)).toContain("FLEET_TIMEOUT")
        const { settings } = yield* settingsWith({ LINXIO_TIMEOUT_MS: "soon" }, { timeoutMs: 700 })
        expect(settings.timeoutMs).toBe(700)
      })
  )

  it.effect("is content with an empty environment and signs nobody in", () =>
    Effect.gen(function* () {
      const { settings, state } = yield* settingsWith({})
      expect(settings.timeoutMs).toBe(30_000)
      expect(state._tag).toBe("Anonymous")
    })
  )

  it.effect("fails on a variable that cannot be read, before anything is sent", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(settingsWith({ LINXIO_TIMEOUT_MS: "soon" }))
      expect(String(error.message)).toContain("LINXIO_TIMEOUT_MS")
    })
  )
})
