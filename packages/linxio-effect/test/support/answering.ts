/** An HttpClient that answers with what a test has, and keeps what it was asked. */
import * as Effect from "effect/Effect"
import { HttpClient } from "linxio-effect"

/** Answers with these bodies, one after the other and the last ever after. */
export const answering = (...bodies: ReadonlyArray<unknown>) => {
  const asked: Array<string> = []
  const http = HttpClient.layerTest({
    execute: ({ body, headers, method, url, urlParams }) =>
      Effect.sync(() => {
        const query = urlParams.params.map(([name, value]) => `${name}=${typeof value === "string" ? value : ""}`)
        const sent = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
        const accept = headers["accept"] === "application/json" ? "" : `(${headers["accept"]})`
        asked.push([method, url, query.join("&"), sent, accept].filter((part) => part !== "").join(" "))
        const answer = bodies[Math.min(asked.length, bodies.length) - 1]
        return answer instanceof Response ? answer.clone() : Response.json(answer)
      })
  })
  return { asked, http }
}
