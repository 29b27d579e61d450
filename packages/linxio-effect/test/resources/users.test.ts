/** The operations on users: what each sends, and what it makes of what it may get. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { LinxioDecodeError, LinxioValidationError, Users, type UsersService } from "linxio-effect"
import { users as operations } from "linxio-effect/api/users"
import { answering } from "../support/answering.ts"

type Call = (users: UsersService) => Effect.Effect<unknown, unknown>

const using = <A, E>(http: ReturnType<typeof answering>["http"], use: (users: UsersService) => Effect.Effect<A, E>) =>
  Users.use(use).pipe(Effect.provide(Layer.provide(Users.layer(), http)))

const calls: ReadonlyArray<readonly [string, Call]> = [
  [
    "GET /users fields[]=id&fields[]=email&limit=5&page=2&sort=email&role=driver&status=active",
    (users) =>
      users.list({ fields: ["id", "email"], limit: 5, page: 2, sort: "email", role: "driver", status: "active" })
  ],
  ["GET /users/36421", (users) => users.get("36421")],
  [
    'POST /users {"firstName":"Ada","lastName":"Lovelace","email":"a@b.c","roleId":3}',
    (users) => users.create({ firstName: "Ada", lastName: "Lovelace", email: "a@b.c", roleId: 3 })
  ],
  ['PATCH /users/a%2Fb {"phone":"1"}', (users) => users.update("a/b", { phone: "1" })],
  ["PATCH /users/1/archive {}", (users) => users.archive(1)],
  ["PATCH /users/1/restore {}", (users) => users.restore(1)]
]

describe("Users", () => {
  it.effect.each(calls)("sends %s", ([sent, call]) =>
    Effect.gen(function* () {
      const { asked, http } = answering({ data: [] })
      yield* using(http, call)
      assert.deepStrictEqual(asked, [sent])
    })
  )

  it("are retried after a change only where twice is the same as once", () => {
    const names = Object.entries(operations).flatMap(([name, { idempotent }]: [string, { idempotent?: boolean }]) =>
      idempotent === true ? name : []
    )
    assert.deepStrictEqual(names, ["archive", "restore"])
  })

  it.effect("read a role that is a text or an object, ids that are texts, and keep what they do not know (C-1)", () =>
    Effect.gen(function* () {
      const records = [
        { id: "36421", name: "Ada", surname: null, role: "driver", status: "new word", extra: [1] },
        { id: 2, role: { id: "3", name: "driver", displayName: null, more: true } },
        { id: 3, role: null },
        { id: 4, role: [] },
        { id: 5, role: 7 },
        { id: {} }
      ]
      for (const body of [
        records,
        { data: records, page: "1", limit: null, total: "6" },
        { result: { users: records } }
      ]) {
        const { data, meta } = yield* using(answering(body).http, (users) => users.list())
        assert.deepStrictEqual<unknown>(data, [...records.slice(0, 3), { id: 4, role: {} }])
        assert.deepStrictEqual(
          meta.invalid?.map(({ index }) => index),
          [4, 5]
        )
      }
    })
  )

  it.effect("keep a user with exactly one array, and refuse an answer that is none (B-1)", () =>
    Effect.gen(function* () {
      const user = { permissions: ["a"] }
      assert.deepStrictEqual(yield* using(answering(user).http, (users) => users.get(1)), user)
      const wrong = answering([{ id: 1 }]).http
      assert.instanceOf(yield* Effect.flip(using(wrong, (users) => users.get(1))), LinxioDecodeError)
    })
  )

  it.effect("stream all pages with the same filters", () =>
    Effect.gen(function* () {
      const page = (id: number) => ({ data: [{ id }], limit: 1, total: 2 })
      const { asked, http } = answering(page(1), page(2))
      const all = yield* using(http, (users) => Stream.runCollect(users.stream({ role: "driver" })))
      assert.deepStrictEqual(all, [{ id: 1 }, { id: 2 }])
      assert.deepStrictEqual(asked, ["GET /users role=driver&page=1", "GET /users role=driver&page=2"])
    })
  )

  it.effect("refuse ids and payloads that can be none, before anything is sent", () =>
    Effect.gen(function* () {
      const { asked, http } = answering({})
      const wrong: ReadonlyArray<Call> = [
        (users) => users.get(""),
        (users) => users.update("..", {}),
        (users) => users.create([] as never),
        (users) => users.create({ email: 5 as never }),
        (users) => users.create({ roleId: {} as never }),
        (users) => users.archive(Number.NaN)
      ]
      for (const call of wrong) assert.instanceOf(yield* Effect.flip(using(http, call)), LinxioValidationError)
      assert.deepStrictEqual(asked, [])
    })
  )
})
