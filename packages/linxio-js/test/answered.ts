/** A client over answers that a test gives. */
import { clientOf } from "./support.ts"

export const baseUrl = "http://127.0.0.1:9/api"

/** A client whose answers are these, one for each request and the last one ever after; and what it sent. */
export const answered = (...answers: ReadonlyArray<unknown>) => {
  const sent: Array<string> = []
  const bodies: Array<unknown> = []
  const fetch = async (input: unknown, init?: { readonly method?: string; readonly body?: unknown }) => {
    sent.push(`${init?.method ?? "GET"} ${String(input).slice(baseUrl.length)}`)
    bodies.push(init?.body)
    const answer = answers[Math.min(sent.length, answers.length) - 1]
    return answer instanceof Response ? answer.clone() : Response.json(answer)
  }
  const { vehicles } = clientOf({ baseUrl }, { token: "a.b.c", fetch: fetch as typeof globalThis.fetch })
  return { vehicles, sent, bodies }
}
