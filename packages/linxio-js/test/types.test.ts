/** What the compiler promises a user: results narrow, mistakes are errors, and no type of Effect is in sight. */
import { readFileSync } from "node:fs"
import {
  createClient,
  LinxioAbortError,
  LinxioApiError,
  LinxioAuthenticationError,
  LinxioConfigurationError,
  LinxioDecodeError,
  LinxioError,
  type LinxioFailure,
  LinxioNetworkError,
  LinxioStoreError,
  LinxioTimeoutError,
  LinxioValidationError
} from "linxio-js"
import type {
  CallOptions,
  ClientOptions,
  SessionHealth,
  HttpMethod,
  LinxioClient,
  LinxioClientOptions,
  LinxioCurrentUser,
  LinxioHttpRequestOptions,
  LinxioLoginRequest,
  LinxioLoginResponse,
  LinxioOtpVerificationRequest,
  LinxioResult,
  LinxioSession,
  LoginData,
  RequestOptions,
  Result,
  SessionChange,
  SessionData,
  SessionStore,
  User
} from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { clientOf } from "./support.ts"

/** A client that is only typed, never called. */
const nowhere = () => clientOf({ baseUrl: "http://127.0.0.1:9/api" })

describe("a result", () => {
  it("narrows by its error, either way", () => {
    const use = (result: Result<LoginData>) => {
      expectTypeOf(result.data).toEqualTypeOf<LoginData | null>()
      if (result.error) {
        expectTypeOf(result.data).toEqualTypeOf<null>()
        expectTypeOf(result.error).toEqualTypeOf<LinxioFailure>()
        return result.error.message
      }
      expectTypeOf(result.error).toEqualTypeOf<null>()
      expectTypeOf(result.data).toEqualTypeOf<LoginData>()
      return result.data.token
    }
    expect(use({ data: { otpRequired: false, token: "a.b.c" }, error: null })).toBe("a.b.c")
  })

  it("narrows when it is taken apart, too", () => {
    const use = ({ data, error }: Result<User>) => {
      if (error) throw error
      expectTypeOf(data).toEqualTypeOf<User>()
      return data.email
    }
    expect(use({ data: { email: "a@example.test" }, error: null })).toBe("a@example.test")
    expect(() => use({ data: null, error: new LinxioValidationError([]) })).toThrow(LinxioError)
  })

  it("comes from every service method, and a body from request", () => {
    type Auth = LinxioClient["auth"]
    expectTypeOf<ReturnType<Auth["login"]>>().toEqualTypeOf<Promise<Result<LoginData>>>()
    expectTypeOf<ReturnType<Auth["verifyOtp"]>>().toEqualTypeOf<Promise<Result<LoginData>>>()
    expectTypeOf<ReturnType<Auth["refresh"]>>().toEqualTypeOf<Promise<Result<SessionData>>>()
    expectTypeOf<ReturnType<Auth["me"]>>().toEqualTypeOf<Promise<Result<User>>>()
    expectTypeOf<ReturnType<Auth["logout"]>>().toEqualTypeOf<Promise<Result<null>>>()
    expectTypeOf<ReturnType<Auth["health"]>>().toEqualTypeOf<SessionHealth>()
    const linxio = nowhere()
    const untyped = () => linxio.request("GET", "/vehicles/count")
    const typed = () => linxio.request<{ readonly count: number }>("GET", "/vehicles/count")
    expectTypeOf(untyped).returns.toEqualTypeOf<Promise<unknown>>()
    expectTypeOf(typed).returns.toEqualTypeOf<Promise<{ readonly count: number }>>()
    expectTypeOf(linxio.session).returns.toEqualTypeOf<SessionData | null>()
    expect(linxio.session()).toBeNull()
  })
})

