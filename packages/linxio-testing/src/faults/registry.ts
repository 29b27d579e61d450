/** The active faults: switches that stay on until they are turned off, and faults that are queued for coming requests. */
import type { Fault } from "../Fault.ts"
import { faults } from "../Fault.ts"
import type { StateCell } from "../state/serverState.ts"
import * as Transitions from "../state/transitions.ts"
import type { EndpointName } from "../wire/contract.ts"

/** A fault that is queued for coming requests; `effects.ts` says what it does to them. */
export type QueuedFault = Extract<Fault, { readonly times?: number }>

/** The endpoint that a fault is queued for. A fault without the member `endpoint` is a fault of the refresh. */
const target = (fault: QueuedFault): EndpointName | "any" => {
  if (!("endpoint" in faults[fault.fault].fields)) return "refresh"
  return ("endpoint" in fault ? fault.endpoint : undefined) ?? "any"
}

interface QueueEntry {
  readonly fault: QueuedFault
  /** How many requests still take it. */
  left: number
}

/** The faults of one embedded Linxio. */
export class FaultRegistry {
  readonly #state: StateCell
  readonly #alwaysRefused = new Set<EndpointName | "any">()
  #queue: Array<QueueEntry> = []
  latency: { readonly ms: number; readonly spread: number } = { ms: 0, spread: 0 }
  echoSecrets = false

  constructor(state: StateCell) {
    this.#state = state
  }

  /** Applies a fault at once, or queues it. The compiler refuses a fault that is neither handled here nor queued. */
  inject(fault: Fault): void {
    const state = this.#state
    switch (fault.fault) {
      case "expire-access-tokens":
        return state.update((current) => Transitions.expireAccessTokens(current, fault.account))
      case "revoke-refresh-tokens":
        return state.update((current) => Transitions.revokeRefreshTokens(current, fault.account))
      case "revoke-sessions":
        return state.update((current) => Transitions.revokeSessions(current, fault.account))
      case "rotation":
        return state.update((current) => ({ ...current, rotation: fault.on }))
      case "clock-skew":
        return state.update((current) => ({ ...current, skew: fault.ms }))
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
        this.#queue.push({ fault, left: fault.times ?? 1 })
    }
  }

  /** Turns all switches off and empties the queue. What was expired, revoked or rotated stays so. */
  clear(): void {
    this.#queue = []
    this.#alwaysRefused.clear()
    this.latency = { ms: 0, spread: 0 }
    this.echoSecrets = false
    this.#state.update((current) => ({ ...current, skew: 0, rotation: current.settings.rotation }))
  }

  /** Takes the fault that is queued for a request to this endpoint, if there is one. */
  take(endpoint: EndpointName | undefined): QueuedFault | undefined {
    const entry = this.#queue.find(({ fault }) => target(fault) === "any" || target(fault) === endpoint)
    if (entry === undefined) return undefined
    entry.left -= 1
    if (entry.left <= 0) this.#queue = this.#queue.filter((other) => other !== entry)
    return entry.fault
  }

  /** Whether the fault `always-401` is on for this endpoint. */
  refuses(endpoint: EndpointName): boolean {
    return this.#alwaysRefused.has(endpoint) || this.#alwaysRefused.has("any")
  }
}
