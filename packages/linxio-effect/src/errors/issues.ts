/** The problems of an input, field by field, found by this SDK or by Linxio. */

/** One problem of the caller's input. */
export interface ValidationIssue {
  /** The part of the input, such as `email` or `path`. */
  readonly field: string
  /** The problem, such as `must not be empty`. */
  readonly issue: string
}

/** The fields that an envelope of Linxio names: `{errors:[{detail:{field:text}}]}`, `{errors:{field:[text]}}` or `{detail:{field:text}}`. */
export const issuesOf = (body: unknown): ReadonlyArray<ValidationIssue> => {
  if (!isRecord(body)) return []
  const { detail, errors } = body
  if (Array.isArray(errors)) return errors.flatMap((error) => (isRecord(error) ? fieldsOf(error["detail"]) : []))
  return isRecord(errors) ? fieldsOf(errors) : fieldsOf(detail)
}

const fieldsOf = (value: unknown): ReadonlyArray<ValidationIssue> =>
  isRecord(value) ? Object.entries(value).map(([field, issue]) => ({ field, issue: textOf(issue) })) : []

const textOf = (issue: unknown): string => {
  if (Array.isArray(issue)) return issue.map(textOf).join("; ")
  return typeof issue === "string" ? issue : JSON.stringify(issue)
}

/** The message in an envelope, if it has one. */
export const detailOf = (body: unknown): string | undefined => {
  if (!isRecord(body)) return undefined
  const { detail, error, errors, message, title } = body
  for (const text of [message, detail, error]) if (typeof text === "string") return text
  const fields = issuesOf(body)
  if (fields.length > 0) return fields.map(({ field, issue }) => `${field}: ${issue}`).join("; ")
  return (Array.isArray(errors) ? detailOf(errors[0]) : undefined) ?? (typeof title === "string" ? title : undefined)
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" && !Array.isArray(value)
