/** `POST /login` for an automatic sign-in: one attempt and never a second, because attempts with a wrong password lock accounts. */
import type * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as AuthApi from "../api/auth.ts"
import { codeRequired } from "../errors/signIn.ts"
import { credentialsRefused } from "../errors/words.ts"
import { readLogin } from "../exchange/loginReply.ts"
import { isDenial } from "../exchange/refusal.ts"
import type { Settings } from "../LinxioConfig.ts"
import type { LinxioFailure } from "../LinxioError.ts"
import type { SessionService } from "../Session.ts"
import type { SessionTokens } from "../session/SessionTokens.ts"
import type { TransportService } from "../transport/Transport.ts"
import type { SignInRequest } from "./askCredentials.ts"
import { attemptOwn, ownCall } from "./ownCall.ts"

/** `limitMs`: how long Linxio may take to answer. */
export const postLogin = (
  transport: TransportService,
  config: Settings,
  request: SignInRequest,
  limitMs: number,
  recentSecrets: SessionService["recentSecrets"],
  clock: Clock.Clock
): Effect.Effect<SessionTokens, LinxioFailure> =>
  attemptOwn(
    transport,
    ownCall(config, AuthApi.login.path, request, { deadlineMs: limitMs, timeoutMs: limitMs }, false, clock),
    () => [request.password, ...recentSecrets()],
    // A 401 of `/login` is a refusal whatever its text is, as in `auth.login`.
    (refusal, response) => (response.status === 401 || isDenial(response) ? credentialsRefused(refusal) : refusal),
    (response) =>
      Effect.flatMap(readLogin(response), (reply) =>
        reply._tag === "OtpRequired" ? Effect.fail(codeRequired()) : Effect.succeed(reply)
      )
  )
