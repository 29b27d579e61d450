/** `linxio.digitalForms` end to end against the embedded Linxio; its file as a Blob and as a stream. */
import { LinxioAbortError, LinxioApiError, LinxioDecodeError, LinxioValidationError } from "linxio-js"
import type { Progress, Result } from "linxio-js"
import { describe, expect, expectTypeOf, it } from "vitest"
import { clientOf, dataOf, errorOf, plainServer, rejectionOf, serve, signedIn, started, until } from "./support.ts"

const token = { token: "a.b.c", retry: { retries: 0 } }

const pdfType = { "content-type": "application/pdf" }

/** A server that sends a head and a first chunk, and the rest when it is told to. */
const slowServer = async () => {
  let rest: (() => void) | undefined
  const server = await plainServer((_, response) => {
    response.writeHead(200, { ...pdfType, "content-length": 9 })
    response.write("%PDF-")
    rest = () => void response.end("rest")
  })
  return { server, goOn: () => rest?.() }
}

describe("the four operations", () => {
  it("work end to end against the embedded Linxio", async () => {
    const fake = await serve()
    const { digitalForms } = await signedIn(fake)
    expect((await digitalForms.list()).data?.map(({ title }) => title)).toEqual([
      "Vehicle check",
      "Fuel receipt",
      "Accident"
    ])
    expect(await dataOf(digitalForms.get(2))).toMatchObject({ id: 2, title: "Fuel receipt" })
    expect(await dataOf(digitalForms.answer("3"))).toMatchObject({ id: 3, formId: 2, fields: { receipt: "A-17" } })
    const blob = await dataOf(digitalForms.answerPdf(3))
    expect(blob.type).toBe("application/pdf")
    const text = await blob.text()
    expect(text).toMatch(/^%PDF-1\.4\n[^]*Answer 3 to the form 2[^]*%%EOF\n$/)
    const stream = await dataOf(digitalForms.answerPdfStream(3))
    expect(await new Response(stream).text()).toBe(text)
    expectTypeOf(digitalForms.answerPdf).returns.resolves.toEqualTypeOf<Result<Blob>>()
  })

  it("have a PDF whose table of contents leads to its objects", async () => {
    const { digitalForms } = await signedIn(await serve())
    const text = await (await dataOf(digitalForms.answerPdf(1))).text()
    const table = /xref\n0 6\n([^]*?)trailer/.exec(text)?.[1]?.trim().split("\n").slice(1) ?? []
    expect(table).toHaveLength(5)
    for (const [index, line] of table.entries())
      expect(text.slice(Number(line.slice(0, 10)))).toMatch(new RegExp(`^${index + 1} 0 obj\n`))
    expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref\n/)
  })

  it("tell of what is not there", async () => {
    const { digitalForms } = await signedIn(await serve())
    for (const call of [
      digitalForms.get(99),
      digitalForms.answer(99),
      digitalForms.answerPdf(99),
      digitalForms.answerPdfStream(99)
    ]) {
      const error = await errorOf(call)
      expect(error).toBeInstanceOf(LinxioApiError)
      expect(error).toMatchObject({ status: 404, reason: "NotFound" })
    }
  })

  it("refuse what can be no id, and options that a file does not have, before anything is sent", async () => {
    const fake = await serve()
    const { digitalForms } = await signedIn(fake)
    const wrong: ReadonlyArray<Promise<Result<unknown>>> = [
      digitalForms.get(""),
      digitalForms.answer("."),
      digitalForms.answerPdf({} as never),
      digitalForms.answerPdfStream(Number.NaN),
      digitalForms.answerPdf(1, { onProgress: "yes" as never }),
      digitalForms.answerPdfStream(1, { onProgres: () => undefined } as never),
      digitalForms.get(1, { onProgress: () => undefined } as never)
    ]
    for (const call of wrong) expect(await errorOf(call)).toBeInstanceOf(LinxioValidationError)
    expect(fake.requests).toEqual([])
  })
})

