/** Times as Linxio writes them and as callers give them: what can be read is read, everything else is unknown. */
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { refresh, verifyOtp } from "linxio-effect/api/auth"
import type { RefreshReply } from "linxio-effect/api/auth"
import { schemaOf } from "../../src/api/schemaOf.ts"
import { read, type Shape } from "../../src/api/shape.ts"
import { isTime, latestTime, textOf, timeOf } from "../../src/api/time.ts"

const moment = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: latestTime })))
const offsetMinutes = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: -14 * 60, maximum: 14 * 60 })))
const runs = 500

const check = <A>(arbitrary: Arbitrary.Arbitrary<A>, property: (value: A) => void) =>
  Effect.gen(function* () {
    const holds = (value: A) => Effect.as(Effect.try({ try: () => property(value), catch: String }), true)
    const result = yield* Arbitrary.checkEffect(arbitrary, holds, { runs })
    assert.strictEqual(result._tag, "Passed", Arbitrary.formatCheckFailure(result))
  })

const two = (value: number) => String(Math.trunc(value)).padStart(2, "0")

/** The same moment in the ways that ISO-8601 allows, the offset left out where it is UTC. */
const waysToWrite = (time: number, offset: number): ReadonlyArray<string> => {
  const local = new Date(time + offset * 60_000).toISOString()
  if (local.length !== 24 || time + offset * 60_000 < 0) return []
  const [date, clock = ""] = local.slice(0, -1).split("T")
  const hours = `${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}`
  const zones = [
    `${hours}:${two(Math.abs(offset) % 60)}`,
    `${hours}${two(Math.abs(offset) % 60)}`,
    ...(offset % 60 === 0 ? [hours] : []),
    ...(offset === 0 ? ["", "Z", "z", " UTC", " GMT"] : [])
  ]
  return zones.flatMap((zone) => [`${date}T${clock}${zone}`, `${date} ${clock}${zone}`, `${date}T${clock}999${zone}`])
}

describe("a time", () => {
  it.effect("is the same moment however ISO-8601 writes it, and UTC without an offset (F-3)", () =>
    check(Arbitrary.all([moment, offsetMinutes]), ([time, offset]) => {
      for (const text of [...waysToWrite(time, offset), ...waysToWrite(time, 0)]) {
        assert.strictEqual(timeOf(text), time, text)
      }
    })
  )

  it.effect("is what Date and toISOString say", () =>
    check(moment, (time) => {
      assert.strictEqual(timeOf(time), time)
      assert.strictEqual(timeOf(new Date(time)), time)
      assert.strictEqual(timeOf(textOf(new Date(time))), time)
      assert.strictEqual(timeOf(new Date(time).toUTCString()), Math.trunc(time / 1000) * 1000)
    })
  )

  it.effect("is in the range of times or unknown, whatever is read, and nothing throws (F-13)", () =>
    check(Arbitrary.schema(Schema.Union([Schema.String, Schema.Number, Schema.Json])), (value) => {
      const time = timeOf(value)
      assert.isTrue(time === undefined || (time >= 0 && time <= latestTime))
      const text = textOf(value)
      assert.strictEqual(timeOf(text), time && Math.trunc(time))
    })
  )

  const unreadable = {
    "a sentence": "in an hour",
    "a number as text": "1787655129",
    "a local time that names no offset that we know": "2026-08-25 10:52:09 AEST",
    "PHP's date object": { date: "2026-08-25 10:52:09.000000", timezone_type: 3, timezone: "UTC" },
    "a list": [1_787_655_129],
    "a truth value": true,
    "a date that is none": new Date(Number.NaN),
    "not a number": Number.NaN
  }
  for (const [name, value] of Object.entries(unreadable)) {
    it(`that is ${name} is unknown (F-3)`, () => {
      assert.isUndefined(timeOf(value))
      assert.isUndefined(textOf(value))
      assert.isFalse(isTime(value))
    })
  }

  const beyond = [Infinity, -Infinity, 1e300, Number.MAX_SAFE_INTEGER, -1, new Date(8.64e15), "1960-01-01T00:00:00Z"]
  for (const value of beyond) {
    it(`of ${String(value)} is a time beyond the range, and unknown (F-13)`, () => {
      assert.isUndefined(timeOf(value))
      assert.isUndefined(textOf(value))
      assert.isTrue(isTime(value))
    })
  }
})

describe("an answer of Linxio", () => {
  const odd = [
    null,
    "in an hour",
    1_787_655_129,
    { date: "2026-08-25", timezone_type: 3, timezone: "UTC" },
    ["x"],
    true
  ]
  const shapeOf = ({ answer }: typeof refresh | typeof verifyOtp): Shape<RefreshReply> => {
    if (answer.as !== "one") throw new Error("the answer is one record")
    return answer.of as Shape<RefreshReply>
  }
  for (const shape of [refresh, verifyOtp].map(shapeOf))
    for (const [how, readAs] of [
      ["the corridor", (reply: unknown) => read(shape, reply)],
      ["the schema", Schema.decodeUnknownSync(schemaOf(shape))]
    ] as const) {
      it(`is read by ${how} of ${"name" in shape ? shape.name : ""} whatever its times are: a time is a hint (F-3)`, () => {
        for (const time of odd) {
          const reply = readAs({ token: "t", expireAt: time, refreshTokenExpireAt: time })
          assert.isNull(reply.expireAt)
          assert.isNull(reply.refreshTokenExpireAt)
        }
        for (const time of ["2020-08-25T10:52:09+00:00", "2020-08-25T10:52:09+10", "2020-08-25 10:52:09"]) {
          const reply = readAs({ token: "t", expireAt: time })
          assert.strictEqual(reply.expireAt, time)
          assert.notProperty(reply, "refreshTokenExpireAt")
        }
      })
    }
})
