/** Clients of `effect/sql` on engines that run in this process, Postgres as PGlite and SQLite as sql.js, and on a server of MariaDB. */
import { PGlite } from "@electric-sql/pglite"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { SqlError, UnknownError } from "effect/sql/SqlError"
import * as Statement from "effect/sql/Statement"
import * as Stream from "effect/Stream"
import * as Reactivity from "effect/reactivity/Reactivity"
import { createConnection, createPool } from "mysql2/promise"
import initSqlJs from "sql.js"

type Query = (sql: string, params: ReadonlyArray<unknown>) => Promise<ReadonlyArray<Record<string, unknown>>>

const clientOf = (query: Query, compiler: Statement.Compiler, raw: Query = query) => {
  const run = (ask: Query) => (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.tryPromise({
      try: () => ask(sql, params),
      catch: (cause) => new SqlError({ reason: new UnknownError({ cause, message: String(cause) }) })
    })
  const values = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.map(run(query)(sql, params), (rows) => rows.map((row) => Object.values(row)))
  const connection: Connection = {
    execute: run(query),
    executeRaw: run(raw),
    executeUnprepared: run(query),
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: () => Stream.empty
  }
  const made = SqlClient.make({ acquirer: Effect.succeed(connection), compiler, driver: "test", spanAttributes: [] })
  return Layer.provide(Layer.effect(SqlClient.SqlClient, made), Reactivity.layer)
}

const broken = Effect.fail(
  new SqlError({ reason: new UnknownError({ cause: undefined, message: "the transaction is over" }) })
)

/** A connection on which every statement fails. */
export const brokenConnection: Connection = {
  execute: () => broken,
  executeRaw: () => broken,
  executeUnprepared: () => broken,
  executeValues: () => broken,
  executeValuesUnprepared: () => broken,
  executeStream: () => Stream.fromEffect(broken)
}

const nothing = (): readonly [string, ReadonlyArray<unknown>] => ["", []]

const compilerOf = (dialect: "mysql" | "pg", quote: string, placeholder: (index: number) => string) => {
  let index = 0
  return Statement.makeCompiler({
    dialect,
    placeholder: () => placeholder(++index),
    onIdentifier: Statement.defaultEscape(quote),
    onRecordUpdate: nothing,
    onCustom: nothing
  })
}

/** Postgres itself, compiled for this process. */
export const postgres = async (ddl: string) => {
  const database = new PGlite()
  await database.exec(ddl)
  // Parameters of each statement count from one.
  const query: Query = async (sql, params) => {
    let index = 0
    const numbered = sql.replace(/\$\d+/g, () => `$${++index}`)
    return (await database.query<Record<string, unknown>>(numbered, [...params])).rows
  }
  return clientOf(
    query,
    compilerOf("pg", '"', (at) => `$${at}`)
  )
}

/** SQLite itself, compiled for this process. */
export const sqlite = async (ddl: string) => {
  const { Database } = await initSqlJs()
  const database = new Database()
  database.run(ddl)
  const query: Query = async (sql, params) => {
    const statement = database.prepare(sql)
    statement.bind(params as Array<string | number>)
    const rows: Array<Record<string, unknown>> = []
    while (statement.step()) rows.push(statement.getAsObject())
    statement.free()
    return rows
  }
  return clientOf(query, Statement.makeCompilerSqlite())
}

/** MariaDB, which speaks the dialect of MySQL, with the driver that `@effect/sql-mysql2` stands on. `close` ends its connections. */
export const mariadb = async (socketPath: string, ddl: string) => {
  const setup = await createConnection({ socketPath, user: "root" })
  await setup.query("create database linxio")
  await setup.end()
  const pool = createPool({ socketPath, user: "root", database: "linxio" })
  await pool.query(ddl)
  const ask: Query = async (sql, params) =>
    (await pool.query(sql, [...params]))[0] as unknown as ReadonlyArray<Record<string, unknown>>
  const client = clientOf(
    ask,
    compilerOf("mysql", "`", () => "?")
  )
  return { client, close: () => pool.end() }
}

/** No engine: what a driver of MySQL is sent, with the number of changed rows that it answers. */
export const mysql = (sent: Array<string>, affectedRows: number) =>
  clientOf(
    async (sql) => (sent.push(sql), []),
    compilerOf("mysql", "`", () => "?"),
    async (sql) => (sent.push(sql), { affectedRows } as unknown as ReadonlyArray<Record<string, unknown>>)
  )

/** A client on which every statement fails. */
export const brokenClient = () =>
  clientOf(
    () => Promise.reject(new Error("the connection is over")),
    compilerOf("pg", '"', (at) => `$${at}`)
  )