describe("a union of kinds", () => {
  it("SessionChange: switch narrows to the facts of its kind (F-27)", () => {
    const use = (change: SessionChange): unknown => {
      switch (change.type) {
        case "signedIn":
        case "restored":
        case "refreshed":
        case "adopted":
          expectTypeOf(change.session).toEqualTypeOf<SessionData | undefined>()
          return change.session
        case "signedOut":
          expectTypeOf(change.session).toEqualTypeOf<undefined>()
          return change.at
        case "ended":
        case "refreshDenied":
          return change.ended.status
        case "refreshFailed":
          expectTypeOf(change.nextRefreshAt).toEqualTypeOf<number>()
          return change.error.message
        case "sessionExpiring":
          return change.refreshTokenExpiresAt.toFixed()
        case "storeFailed":
          return change.message.length
        default:
          expectTypeOf(change).toEqualTypeOf<never>()
          return undefined
      }
    }
    expect(use({ type: "storeFailed", at: 0, message: "full" })).toBe(4)
  })

  it("LoginData: otpRequired tells whether there are tokens (F-27)", () => {
    const use = (data: LoginData): string | undefined => {
      if (data.otpRequired) {
        expectTypeOf(data.token).toEqualTypeOf<undefined>()
        return data.phone
      }
      expectTypeOf(data.token).toEqualTypeOf<string>()
      return data.token
    }
    expect(use({ otpRequired: true, phone: "+61*****123" })).toBe("+61*****123")
    expect(use({ otpRequired: false, token: "a.b.c" })).toBe("a.b.c")
  })

  it("a result of request has the type of its responseType (F-27)", () => {
    const linxio = nowhere()
    const text = () => linxio.request("GET", "/report", { responseType: "text" })
    const bytes = () => linxio.request("GET", "/report", { responseType: "arrayBuffer" })
    const json = () => linxio.request<number>("GET", "/report", { responseType: "json" })
    const said = () => linxio.request<Uint8Array>("GET", "/report", { responseType: "arrayBuffer" })
    expectTypeOf(text).returns.toEqualTypeOf<Promise<string>>()
    expectTypeOf(bytes).returns.toEqualTypeOf<Promise<ArrayBuffer>>()
    expectTypeOf(json).returns.toEqualTypeOf<Promise<number>>()
    expectTypeOf(said).returns.toEqualTypeOf<Promise<Uint8Array>>()
    expectTypeOf<"GET">().toExtend<HttpMethod>()
  })

  it("a value of an interface is a query (F-27)", () => {
    interface Page {
      readonly page: number
      readonly fields?: ReadonlyArray<string>
    }
    const page: Page = { page: 1 }
    const options: RequestOptions = { query: page }
    expect(options.query).toBe(page)
  })
})

describe("the names of @ambulancewa/linxio-js", () => {
  it("are types here too", () => {
    expectTypeOf<LinxioClientOptions>().toEqualTypeOf<ClientOptions>()
    expectTypeOf<LinxioHttpRequestOptions>().toEqualTypeOf<RequestOptions>()
    expectTypeOf<LinxioResult<User>>().toEqualTypeOf<Result<User>>()
    expectTypeOf<SessionData>().toExtend<LinxioSession>()
    expectTypeOf<Parameters<LinxioClient["auth"]["login"]>[0]>().toEqualTypeOf<LinxioLoginRequest>()
    expectTypeOf<LinxioLoginResponse>().toEqualTypeOf<LoginData>()
    expectTypeOf<Parameters<LinxioClient["auth"]["verifyOtp"]>[0]>().toEqualTypeOf<LinxioOtpVerificationRequest>()
    expectTypeOf<LinxioCurrentUser>().toEqualTypeOf<User>()
  })
})

describe("a mistake", () => {
  it("in the options does not compile", () => {
    const mistakes = [
      // @ts-expect-error an option that does not exist
      () => createClient({ colour: "blue" }),
      // @ts-expect-error text for a number
      () => createClient({ timeoutMs: "30000" }),
      // @ts-expect-error a store that cannot save
      () => createClient({ store: { load: () => null } }),
      // @ts-expect-error a policy that does not exist
      () => createClient({ retry: { attempts: 3 } }),
      // @ts-expect-error a schedule is Effect's
      () => createClient({ refresh: { schedule: {} } }),
      // @ts-expect-error text for a list of numbers
      () => createClient({ expiryWarningsMs: "7 days" })
    ]
    for (const mistake of mistakes) expect(mistake).toThrow(LinxioConfigurationError)
  })

  it("in a call does not compile", async () => {
    const { auth, ...linxio } = nowhere()
    const mistakes = [
      // @ts-expect-error no password
      () => auth.login({ email: "a@example.test" }),
      // @ts-expect-error a code is text: leading zeros count
      () => auth.verifyOtp({ email: "a@example.test", code: 12_345 }),
      // @ts-expect-error a field is a name in a list
      () => auth.me({ fields: "email" }),
      // @ts-expect-error an option that does not exist
      () => auth.refresh({ timeout: 5_000 })
    ]
    for (const mistake of mistakes) expect((await mistake()).error).toBeInstanceOf(LinxioValidationError)
    // @ts-expect-error a session is an object or null
    expect(() => linxio.setSession("a.b.c")).toThrow(LinxioValidationError)
    // @ts-expect-error a query is no list
    const query: RequestOptions["query"] = [["page", 1]]
    // @ts-expect-error nor another thing that lists what is in it
    const parameters: RequestOptions["query"] = new URLSearchParams("page=1")
    expect([query, parameters]).toHaveLength(2)
  })

  it("is not what the environment gives: undefined is taken for every option", () => {
    const { LINXIO_NOT_SET: absent } = process.env
    const options: ClientOptions = {
      token: absent,
      refreshToken: absent,
      baseUrl: absent,
      expireAt: undefined,
      store: undefined
    }
    const limits: CallOptions = { signal: undefined, timeoutMs: undefined, deadlineMs: undefined }
    expect(createClient(options).session()).toBeNull()
    expect(Object.values(limits)).toEqual([undefined, undefined, undefined])
  })
})

