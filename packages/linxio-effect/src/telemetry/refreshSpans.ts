/** Tracks running refreshes and the calls that wait for them, so that their spans link to each other. */
import type { Span, SpanLink } from "effect/Tracer"
import type { RefreshKey } from "../CallObserver.ts"

interface Running {
  refresh: Span | undefined
  readonly waiting: Set<Span>
}

const linkTo = (span: Span, relation: string): SpanLink => ({ span, attributes: { "linxio.link": relation } })

const link = (refresh: Span, call: Span): void => {
  refresh.addLinks([linkTo(call, "waits_for_this")])
  call.addLinks([linkTo(refresh, "waited_for")])
}

export const makeRefreshSpans = () => {
  const running = new Map<string, Running>()
  const nameOf = ({ epoch, generation }: RefreshKey) => `${epoch}/${generation}`

  const of = (name: string): Running => {
    const known = running.get(name) ?? { refresh: undefined, waiting: new Set() }
    running.set(name, known)
    return known
  }

  const dropIfOver = (name: string, { refresh, waiting }: Running): void => {
    if (refresh === undefined && waiting.size === 0) running.delete(name)
  }

  return {
    /** A refresh begins: the calls that wait already are linked. Returns the function that ends it. */
    begin: (key: RefreshKey, refresh: Span): (() => void) => {
      const name = nameOf(key)
      const entry = of(name)
      entry.refresh = refresh
      for (const call of entry.waiting) link(refresh, call)
      return () => {
        entry.refresh = undefined
        dropIfOver(name, entry)
      }
    },
    /** A call begins to wait: a refresh that runs already is linked. Returns the function that ends the wait. */
    wait: (key: RefreshKey, call: Span): (() => void) => {
      const name = nameOf(key)
      const entry = of(name)
      entry.waiting.add(call)
      if (entry.refresh) link(entry.refresh, call)
      return () => {
        entry.waiting.delete(call)
        dropIfOver(name, entry)
      }
    }
  }
}
