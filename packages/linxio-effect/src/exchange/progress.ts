/** Reports a response body while it arrives. Built on the streams that every transport gives, so that no transport knows of it. */
import * as Effect from "effect/Effect"
import type { OnProgress, Progress } from "../CallOptions.ts"
import { Content } from "../transport/content.ts"
import type { Answer, IncomingBody, Outcome, TransportService } from "../transport/Transport.ts"
import { numberOf } from "../api/shape.ts"
import { isIncoming } from "./BufferedResponse.ts"

/** The exchange of a transport, with a report of each chunk of a 2xx. The limits are the same: a body that is wanted whole is read within `limitMs`, up to `maxBytes`. */
export const withProgress =
  (transport: TransportService, tell: OnProgress): TransportService["exchange"] =>
  (request, limitMs, bodyAs, maxBytes) =>
    Effect.suspend(() => {
      let phase: "body" | "headers" = "headers"
      const exchange = Effect.flatMap(
        transport.exchange(request, limitMs, "stream", maxBytes),
        (outcome): Effect.Effect<Outcome> => {
          if (outcome._tag !== "Answered" || !isIncoming(outcome.content)) return Effect.succeed(outcome)
          phase = "body"
          const body = counted(outcome, outcome.content, tell)
          if (bodyAs === "stream") return Effect.succeed(answerWith(outcome, body))
          const whole = async (): Promise<Outcome> => {
            const content = new Content(maxBytes)
            try {
              for (let chunk = await body.next(); chunk; chunk = await body.next()) {
                if (content.add(chunk)) continue
                body.cancel()
                return { _tag: "TooLarge", status: outcome.status }
              }
              return answerWith(outcome, content.read(bodyAs))
            } catch (cause) {
              return { _tag: "Broken", cause }
            }
          }
          return Effect.onInterrupt(Effect.promise(whole), () => Effect.sync(body.cancel))
        }
      )
      if (bodyAs === "stream") return exchange
      // The limit of the transport ends when the body begins to be read.
      return Effect.timeoutOrElse(exchange, {
        duration: limitMs,
        orElse: () => Effect.succeed<Outcome>({ _tag: "TimedOut", phase })
      })
    })

/** Nothing is reported after `cancel`: then the call has ended. */
const counted = (answer: Answer, body: IncomingBody, tell: OnProgress): IncomingBody => {
  const { headers } = answer
  // The length before decompression is not that of the body.
  const total = "content-encoding" in headers ? undefined : numberOf(headers["content-length"])
  let received = 0
  let isOver = false
  return {
    next: async () => {
      const chunk = await body.next()
      if (chunk === undefined || isOver) return chunk
      received += chunk.byteLength
      void told(tell, { received, total })
      return chunk
    },
    cancel: () => {
      isOver = true
      body.cancel()
    }
  }
}

const answerWith = ({ headers, response, status, url }: Answer, content: Answer["content"]): Answer => ({
  _tag: "Answered",
  status,
  headers,
  url,
  content,
  response
})

/** Ignores what the callback throws or rejects with: it must not fail a call. */
const told = async (tell: (progress: Progress) => unknown, progress: Progress): Promise<void> => {
  try {
    await tell(progress)
  } catch {
    // Ignored on purpose, see above.
  }
}
