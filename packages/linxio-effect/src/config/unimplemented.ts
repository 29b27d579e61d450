/**
 * Completes a partial service for a test: using a required member that the test did not provide throws an error that names it. `Layer.mock` does the
 * same for members that are effects, but requires all synchronous members, which the services of this SDK have.
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

/** The properties that printing or awaiting a value reads. */
const isAskedOfAnything: ReadonlySet<string> = new Set(["constructor", "inspect", "then", "toJSON"])