describe("an error", () => {
  it("narrows by instanceof and by its tag", () => {
    const use = (error: LinxioError): unknown => {
      if (error instanceof LinxioAuthenticationError) {
        expectTypeOf(error.reason).toExtend<string>()
        expectTypeOf(error.status).toEqualTypeOf<number | undefined>()
        return error.reason
      }
      if (error instanceof LinxioTimeoutError) {
        expectTypeOf<"headers" | "body" | "refresh" | "deadline">().toExtend<typeof error.phase>()
        return error.timeoutMs
      }
      return error.retryable
    }
    expect(use(new LinxioValidationError([]))).toBe(false)
  })

  it("of a result narrows in a switch by its tag, and the compiler knows every case (F-27)", () => {
    const use = (error: LinxioFailure): unknown => {
      switch (error._tag) {
        case "LinxioApiError":
          return [error.status, error.isRateLimitError, error.issues]
        case "LinxioAuthenticationError":
          return error.reason
        case "LinxioNetworkError":
          return error.code
        case "LinxioTimeoutError":
          return error.phase
        case "LinxioAbortError":
          return error.message
        case "LinxioDecodeError":
          return error.issue
        case "LinxioStoreError":
          return error.operation
        case "LinxioValidationError":
          return error.issues
        default:
          return error satisfies never
      }
    }
    expectTypeOf<Result<unknown>["error"]>().toEqualTypeOf<LinxioFailure | null>()
    expect(use(new LinxioStoreError({ operation: "save", issue: "disk full" }))).toBe("save")
  })

  it("is of one family, also at run time", () => {
    const family = [
      LinxioAbortError,
      LinxioApiError,
      LinxioAuthenticationError,
      LinxioConfigurationError,
      LinxioDecodeError,
      LinxioNetworkError,
      LinxioStoreError,
      LinxioTimeoutError,
      LinxioValidationError
    ]
    for (const member of family) {
      expect(member.prototype).toBeInstanceOf(LinxioError)
      expect(member.prototype).toBeInstanceOf(Error)
    }
    expect(LinxioTimeoutError.prototype).toBeInstanceOf(LinxioNetworkError)
  })
})

describe("the published types", () => {
  it.each(["index.d.ts", "index.d.cts"])("%s names no type of Effect and imports nothing", (file) => {
    const text = readFileSync(new URL(`../dist/${file}`, import.meta.url), "utf8")
    const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\/\/.*$/gm, "")
    expect(code).toContain("createClient")
    expect(code).not.toMatch(/\bimport\b|\brequire\b|\bfrom "|\bEffect\b|\bRedacted\b|\bLayer\b|\bSchedule\b|\bany\b/)
  })

  it("let a store answer at once or later, and an observer see every change", () => {
    const later: SessionStore = { load: async () => null, swap: async () => true }
    const atOnce: SessionStore = { load: () => undefined, swap: () => false, subscribe: () => () => undefined }
    expect([later, atOnce].map((store) => createClient({ store }).session())).toEqual([null, null])
    expectTypeOf<SessionChange["session"]>().toEqualTypeOf<SessionData | undefined>()
    expectTypeOf<SessionChange["error"]>().toEqualTypeOf<LinxioFailure | undefined>()
  })
})
