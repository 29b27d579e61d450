// The same SDK against the service that the environment names: sign in, read the user, print what is no secret.
import { createClient } from "linxio-js"

export const demoLive = async () => {
  const { LINXIO_EMAIL: email, LINXIO_PASSWORD: password } = process.env
  const linxio = createClient()
  const fail = (error) => {
    console.error(`${error.name}: ${error.message}`)
    process.exitCode = 1
  }
  try {
    const login = await linxio.auth.login({ email, password })
    if (login.error) return fail(login.error)
    if (login.data.otpRequired) {
      return fail(
        new Error(`Linxio sent a one-time code to ${login.data.phone}; use a machine user without such codes`)
      )
    }
    const me = await linxio.auth.me()
    if (me.error) return fail(me.error)
    const { email: address, fullName, id, teamType } = me.data
    console.log("Signed in:", { id, email: address, fullName, teamType, expireAt: login.data.expireAt })
  } finally {
    await linxio.close()
  }
}
