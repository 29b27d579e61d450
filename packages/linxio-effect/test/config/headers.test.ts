/** The headers of all requests of a client (F-32). */
import { describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { Linxio, LinxioConfig } from "linxio-effect"
import { LinxioConfigurationError } from "linxio-effect/LinxioError"
import type { LinxioOptions } from "linxio-effect"

const settingsOf = (options: LinxioOptions) =>
  Effect.provide(LinxioConfig, Layer.provide(Linxio.layer(options), FetchHttpClient.layer))

describe("the headers of a client", () => {
  for (const name of ["Authorization", "Cookie", "Content-Type", "Host", "Idempotency-Key"]) {
    it.effect(`hold no ${name}: the bearer, one request or the connection decide it (F-32, I-33)`, () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(settingsOf({ headers: { [name]: "s3cr3t" } }))
        expect(error).toBeInstanceOf(LinxioConfigurationError)
        expect(String(error)).toContain(name.toLowerCase())
        expect(String(error)).not.toContain("s3cr3t")
      })
    )
  }

  it.effect("are not printed with the settings: one may be the key of a gateway (F-32, I-32)", () =>
    Effect.gen(function* () {
      const settings = yield* settingsOf({ headers: { "x-api-key": "s3cr3t" } })
      expect(JSON.stringify([settings, settings.headers])).not.toContain("s3cr3t")
    })
  )
})
