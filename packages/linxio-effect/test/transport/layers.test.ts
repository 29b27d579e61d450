/** The transports as layers of an Effect program: each sends what Effect can describe, and says by what it is known. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as EffectHttpClient from "effect/http/HttpClient"
import * as HttpBody from "effect/http/HttpBody"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { HttpClient, LinxioConfigurationError, Transport } from "linxio-effect"
import { layerEffect } from "linxio-effect/transport/effect"
import { layerFetch } from "linxio-effect/transport/fetch"
import { layerNode } from "linxio-effect/transport/node"
import { layerRuntime } from "linxio-effect/transport/runtime"
import { describe, expect, it } from "vitest"
import { bodyOf, names, run, serve } from "./loopback.ts"

const identityOf = (layer: Layer.Layer<Transport, LinxioConfigurationError>): Promise<object> =>
  Effect.runPromise(
    Effect.scoped(Effect.map(Layer.build(layer), (context) => Context.get(context, Transport).identity))
  )

describe.each(names)("%s", (name) => {
  it("sends a request with its token and gives its answer", async () => {
    const server = await serve((request, response) =>
      response.end(JSON.stringify({ path: request.url, signedBy: request.headers.authorization }))
    )
    const get = HttpClient.use((http) => Effect.flatMap(http.get("/vehicles/count"), (response) => response.json))
    expect(await run(name, server, get)).toEqual({ path: "/api/vehicles/count", signedBy: "Bearer a.b.c" })
  })

  it("sends the bytes that were given, at a retry as well, whatever their owner does meanwhile (F-1)", async () => {
    const sent: Array<string> = []
    const bytes = new TextEncoder().encode("as given")
    const server = await serve(
      (request, response) =>
        void bodyOf(request).then((body) => {
          sent.push(body.toString())
          if (sent.length === 1) structuredClone(bytes.buffer, { transfer: [bytes.buffer] })
          response.writeHead(sent.length === 1 ? 503 : 200).end()
        })
    )
    const put = HttpClient.use((http) => http.put("/x", { body: HttpBody.uint8Array(bytes) }))
    await run(name, server, put, { retry: { retries: 1, delayMs: 0 } })
    expect(sent).toEqual(["as given", "as given"])
  })

  it("sends bytes, forms and Effect streams", async () => {
    const server = await serve(
      (request, response) =>
        void bodyOf(request).then((body) => response.end(JSON.stringify({ body: body.toString("latin1") })))
    )
    const form = new FormData()
    form.append("name", "value")
    const bodies = [
      HttpBody.text("as text"),
      HttpBody.formData(form),
      HttpBody.stream(Stream.make(new TextEncoder().encode("as "), new TextEncoder().encode("a stream")))
    ]
    const sent = await run(
      name,
      server,
      HttpClient.use((http) =>
        Effect.forEach(bodies, (body) => Effect.flatMap(http.post("/x", { body }), (response) => response.text))
      )
    )
    expect(sent[0]).toContain("as text")
    expect(sent[1]).toContain('name=\\"name\\"')
    expect(sent[2]).toContain("as a stream")
  })
})

describe("which transport it is", () => {
  it("two layers on the same fetch, HttpClient or node:http are one transport (I-1)", async () => {
    const client = await Effect.runPromise(Effect.provide(EffectHttpClient.HttpClient, FetchHttpClient.layer))
    const onClient = () => Layer.provide(layerEffect(), Layer.succeed(EffectHttpClient.HttpClient, client))
    for (const layer of [onClient, layerFetch, layerNode, layerRuntime]) {
      expect(await identityOf(layer())).toBe(await identityOf(layer()))
    }
  })

  it("two layers on different fetches are two (I-1)", async () => {
    const other: typeof fetch = (input, init) => fetch(input, init)
    expect(await identityOf(layerFetch({ fetch }))).toBe(await identityOf(layerRuntime({ fetch })))
    expect(await identityOf(layerFetch({ fetch }))).not.toBe(await identityOf(layerFetch({ fetch: other })))
  })

  it("without Node's modules there is no transport on node:http", async () => {
    const own = Reflect.get(process, "getBuiltinModule")
    Reflect.set(process, "getBuiltinModule", undefined)
    const failure = await Effect.runPromise(Effect.flip(Effect.scoped(Layer.build(layerNode()))))
    Reflect.set(process, "getBuiltinModule", own)
    expect(failure).toBeInstanceOf(LinxioConfigurationError)
    expect(failure.message).toContain("needs Node")
  })
})
