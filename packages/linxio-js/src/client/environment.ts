/** An environment variable; undefined where the runtime has none or does not allow reading it. */
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
