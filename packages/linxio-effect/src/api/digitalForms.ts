/** Digital forms and their answers. The operations and their records, from public sources only. */
import { file, type Id, one, operation, page } from "./operation.ts"
import { all, anyObject, id, record, text } from "./shape.ts"

/**
 * A form that drivers fill in.
 *
 * @example
 * ```ts
 * import type { DigitalForm } from "linxio-js"
 *
 * const titleOf = (form: DigitalForm) => form.title ?? form.name ?? String(form.id)
 * console.log(titleOf({ id: 1, title: "Vehicle check" })) // => Vehicle check
 * ```
 */
export interface DigitalForm {
  /** The id of the form; compare it as text. */
  readonly id?: Id | null
  /** Its name; a response may have `title` in its place. */
  readonly name?: string | null
  /** Its name; a response may have `name` in its place. */
  readonly title?: string | null
  /** A text; the set of values is open. */
  readonly status?: string | null
  readonly [field: string]: unknown
}

const digitalForm = record<DigitalForm>("DigitalForm", { id, ...all(text, "name title status") })

/** The operations, by the names of the methods that offer them. */
export const digitalForms = {
  /** All forms, without pages. Unverified. */
  list: operation("GET", "/digital-form/form", "UP", page(digitalForm, "forms")),
  /** One form. Unverified. */
  get: operation("GET", "/digital-form/form/:formId", "UP", one(digitalForm)),
  /** An answer to a form; its fields follow the form. Derived from the dashboard. */
  answer: operation("GET", "/digital-form/answer/:answerId", "D", one(anyObject)),
  /** An answer as a PDF: the only file of this API. `answerPdfStream` gives it while it arrives. Derived from the dashboard. */
  answerPdf: operation("GET", "/digital-form/answer/:answerId/pdf", "D", file)
}
