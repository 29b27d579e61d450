// The stores as a process opens them: each resolves to what goes into `createClient({ store })`, and to what closes it.
import { fileStore } from "linxio-js/stores/file"
import { redisStore } from "linxio-js/stores/redis"

export const ddl =
  "create table if not exists linxio_session (id varchar(255) primary key, version bigint not null, record text not null)"

const openRedis = async ({ port }) => {
  const { Redis } = await import("ioredis")
  const client = new Redis({ host: "127.0.0.1", port, retryStrategy: () => 200 })
  // It connects again by itself; the store says when it could not.
  client.on("error", () => {})
  return { store: redisStore({ client }), close: () => client.disconnect() }
}

/** The store over `effect/sql`, which is a layer, as an object with promises. */
const overSql = async (sqlClient) => {
  const [Effect, Layer, ManagedRuntime, SqlSessionStore, { SessionStore }, { toPromises }] = await Promise.all([
    import("effect/Effect"),
    import("effect/Layer"),
    import("effect/ManagedRuntime"),
    import("linxio-effect/stores/SqlSessionStore"),
    import("linxio-effect"),
    import("linxio-effect/stores/promiseStore")
  ])
  const runtime = ManagedRuntime.make(Layer.provide(SqlSessionStore.layer(), sqlClient))
  return { store: await runtime.runPromise(Effect.map(SessionStore, toPromises)), close: () => runtime.dispose() }
}

const openPostgres = async ({ host, user }) => {
  const PgClient = await import("@effect/sql-pg/PgClient")
  return overSql(PgClient.layer({ host, username: user, database: "postgres", maxConnections: 2 }))
}

/** The only engine of SQLite for Node 20 that installs without a script; `effect/sql` has no driver for it, so here is one. */
const openSqlite = async ({ file }) => {
  const [Effect, Layer, Reactivity, SqlClient, Statement, { SqlError, UnknownError }, { default: Database }] =
    await Promise.all([
      import("effect/Effect"),
      import("effect/Layer"),
      import("effect/reactivity/Reactivity"),
      import("effect/sql/SqlClient"),
      import("effect/sql/Statement"),
      import("effect/sql/SqlError"),
      import("libsql")
    ])
  const database = new Database(file)
  database.exec("pragma busy_timeout = 1500")
  const execute = (sql, params) =>
    Effect.try({
      try: () => database.prepare(sql).all(...params),
      catch: (cause) => new SqlError({ reason: new UnknownError({ cause, message: String(cause) }) })
    })
  const client = SqlClient.make({
    acquirer: Effect.succeed({ execute, executeRaw: execute, executeUnprepared: execute }),
    compiler: Statement.makeCompilerSqlite(),
    driver: "libsql",
    spanAttributes: []
  })
  const { close, store } = await overSql(Layer.provide(Layer.effect(SqlClient.SqlClient, client), Reactivity.layer))
  return { store, close: () => close().finally(() => database.close()) }
}

const kinds = {
  file: async ({ directory }) => ({ store: fileStore({ directory }), close: () => {} }),
  redis: openRedis,
  postgres: openPostgres,
  sqlite: openSqlite
}

/** Opens the store of an engine of engines.mjs. */
export const openStore = ({ kind, ...where }) => kinds[kind](where)
