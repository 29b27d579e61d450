/** The faults that are in force: switches that stay until they are turned, and faults that lie in wait for the next requests. */
import type { Fault } from "../Fault.ts"
import type { EndpointName } from "../wire/contract.ts"
import * as Transitions from "../state/transitions.ts"
import type { WorldCell } from "../state/serverState.ts"

/** A fault that lies in wait for a request. */
export type PendingFault = Extract<Fault, { readonly times?: number }>

const target = (fault: PendingFault): EndpointName | "any" =>
  fault.fault === "refresh-204" || fault.fault === "refresh-without-token" || fault.fault === "refresh-unchanged"
    ? "refresh"
    : (fault.endpoint ?? "any")

interface Waiting {
  readonly fault: PendingFault
  left: number
}

/** The switchboard of one embedded Linxio. */
export class Switchboard {
  readonly #world: WorldCell
  readonly #alwaysRefused = new Set<EndpointName | "any">()
  #waiting: Array<Waiting> = []
  latency: { readonly ms: number; readonly spread: number } = { ms: 0, spread: 0 }
  echoSecrets = false

  constructor(world: WorldCell) {
    this.#world = world
  }

  /** Puts a fault in force, or does at once what it says. */
  inject(fault: Fault): void {
    const world = this.#world
    switch (fault.fault) {
      case "expire-access-tokens":
        return world.update((current) => Transitions.expireAccessTokens(current, fault.account))
      case "revoke-refresh-tokens":
        return world.update((current) => Transitions.revokeRefreshTokens(current, fault.account))
      case "revoke-sessions":
        return world.update((current) => Transitions.revokeSessions(current, fault.account))
      case "rotation":
        return world.update((current) => ({ ...current, rotation: fault.on }))
      case "clock-skew":
        return world.update((current) => ({ ...current, skew: fault.ms }))
      case "latency":
        this.latency = { ms: fault.ms, spread: fault.spread ?? 0 }
        return
      case "echo-secrets":
        this.echoSecrets = fault.on
        return
      case "always-401":
        if (fault.on === false) this.#alwaysRefused.delete(fault.endpoint)
        else this.#alwaysRefused.add(fault.endpoint)
        return
      default:
        this.#waiting.push({ fault, left: fault.times ?? 1 })
    }
  }

  /** Turns every switch back and lets no fault wait any longer. What was expired, revoked or rotated stays so. */
  clear(): void {
    this.#waiting = []
    this.#alwaysRefused.clear()
    this.latency = { ms: 0, spread: 0 }
    this.echoSecrets = false
    this.#world.update((current) => ({ ...current, skew: 0, rotation: current.settings.rotation }))
  }

  /** The fault that this request meets, if any; it has then one request less to wait for. */
  take(endpoint: EndpointName | undefined): PendingFault | undefined {
    const waiting = this.#waiting.find(({ fault }) => target(fault) === "any" || target(fault) === endpoint)
    if (waiting === undefined) return undefined
    waiting.left -= 1
    if (waiting.left <= 0) this.#waiting = this.#waiting.filter((other) => other !== waiting)
    return waiting.fault
  }

  /** Whether the endpoint refuses whatever bearer it is shown. */
  refuses(endpoint: EndpointName): boolean {
    return this.#alwaysRefused.has(endpoint) || this.#alwaysRefused.has("any")
  }
}
