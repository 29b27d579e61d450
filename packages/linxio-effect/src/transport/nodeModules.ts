/** The types of Node's modules that are used. The modules are loaded at run time, so that bundlers for other runtimes do not see their names. */

interface Readable {
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown
  on(event: "end", listener: () => void): unknown
  on(event: "error", listener: (cause: Error) => void): unknown
  destroy(cause?: Error): unknown
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array>
}

export interface IncomingMessage extends Readable {
  /** Whether all of it has arrived. */
  readonly complete: boolean
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  pipe(decoder: Decoder): unknown
}

/** A stream of `node:zlib`. */
export interface Decoder extends Readable {
  push(end: null): unknown
}

export interface ClientRequest {
  on(event: "response", listener: (response: IncomingMessage) => void): unknown
  on(event: "error", listener: (cause: unknown) => void): unknown
  on(event: "close", listener: () => void): unknown
  on(event: "socket", listener: (socket: Socket) => void): unknown
  readonly writableFinished: boolean
  end(body?: Uint8Array): unknown
  destroy(cause?: Error): unknown
}

interface Socket {
  readonly connecting: boolean
  /** TLS sockets only. */
  readonly encrypted?: boolean
  once(event: "connect" | "secureConnect", listener: () => void): unknown
  on(event: "error", listener: () => void): unknown
  off(event: "error", listener: () => void): unknown
}

type Free = (socket: Socket, options: unknown) => void

export interface Agent {
  /** `free`: an answer is complete, and its connection can be used again. */
  on(event: "free", listener: Free): unknown
  listeners(event: "free"): ReadonlyArray<Free>
  removeAllListeners(event: "free"): unknown
}

/** `node:http` or `node:https`. */
export interface Http {
  readonly request: (
    url: URL,
    options: {
      readonly agent: Agent
      readonly headers: Readonly<Record<string, string>>
      readonly method: string
    }
  ) => ClientRequest
  readonly Agent: new (options: {
    readonly keepAlive: boolean
    readonly maxFreeSockets: number
    readonly timeout: number
  }) => Agent
}

/** `node:zlib`. */
interface Zlib {
  readonly createBrotliDecompress: () => Decoder
  readonly createUnzip: () => Decoder
}

interface Modules {
  readonly "node:http": Http
  readonly "node:https": Http
  readonly "node:zlib": Zlib
}

interface Surroundings {
  readonly process?: { readonly getBuiltinModule?: <Name extends keyof Modules>(name: Name) => Modules[Name] }
}

const { process } = globalThis as Surroundings

/** Loads a module without an import: Node 20.16, 22.3 and newer. */
export const hasNodeModules = (): boolean => typeof process?.getBuiltinModule === "function"

export const nodeModule = <Name extends keyof Modules>(name: Name): Modules[Name] => {
  if (!process?.getBuiltinModule) throw new Error(`There is no ${name} in this runtime`)
  return process.getBuiltinModule(name)
}
