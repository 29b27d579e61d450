/** Completes a partial service for a test: a member that the test did not give throws an error that names it. */
export const unimplemented = <S extends object>(service: string, partial: Partial<S>): S =>
  new Proxy(partial as S, {
    get: (target, member, receiver) => {
      if (member in target || typeof member === "symbol") return Reflect.get(target, member, receiver)
      throw new Error(`${service}.${member} was used by the test but not provided to ${service}.layerTest`)
    }
  })
