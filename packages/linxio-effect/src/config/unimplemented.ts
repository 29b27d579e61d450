/** Completes a partial service for a test: a member that the test did not give, and that is not optional, throws an error that names it. */
export const unimplemented = <S extends object>(
  service: string,
  partial: Partial<S>,
  optional: ReadonlyArray<keyof S> = []
): S =>
  new Proxy(partial as S, {
    get: (target, member, receiver) => {
      if (member in target || typeof member === "symbol") return Reflect.get(target, member, receiver)
      if (optional.some((name) => name === member)) return undefined
      throw new Error(`${service}.${member} was used by the test but not provided to ${service}.layerTest`)
    }
  })
