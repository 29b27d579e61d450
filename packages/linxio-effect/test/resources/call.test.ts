/** What an operation of the contract may be: what is sent for it, and how its answer is read. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { HttpClient, LinxioDecodeError, LinxioValidationError } from "linxio-effect"
import {
  file,
  type Filters,
  idBody,
  listParams,
  one,
  operation,
  page,
  params,
  perhaps
} from "linxio-effect/api/operation"
import { id, needed, record, texts } from "../../src/api/shape.ts"
import { serviceOf } from "../../src/resources/stream.ts"

interface Thing {
  readonly id: number | string
}
const thing = record<Thing>("Thing", { id: needed(id) })

const operations = {
  perhaps: operation("GET", "/perhaps", "U", perhaps(thing)),
  names: operation("GET", "/names", "U", one(texts)),
  pdf: operation("GET", "/pdf/:answerId", "U", file),
  install: operation("POST", "/sensors/:sensorId/install", "U", one(thing), idBody("deviceId")),
  report: operation("GET", "/report", "U", page(thing, "things"), { query: params<Filters>() }),
  list: operation("GET", "/things", "U", page(thing, "things"), {
    query: listParams(),
    instead: { parameter: "clientId", path: "/clients/:clientId/things", query: { role: "driver" } }
  })
}

/** The methods, on a transport that answers each request with this. */
const over = <A, E>(
  answer: () => Response,
  use: (api: ReturnType<typeof serviceOf<typeof operations>>) => Effect.Effect<A, E>
) => {
  const sent: Array<string> = []
  const http = HttpClient.layerTest({
    execute: ({ body, method, url, urlParams }) =>
      Effect.sync(() => {
        const query = urlParams.params
          .map(([name, value]) => `${name}=${typeof value === "string" ? value : ""}`)
          .join("&")
        const text = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
        sent.push([method, url, query, text].filter((part) => part !== "").join(" "))
        return answer()
      })
  })
  return Effect.map(
    Effect.provide(
      HttpClient.use((client) => Effect.exit(use(serviceOf(client, operations)))),
      http
    ),
    (exit) => ({ exit, sent })
  )
}

const failureOf = (exit: unknown): unknown =>
  (exit as { cause?: { reasons: ReadonlyArray<{ error?: unknown }> } }).cause?.reasons[0]?.error

