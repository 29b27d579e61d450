/** The store in a table, on Postgres and SQLite themselves, and on MariaDB where it is installed; of MySQL, the statements. */
import { assert } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { SqlClient } from "effect/sql/SqlClient"
import { SessionStore } from "linxio-effect"
import { type SessionStore as PromiseStore, toPromises } from "linxio-effect/stores/promiseStore"
import * as SqlSessionStore from "linxio-effect/stores/SqlSessionStore"
import { afterAll, beforeAll, describe, it } from "vitest"
import { conforms } from "../support/conforms.ts"
import { mariadbServer, type Server, startMariadb } from "../support/servers.ts"
import { brokenClient, brokenConnection, mariadb, mysql, postgres, sqlite } from "../support/sqlClients.ts"

const ddl = "create table linxio_session (id varchar(255) primary key, version bigint not null, record text not null)"
const next = { version: 1, epoch: 1, session: null, lease: null }

const storeOf = (client: Layer.Layer<SqlClient>, options: SqlSessionStore.SqlSessionStoreOptions = {}) =>
  ManagedRuntime.make(Layer.provide(SqlSessionStore.layer(options), client)).runPromise(
    Effect.map(SessionStore, toPromises)
  )

for (const [name, connect] of [
  ["Postgres", postgres],
  ["SQLite", sqlite]
] as const) {
  describe(`SqlSessionStore on ${name}`, () => {
    const client = connect(ddl)
    const open = async (id: string): Promise<PromiseStore> => storeOf(await client, { id })
    conforms(open)

    it("writes outside of a transaction of the caller, which may be rolled back after Linxio replaced the tokens (S-1)", async () => {
      const inTransaction = Effect.gen(function* () {
        const sql = yield* SqlClient
        const store = yield* SessionStore
        // The connection of a transaction that has failed already: whoever uses it fails as well.
        const failing = Context.add(Context.empty(), sql.transactionService, [brokenConnection, 0])
        return yield* Effect.provideContext(
          Effect.andThen(store.swap(next, 0), store.load),
          failing as Context.Context<never>
        )
      })
      const layer = Layer.provideMerge(SqlSessionStore.layer({ id: "outside" }), await client)
      assert.deepStrictEqual(await ManagedRuntime.make(layer).runPromise(inTransaction), next)
    })

    it("shows how to create a table that is missing", async () => saysHowToCreate(await client))
  })
}

describe.skipIf(!mariadbServer)("SqlSessionStore on MariaDB (skipped where mariadb-server is not installed)", () => {
  let opened: { server: Server; client: Layer.Layer<SqlClient>; close: () => Promise<void> } | undefined
  const client = () => opened?.client ?? mysql([], 0)
  beforeAll(async () => {
    const server = await startMariadb(mariadbServer ?? "")
    opened = { server, ...(await mariadb(server.path, ddl)) }
  })
  afterAll(async () => {
    await opened?.close()
    await opened?.server.stop()
  })
  conforms((id) => storeOf(client(), { id }))

  it("shows how to create a table that is missing", async () => saysHowToCreate(client()))

  it("refuses a record that is too long for its column, and keeps no part of it", async () => {
    const store = await storeOf(client(), { id: "too-long" })
    const long = { ...next, session: { token: "t".repeat(70_000) } }
    const failure = await Promise.resolve(store.swap(long, 0)).catch((error: unknown) => error)
    assert.include(failure, { _tag: "LinxioStoreError", operation: "save" })
    assert.isNull(await store.load())
  })
})

const failureOf = async (store: PromiseStore) => {
  const failure = await Promise.resolve(store.load()).catch((error: unknown) => error)
  assert.include(failure, { _tag: "LinxioStoreError", operation: "load" })
  return String(failure)
}

const saysHowToCreate = async (client: Layer.Layer<SqlClient>) =>
  assert.include(
    await failureOf(await storeOf(client, { table: "nowhere" })),
    "Create the table: create table nowhere (id varchar(255) primary key"
  )

describe("SqlSessionStore", () => {
  it("does not speak of its table when something else is wrong", async () => {
    const failure = await failureOf(await storeOf(brokenClient()))
    assert.include(failure, "the connection is over")
    assert.notInclude(failure, "create table")
  })

  it("keeps the options that say how to treat it when it is slow or down", async () => {
    const store = await storeOf(brokenClient(), { timeoutMs: 500, onOutage: "waitForStore" })
    assert.include(store, { timeoutMs: 500, onOutage: "waitForStore" })
  })
})

describe("SqlSessionStore on MySQL", () => {
  it("tells by the number of changed rows whether it has written", async () => {
    const sent: Array<string> = []
    const changed = await storeOf(mysql(sent, 1))
    assert.isTrue(await changed.swap(next, 0))
    assert.isTrue(await changed.swap(next, 4))
    assert.deepStrictEqual(sent, [
      "insert into `linxio_session` (id, version, record) values (?, ?, ?)",
      "update `linxio_session` set version = ?, record = ? where id = ? and version = ?"
    ])
    assert.isFalse(await (await storeOf(mysql([], 0))).swap(next, 4))
  })
})
