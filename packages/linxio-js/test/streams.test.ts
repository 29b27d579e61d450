/** A list as a stream: pages that are read ahead, and records that are left out. */
import { describe, expect, it } from "vitest"
import { answered, baseUrl } from "./answered.ts"
import { clientOf } from "./support.ts"

describe("a stream", () => {
  const page = (ids: ReadonlyArray<number>) => ({ data: ids.map((id) => ({ id })), limit: 2, total: 6 })

  it("reads one page ahead when it is asked to, and no page further", async () => {
    const { sent, vehicles } = answered(page([1, 2]), page([3, 4]), page([5, 6]))
    const sentAt: Array<number> = []
    for await (const vehicle of vehicles.stream(undefined, { prefetch: true })) {
      if (vehicle.id === 1 || vehicle.id === 3) sentAt.push(sent.length)
    }
    expect(sentAt).toEqual([2, 3])
    expect(sent).toHaveLength(3)
  })

  it("aborts the page that it reads ahead when the loop ends, and when the caller's signal aborts", async () => {
    for (const ends of ["break", "abort"] as const) {
      let ahead: AbortSignal | null | undefined
      let asked = 0
      const fetch = async (_: unknown, init?: RequestInit) => {
        asked++
        if (asked === 1) return Response.json(page([1, 2]))
        ahead = init?.signal
        return new Promise<Response>((_, reject) =>
          ahead?.addEventListener("abort", () => reject(new Error("aborted")))
        )
      }
      const { vehicles } = clientOf({ baseUrl }, { token: "a.b.c", fetch: fetch as typeof globalThis.fetch })
      const controller = new AbortController()
      const read = async () => {
        for await (const _ of vehicles.stream({}, { prefetch: true, signal: controller.signal })) {
          if (ends === "break") break
          controller.abort("enough")
        }
      }
      if (ends === "break") await read()
      else await expect(read()).rejects.toMatchObject({ name: "LinxioAbortError", reason: "enough" })
      expect(ahead?.aborted).toBe(true)
    }
  })

  it("tells of each record that it leaves out, to the listener or to the logger", async () => {
    const bodies = [
      { data: [{ id: 1 }, 7], limit: 2, total: 4 },
      { data: ["x", { id: 2 }], limit: 2, total: 4 }
    ]
    const told: Array<unknown> = []
    const onInvalid = (record: unknown) => told.push(record)
    const ids = []
    for await (const { id } of answered(...bodies).vehicles.stream({}, { onInvalid })) ids.push(id)
    expect(ids).toEqual([1, 2])
    expect(told).toEqual([
      { index: 1, issue: "data[1] should be an object, and is of type number" },
      { index: 2, issue: "data[0] should be an object, and is of type string" }
    ])
    const warnings: Array<unknown> = []
    const quiet = () => undefined
    const logger = {
      debug: quiet,
      info: quiet,
      error: quiet,
      warn: (_: string, details?: unknown) => warnings.push(details)
    }
    const fetch = async () => Response.json(bodies[0])
    const { vehicles } = clientOf({ baseUrl }, { token: "a.b.c", fetch, logger })
    for await (const _ of vehicles.stream({ limit: 9 })) break
    expect(warnings).toEqual([told[0]])
  })

  it("is told as one call for each page, and nothing more", async () => {
    const fetch = async () => Response.json({ data: [{ id: 1 }], limit: 1, total: 1 })
    const linxio = clientOf({ baseUrl }, { token: "a.b.c", fetch })
    const told: Array<string> = []
    linxio.observe(({ type }) => told.push(type))
    for await (const _ of linxio.vehicles.stream()) continue
    expect(told.filter((type) => type === "call")).toHaveLength(1)
  })
})