describe("an operation", () => {
  it.effect("that may find nothing gives null for each way to say so, and a record otherwise", () =>
    Effect.gen(function* () {
      for (const body of ["{}", "[]", "null"]) {
        const { exit } = yield* over(
          () => new Response(body),
          (api) => api.perhaps()
        )
        assert.deepStrictEqual(exit._tag === "Success" ? exit.value : exit, null)
      }
      const none = yield* over(
        () => new Response(null, { status: 204 }),
        (api) => api.perhaps()
      )
      assert.deepStrictEqual(none.exit._tag === "Success" ? none.exit.value : none.exit, null)
      const found = yield* over(
        () => Response.json({ id: 1 }),
        (api) => api.perhaps()
      )
      assert.deepStrictEqual(found.exit._tag === "Success" ? found.exit.value : found.exit, { id: 1 })
      const wrong = yield* over(
        () => Response.json({ name: "x" }),
        (api) => api.perhaps()
      )
      assert.instanceOf(failureOf(wrong.exit), LinxioDecodeError)
    })
  )

  it.effect("keeps an id of 64 bits as text, and leaves texts and other numbers as they are", () =>
    Effect.gen(function* () {
      const body =
        '{"data":[{"id":9007199254740993,"at":-31.9523123456789012,"n":[12345678901234567890],"t":"a \\" 9007199254740993 "},{"id":9007199254740991}]}'
      const { exit } = yield* over(
        () => new Response(body),
        (api) => api.list()
      )
      assert.deepStrictEqual<unknown>(exit._tag === "Success" ? exit.value.data : exit, [
        { id: "9007199254740993", at: -31.9523123456789, n: ["12345678901234567890"], t: 'a " 9007199254740993 ' },
        { id: 9007199254740991 }
      ])
    })
  )

  it.effect("with texts by name takes no other values", () =>
    Effect.gen(function* () {
      const map = yield* over(
        () => Response.json({ AU: "Australia" }),
        (api) => api.names()
      )
      assert.deepStrictEqual(map.exit._tag === "Success" ? map.exit.value : map.exit, { AU: "Australia" })
      const wrong = yield* over(
        () => Response.json({ AU: 1 }),
        (api) => api.names()
      )
      assert.instanceOf(failureOf(wrong.exit), LinxioDecodeError)
    })
  )

  it.effect("that gives a file gives its bytes and its type, and no message in its place", () =>
    Effect.gen(function* () {
      const pdf = () => new Response("%PDF-1.4", { headers: { "content-type": "application/pdf" } })
      const { exit, sent } = yield* over(pdf, (api) => api.pdf("a/b"))
      const blob = exit._tag === "Success" ? exit.value : new Blob()
      assert.deepStrictEqual([blob.type, yield* Effect.promise(() => blob.text())], ["application/pdf", "%PDF-1.4"])
      assert.deepStrictEqual(sent, ["GET /pdf/a%2Fb"])
      const bytes = yield* over(pdf, (api) => Stream.runCollect(api.pdfStream(1)))
      assert.strictEqual(bytes.exit._tag === "Success" ? new TextDecoder().decode(bytes.exit.value[0]) : "", "%PDF-1.4")
      for (const answer of [
        () => Response.json({ message: "no" }),
        () => new Response("<p>", { headers: { "content-type": "text/html; charset=utf-8" } })
      ]) {
        assert.instanceOf(failureOf((yield* over(answer, (api) => api.pdf(1))).exit), LinxioDecodeError)
        assert.instanceOf(
          failureOf((yield* over(answer, (api) => Stream.runCollect(api.pdfStream(1)))).exit),
          LinxioDecodeError
        )
      }
      assert.instanceOf(
        failureOf(
          (yield* over(
            () => new Response(""),
            (api) => api.pdf(1)
          )).exit
        ),
        LinxioDecodeError
      )
    })
  )

  it.effect("whose body is one id takes the id, and refuses what can be none", () =>
    Effect.gen(function* () {
      const { sent } = yield* over(
        () => Response.json({ id: 1 }),
        (api) => api.install(7, "42")
      )
      assert.deepStrictEqual(sent, ['POST /sensors/7/install {"deviceId":"42"}'])
      const refused = yield* over(
        () => Response.json({ id: 1 }),
        (api) => Reflect.apply(api.install, api, [7, {}])
      )
      assert.instanceOf(failureOf(refused.exit), LinxioValidationError)
      assert.deepStrictEqual(refused.sent, [])
    })
  )

  it.effect("with a range refuses one that ends before it starts, whatever the offsets", () =>
    Effect.gen(function* () {
      const answer = () => Response.json({ data: [] })
      for (const range of [
        { dateFrom: "2026-01-02T00:00:00Z", dateTo: "2026-01-01T00:00:00Z" },
        { startDate: "2026-01-01T00:00:00+08:00", endDate: "2025-12-31T15:59:59Z" }
      ]) {
        const { exit, sent } = yield* over(answer, (api) => api.report(range))
        assert.instanceOf(failureOf(exit), LinxioValidationError)
        assert.deepStrictEqual(sent, [])
      }
      for (const range of [
        { dateFrom: new Date(5), dateTo: new Date(5) },
        { startDate: "2026-01-01T08:00:00+08:00", endDate: "2026-01-01T00:00:00Z" },
        { dateFrom: "2026-01-02T00:00:00Z" },
        { dateFrom: "yesterday", dateTo: "2026-01-01T00:00:00Z" }
      ]) {
        assert.lengthOf((yield* over(answer, (api) => api.report(range))).sent, 1)
      }
    })
  )

  it.effect("with another path for one parameter takes it on every page, and refuses an id that is none", () =>
    Effect.gen(function* () {
      let pages = 0
      const answer = () => Response.json({ data: [{ id: ++pages }], limit: 1, total: 2 })
      const { sent } = yield* over(answer, (api) => api.iterate({ clientId: 9, role: "admin" }))
      assert.deepStrictEqual(sent, [
        "GET /clients/9/things role=driver&page=1",
        "GET /clients/9/things role=driver&page=2"
      ])
      assert.deepStrictEqual((yield* over(answer, (api) => api.list())).sent, ["GET /things"])
      for (const clientId of ["", 0, "0", null, Number.NaN]) {
        const refused = yield* over(answer, (api) => api.list({ clientId }))
        assert.instanceOf(failureOf(refused.exit), LinxioValidationError, String(clientId))
        assert.deepStrictEqual(refused.sent, [])
      }
    })
  )
})
