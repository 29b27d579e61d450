/**
 * A session in a table, over `effect/sql`: Postgres, SQLite and MySQL. The update names the version that it expects, so that of two writers one
 * changes a row and the other none.
 *
 * The statements never join a transaction of the caller: others would not see the lease, and a rollback would take back tokens that Linxio has
 * replaced. A client with one connection only, such as that of SQLite, cannot serve both: a call inside a transaction then finds the store busy,
 * until `timeoutMs`.
 *
 * The table, for all three:
 *
 * ```sql
 * create table linxio_session (id varchar(255) primary key, version bigint not null, record text not null)
 * ```
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { LinxioStoreError } from "../LinxioError.ts"
import { SessionStore, type SessionStoreService } from "./SessionStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** Which row of which table holds the session. */
export interface SqlSessionStoreOptions {
  /** The table; see the module's comment for its columns. @default "linxio_session" */
  readonly table?: string | undefined
  /** The key of the row: one for each Linxio user. @default "default" */
  readonly id?: string | undefined
}

/**
 * The store as a layer, on the `SqlClient` of the application.
 *
 * @example
 * ```ts
 * import * as Layer from "effect/Layer"
 * import { Linxio } from "linxio-effect"
 * import * as SqlSessionStore from "linxio-effect/stores/SqlSessionStore"
 *
 * const worker = Linxio.layerNoStore().pipe(Layer.provide(SqlSessionStore.layer({ table: "linxio_session" })))
 * ```
 */
export const layer = (options: SqlSessionStoreOptions = {}): Layer.Layer<SessionStore, never, SqlClient.SqlClient> =>
  Layer.effect(
    SessionStore,
    Effect.map(SqlClient.SqlClient, (sql) => make(sql, options))
  )

const make = (
  sql: SqlClient.SqlClient,
  { id = "default", table = "linxio_session" }: SqlSessionStoreOptions
): SessionStoreService => {
  const into = sql(table)
  const failed = (operation: LinxioStoreError["operation"]) => (cause: SqlError) =>
    new LinxioStoreError({
      operation,
      issue: `${cause.message}. The table is: create table ${table} (id varchar(255) primary key, version bigint not null, record text not null)`,
      cause
    })

  const insert = (next: StoredRecord) =>
    sql.onDialectOrElse({
      mysql: () =>
        sql`insert ignore into ${into} (id, version, record) values (${id}, ${next.version}, ${JSON.stringify(next)})`
          .raw,
      orElse: () =>
        sql`insert into ${into} (id, version, record) values (${id}, ${next.version}, ${JSON.stringify(next)}) on conflict do nothing returning id`
    })

  const update = (next: StoredRecord, expected: number) => {
    const set = sql`update ${into} set version = ${next.version}, record = ${JSON.stringify(next)} where id = ${id} and version = ${expected}`
    return sql.onDialectOrElse({ mysql: () => set.raw, orElse: () => sql`${set} returning id` })
  }

  const outside = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    Effect.updateContext(effect, (context: Context.Context<never>) => Context.omit(sql.transactionService)(context))

  const select = Effect.mapError(
    sql<{ readonly record: string }>`select record from ${into} where id = ${id}`,
    failed("load")
  )

  return {
    load: Effect.flatMap(outside(select), ([row]) =>
      row === undefined ? Effect.succeed(null) : parse(row.record, table)
    ),
    swap: (next, expected) =>
      Effect.map(
        Effect.mapError(outside(expected === 0 ? insert(next) : update(next, expected)), failed("save")),
        hasWritten
      )
  }
}

/** The returned rows, or the result of a statement from a MySQL driver. */
const hasWritten = (result: unknown): boolean => {
  if (Array.isArray(result))
    return result.some((part) => part !== null && typeof part === "object" && affected(part) !== 0)
  return result !== null && typeof result === "object" && (affected(result) ?? 0) > 0
}

const affected = (result: object): number | undefined => {
  const count: unknown = "affectedRows" in result ? result.affectedRows : undefined
  return typeof count === "number" ? count : undefined
}

const parse = (text: string, table: string): Effect.Effect<StoredRecord, LinxioStoreError> =>
  Effect.try({
    try: (): StoredRecord => JSON.parse(text),
    catch: () =>
      new LinxioStoreError({ operation: "load", issue: `the row of ${table} holds no JSON; it was left as it is` })
  })