describe("a file", () => {
  it("comes as a stream with its first chunk, before the rest", async () => {
    const { goOn, server } = await slowServer()
    const stream = await dataOf(clientOf(server, token).digitalForms.answerPdfStream(1))
    const reader = stream.getReader()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("%PDF-")
    goOn()
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("rest")
    expect((await reader.read()).done).toBe(true)
  })

  it.each([
    ["a page of HTML", "text/html", "<html>"],
    ["JSON", "application/json", '{"message":"no"}'],
    ["nothing", "application/pdf", ""]
  ])("in whose place %s comes is a LinxioDecodeError, as a Blob and as a stream", async (_, type, body) => {
    const server = await plainServer((_, response) => {
      response.writeHead(200, { "content-type": type, "content-length": Buffer.byteLength(body) })
      response.end(body)
    })
    const { digitalForms } = clientOf(server, token)
    expect(await errorOf(digitalForms.answerPdf(1))).toBeInstanceOf(LinxioDecodeError)
    expect(await errorOf(digitalForms.answerPdfStream(1))).toBeInstanceOf(LinxioDecodeError)
  })

  it("may have maxResponseBytes as a Blob, with and without progress; a stream has no such limit", async () => {
    const server = await plainServer((_, response) => void response.writeHead(200, pdfType).end("x".repeat(1_000)))
    const { digitalForms } = clientOf(server, { ...token, maxResponseBytes: 999 })
    for (const options of [{}, { onProgress: () => undefined }]) {
      const error = await errorOf(digitalForms.answerPdf(1, options))
      expect(error).toBeInstanceOf(LinxioDecodeError)
      expect(error.message).toContain("raise maxResponseBytes")
    }
    const stream = await dataOf(digitalForms.answerPdfStream(1))
    expect(await new Response(stream).text()).toHaveLength(1_000)
  })

  it("is aborted in the middle, as a Blob and as a stream, and its connection is closed", async () => {
    for (const method of ["answerPdf", "answerPdfStream"] as const) {
      const { server } = await slowServer()
      const controller = new AbortController()
      const { signal } = controller
      let first: (() => void) | undefined
      const begun = new Promise<void>((resolve) => (first = resolve))
      const { digitalForms } = clientOf(server, token)
      const call = started<Result<unknown>>(digitalForms[method](1, { signal, onProgress: () => first?.() }))
      const end =
        method === "answerPdf"
          ? errorOf(call)
          : call.then(({ data }) => rejectionOf(new Response(data as ReadableStream).text()))
      await begun
      controller.abort("the user left")
      const error = await end
      expect(error).toBeInstanceOf(LinxioAbortError)
      expect(error).toMatchObject({ reason: "the user left" })
      await until(() => server.sockets[0]?.destroyed === true)
    }
  })
})

describe("the progress of a download", () => {
  it("is told of a Blob and of a stream, up to the total", async () => {
    for (const method of ["answerPdf", "answerPdfStream"] as const) {
      const { digitalForms } = await signedIn(await serve())
      const told: Array<Progress> = []
      const data = await dataOf<Blob | ReadableStream>(
        digitalForms[method](1, { onProgress: (progress) => void told.push(progress) })
      )
      const { size } = await new Response(data).blob()
      expect(told.at(-1)).toMatchObject({ received: size })
      expect([undefined, size]).toContain(told.at(-1)?.total)
    }
  })

  it.each(["json", "text", "arrayBuffer", "blob", "stream", "raw"] as const)(
    "is told of a request that reads its body as %s",
    async (responseType) => {
      const server = await plainServer((_, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": 7 })
        response.end('{"a":1}')
      })
      const told: Array<Progress> = []
      const options = { responseType, onProgress: (progress: Progress) => void told.push(progress) }
      const body: unknown = await clientOf(server, token).request("GET", "/x", options as {})
      if (body instanceof ReadableStream || body instanceof Response)
        await new Response(Object(body).body ?? body).text()
      else if (responseType === "json") expect(body).toEqual({ a: 1 })
      expect(told).toEqual([{ received: 7, total: 7 }])
    }
  )

  it("is no way to fail a call: what the callback throws or rejects with is ignored", async () => {
    const { digitalForms } = await signedIn(await serve())
    for (const onProgress of [
      () => {
        throw new Error("a fault of the caller")
      },
      () => Promise.reject(new Error("a fault of the caller")) as never
    ])
      expect((await digitalForms.answerPdf(1, { onProgress })).error).toBeNull()
  })

  it("ends with its call: a callback that aborts is told nothing more", async () => {
    const { goOn, server } = await slowServer()
    const controller = new AbortController()
    let count = 0
    const call = clientOf(server, token).digitalForms.answerPdf(1, {
      signal: controller.signal,
      onProgress: () => {
        count++
        controller.abort()
      }
    })
    expect(await errorOf(call)).toBeInstanceOf(LinxioAbortError)
    goOn()
    await until(() => server.sockets[0]?.destroyed === true)
    expect(count).toBe(1)
  })

  it("is refused where it is no function, by request as well", async () => {
    const { server } = await slowServer()
    const error = await rejectionOf(clientOf(server, token).request("GET", "/x", { onProgress: {} as never }))
    expect(error).toMatchObject({ name: "LinxioValidationError", issues: [{ field: "onProgress" }] })
    expect(server.seen).toEqual([])
  })
})
