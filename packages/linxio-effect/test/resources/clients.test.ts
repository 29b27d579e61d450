/** The operations on client accounts: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Clients, type ClientsService, LinxioValidationError } from "linxio-effect"
import { answering } from "../support/answering.ts"

type Call = (clients: ClientsService) => Effect.Effect<unknown, unknown>

const using = <A, E>(
  http: ReturnType<typeof answering>["http"],
  use: (clients: ClientsService) => Effect.Effect<A, E>
) => Clients.use(use).pipe(Effect.provide(Layer.provide(Clients.layer(), http)))

const calls: ReadonlyArray<readonly [string, Call]> = [
  [
    "GET /clients/json fields[]=id&limit=5&sort=name",
    (clients) => clients.list({ fields: ["id"], limit: 5, sort: "name" })
  ],
  ["GET /clients/12", (clients) => clients.get("12")],
  [
    "GET /clients/12/users fields[]=fullName&role=driver",
    (clients) => clients.listUsers(12, { fields: ["fullName"], role: "driver" })
  ],
  ["GET /clients/a%2Fb/users/c%3Fd", (clients) => clients.getUser("a/b", "c?d")],
  ['POST /clients/12/users {"firstName":"Ada"}', (clients) => clients.createUser(12, { firstName: "Ada" })],
  ['POST /clients/12/users/34 {"lastName":"L"}', (clients) => clients.updateUser(12, "34", { lastName: "L" })]
]

describe("Clients", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it.effect("read a time zone as an id, number or text, from every envelope of a list", () =>
    Effect.gen(function* () {
      const records = [
        { id: "1", name: null, timezone: "12", extra: {} },
        { id: 2, timezone: 12 }
      ]
      for (const body of [records, { data: records }, { result: { clients: records } }, { clients: records }]) {
        assert.deepStrictEqual((yield* using(answering(body).http, (clients) => clients.list())).data, records)
      }
      const broken = yield* using(answering([{ id: 1, timezone: {} }]).http, (clients) => clients.list())
      assert.deepStrictEqual(broken.meta.invalid, [
        { index: 0, issue: "[0].timezone should be an id, and is of type object" }
      ])
    })
  )

  it.effect("walk the users and the accounts page by page", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ result: { users: [{ id }], limit: "1" }, meta: { total: "2" } })
      const { asked, http } = answering(page(1), page(2))
      const ids = yield* using(http, (clients) => Stream.runCollect(clients.streamUsers(7, { role: "driver" })))
      assert.deepStrictEqual(ids, [{ id: 1 }, { id: 2 }])
      assert.deepStrictEqual(asked, [
        "GET /clients/7/users role=driver&page=1",
        "GET /clients/7/users role=driver&page=2"
      ])
      const accounts = answering({ data: [{ id: 1 }], limit: 1, total: 2 }, { data: [{ id: 2 }], limit: 1, total: 2 })
      assert.lengthOf((yield* using(accounts.http, (clients) => clients.iterate())).data, 2)
    })
  )

  it.effect("refuse ids and payloads that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<Call> = [
        (clients) => clients.get(" "),
        (clients) => clients.listUsers(null as never),
        (clients) => clients.getUser(1, ".."),
        (clients) => clients.createUser(1, { firstName: 7 as never }),
        (clients) => clients.updateUser(1, {} as never, {}),
        (clients) => Stream.runCollect(clients.streamUsers("", {}))
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
