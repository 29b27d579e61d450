/** A tracer that keeps the spans that it makes. */
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"

export const makeTracer = () => {
  const spans: Array<Tracer.NativeSpan> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return {
    tracer,
    spans,
    named: (name: string) => spans.filter((span) => span.name === name),
    /** The only span with this name. */
    one: (name: string): Tracer.NativeSpan => {
      const [span, another] = spans.filter((candidate) => candidate.name === name)
      if (span === undefined || another !== undefined)
        throw new Error(`${name}: ${spans.map((s) => s.name).join(", ")}`)
      return span
    }
  }
}

export const parentOf = (span: Tracer.Span): string | undefined =>
  Option.getOrUndefined(Option.map(span.parent, (parent) => parent.spanId))

/** How long a span lasted on the clock of the test, in milliseconds. */
export const lasted = ({ status }: Tracer.Span): number | undefined =>
  status._tag === "Ended" ? Number(status.endTime - status.startTime) / 1_000_000 : undefined

export const hasFailed = ({ status }: Tracer.Span): boolean => status._tag === "Ended" && status.exit._tag === "Failure"
