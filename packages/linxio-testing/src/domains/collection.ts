/** What the domains have in common: a kind of records that is listed, read, created, changed, archived and deleted. */
import * as Effect from "effect/Effect"
import type { CollectionName, SeededRecord } from "../Options.ts"
import type { StateCell } from "../state/serverState.ts"
import type { Refusal } from "../wire/answer.ts"
import { reject } from "../wire/answer.ts"
import { type ListQuery, paged } from "./lists.ts"

/** As the public documentation has it for vehicles. */
export const mostOnAPage = 100

/** A time as Linxio writes it, in whole seconds. */
export const iso = (millis: number): string => `${new Date(millis).toISOString().slice(0, 19)}+00:00`

interface Read {
  readonly state: StateCell
}

interface Named extends Read {
  readonly params: Readonly<Record<string, string>>
}

interface Write {
  readonly now: number
  readonly payload: object
}

/** The record with the changes: what is undefined is not changed. */
export const merged = (id: number | string, ...parts: ReadonlyArray<object>): SeededRecord => ({
  ...Object.fromEntries(parts.flatMap((part) => Object.entries(part)).filter(([, value]) => value !== undefined)),
  id
})

/** One more than the highest id that is a number. */
export const nextId = (records: ReadonlyArray<SeededRecord>): number =>
  records.reduce((highest, { id }) => Math.max(highest, Number(id) || 0), 0) + 1

/** The handlers of a kind of records. `label` is its name in messages, `id` the name of the id in the path. */
export const collection = (name: CollectionName, label: string, id: string) => {
  const all = ({ current }: StateCell): ReadonlyArray<SeededRecord> => current.records[name]

  const set = (state: StateCell, records: ReadonlyArray<SeededRecord>): void =>
    state.update((before) => ({ ...before, records: { ...before.records, [name]: records } }))

  const find = (call: Named): Effect.Effect<SeededRecord, Refusal> => {
    const record = all(call.state).find((each) => String(each.id) === call.params[id])
    return record ? Effect.succeed(record) : Effect.fail(reject(404, `${label} not found.`))
  }

  const put = (state: StateCell, record: SeededRecord): SeededRecord => {
    const records = all(state)
    const isNew = !records.some((each) => each.id === record.id)
    set(state, isNew ? [...records, record] : records.map((each) => (each.id === record.id ? record : each)))
    return record
  }

  const change = (call: Named & { readonly now: number }, changes: object): Effect.Effect<SeededRecord, Refusal> =>
    Effect.map(find(call), (record) =>
      put(call.state, merged(record.id, record, changes, { updatedAt: iso(call.now) }))
    )

  return {
    /** All records. */
    all,
    /** The record with the id in the path, or 404. */
    find,
    /** Adds or replaces a record. */
    put,
    /** Changes the record with the id in the path. */
    change,
    /** A page. */
    list: ({ query, state }: Read & { readonly query: ListQuery }) => paged(all(state), query, mostOnAPage),
    /** All records on one page. */
    listAll: ({ state }: Read) => Effect.sync(() => ({ data: all(state), total: all(state).length })),
    /** Creates a record with the next free id. */
    create: ({ now, payload, state }: Read & Write, more: object = {}) =>
      Effect.sync(() => {
        return put(state, merged(nextId(all(state)), more, payload, { createdAt: iso(now) }))
      }),
    /** Changes what the payload has. */
    update: (call: Named & Write) => change(call, call.payload),
    /** Archives or restores. */
    withStatus: (status: string) => (call: Named & { readonly now: number }) => Effect.asVoid(change(call, { status })),
    /** Deletes for good. */
    remove: (call: Named) =>
      Effect.map(find(call), (record) =>
        set(
          call.state,
          all(call.state).filter((each) => each.id !== record.id)
        )
      )
  }
}
