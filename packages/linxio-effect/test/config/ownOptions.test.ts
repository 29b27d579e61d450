/** The options of a layer are read once, own properties only (F-28). */
import { afterEach, describe, expect, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import { Linxio, LinxioConfig } from "linxio-effect"
import { LinxioConfigurationError } from "linxio-effect/LinxioError"
import type { LinxioOptions } from "linxio-effect"

const trap = () => {
  throw new Error("s3cr3t")
}

const hostile: ReadonlyArray<[string, LinxioOptions]> = [
  ["a getter that throws", Object.defineProperty({}, "token", { enumerable: true, get: trap })],
  ["a proxy that throws", new Proxy({}, { ownKeys: trap, get: trap })],
  [
    "a policy with a getter that throws",
    { retry: Object.defineProperty({}, "retries", { enumerable: true, get: trap }) }
  ]
]

afterEach(() => void Reflect.deleteProperty(Object.prototype, "baseUrl"))

describe("the options of a layer", () => {
  it.effect.each(hostile)("%s is a LinxioConfigurationError, without what was thrown (F-28)", ([, options]) =>
    Effect.gen(function* () {
      for (const layer of [Linxio.layer(options), Linxio.layerConfig(options)]) {
        const error = yield* Effect.flip(Effect.provide(LinxioConfig, Layer.provide(layer, FetchHttpClient.layer)))
        expect(error).toBeInstanceOf(LinxioConfigurationError)
        expect(`${String(error)}${JSON.stringify(error)}`).not.toContain("s3cr3t")
      }
    })
  )

  it.effect("take nothing from Object.prototype: a base URL there does not get the tokens (F-28, I-33)", () =>
    Effect.gen(function* () {
      Object.defineProperty(Object.prototype, "baseUrl", { value: "https://elsewhere.example/api", configurable: true })
      const { baseUrl } = yield* Effect.provide(LinxioConfig, Linxio.layer({ token: "a.b.c" }))
      expect(baseUrl.href).toBe("https://api.linxio.com/api/")
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )
})
