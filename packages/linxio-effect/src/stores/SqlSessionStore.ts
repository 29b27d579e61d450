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
 *
 * On MySQL and MariaDB its character set has to be `utf8mb4`, which is the default of MySQL 8. The statements are tested on Postgres, SQLite and
 * MariaDB, on MySQL itself they are not.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import { storeFailed } from "../errors/words.ts"
import { LinxioStoreError } from "../LinxioError.ts"
import { type OutageOptions, SessionStore, type SessionStoreService } from "./SessionStore.ts"
import type { StoredRecord } from "./StoredRecord.ts"

/** Which row of which table holds the session. */
export interface SqlSessionStoreOptions extends OutageOptions {
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
  { id = "default", onOutage, table = "linxio_session", timeoutMs }: SqlSessionStoreOptions
): SessionStoreService => {
  const into = sql(table)
  const failed = (operation: LinxioStoreError["operation"]) => (error: SqlError) => {
    const { cause, issue } = storeFailed(operation, error)
    const remedy = isMissingTable(error) ? `. Create the table: ${ddlOf(table)}` : ""
    return new LinxioStoreError({ operation, issue: `${issue}${remedy}`, cause })
  }

  const insert = (next: StoredRecord) => {
    const row = sql`insert into ${into} (id, version, record) values (${id}, ${next.version}, ${JSON.stringify(next)})`
    return sql.onDialectOrElse({
      // Not `insert ignore`, which also ignores that a record is too long for its column, and cuts it.
      mysql: () => Effect.catchIf(row.raw, isDuplicate, () => Effect.succeed(nothing)),
      orElse: () => sql`${row} on conflict do nothing returning id`
    })
  }

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
      ),
    timeoutMs,
    onOutage
  }
}

const ddlOf = (table: string): string =>
  `create table ${table} (id varchar(255) primary key, version bigint not null, record text not null)`

/** As Postgres, MySQL and SQLite say it; SQLite has no code of its own for it. */
const isMissingTable = (error: SqlError): boolean =>
  partsOf(error).some(
    ({ code, message }) => code === "42P01" || code === "ER_NO_SUCH_TABLE" || String(message).includes("no such table")
  )

const isDuplicate = (error: SqlError): boolean =>
  partsOf(error).some(({ _tag, code }) => _tag === "UniqueViolation" || code === "ER_DUP_ENTRY")

/** The error, its reason, and the error of the driver; no driver nests deeper than this. */
const partsOf = (error: unknown, depth = 5): ReadonlyArray<Record<string, unknown>> => {
  if (error === null || typeof error !== "object" || depth === 0) return []
  const part = error as Record<string, unknown>
  return [part, ...partsOf(part["reason"] ?? part["cause"], depth - 1)]
}

const nothing: ReadonlyArray<unknown> = []

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
      new LinxioStoreError({
        operation: "load",
        issue: `the row of ${table} holds no JSON; it was left as it is: remove it if it is of no use`
      })
  })
