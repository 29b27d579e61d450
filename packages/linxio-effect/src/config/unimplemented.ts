/**
 * Completes a partial service for a test: a member that the test did not give, and that is not optional, throws an error that names it. `Layer.mock`
 * does the same for members that are effects; the services of this SDK have synchronous members as well, which it would ask for.
 */
export const unimplemented = <S extends object>(
  service: string,
  partial: Partial<S>,
  optional: ReadonlyArray<keyof S> = []
): S =>
  new Proxy(partial as S, {
    get: (target, member, receiver) => {
      if (member in target || typeof member === "symbol" || isAskedOfAnything.has(member))
        return Reflect.get(target, member, receiver)
      if (optional.some((name) => name === member)) return undefined
      throw notProvided(service, member)
    }
  })

export const notProvided = (service: string, member: string): Error =>
  new Error(`${service}.${member} was used by the test but not provided to ${service}.layerTest`)

/** What printing and awaiting a value read of it. */
const isAskedOfAnything: ReadonlySet<string> = new Set(["constructor", "inspect", "then", "toJSON"])
