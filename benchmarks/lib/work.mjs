/** Calls through a client, `width` of them at a time. */
export const work = async (client, { calls, width }) => {
  let left = calls
  const worker = async () => {
    while (left-- > 0) {
      const answer = await client.get("/vehicles/count")
      if (answer?.count !== 3) throw new Error(`A client answered ${JSON.stringify(answer)}`)
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
}
