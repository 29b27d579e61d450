/** A variable of the process's environment, where the runtime has one and lets it be read. */
export const environment = (name: string): string | undefined => {
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> }
  }
  try {
    return process?.env?.[name] || undefined
  } catch {
    return undefined // Deno without --allow-env
  }
}
