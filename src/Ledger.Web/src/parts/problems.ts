import { createContext } from 'preact'
import { Refused } from '../api/client'
import { called, fill, words } from '../words'

/** One thing that is wrong with what was sent. */
export interface Trouble {
  /** The member that is wrong, as the server names it; '' where it is no single one. */
  name: string
  code: string
  detail: string
}

/** What the server refused, thing by thing. Where an address takes several types of entry, the members stand below "data". */
export const troublesOf = ({ problem }: Refused): Trouble[] =>
  (problem.errors?.length ? problem.errors : [{ code: problem.code, detail: problem.detail ?? problem.title }]).map(
    ({ pointer = '', code, detail }) => ({
      name: pointer.replace(/^\/data(?=\/)/, '').split('/')[1] ?? '',
      code,
      detail,
    }),
  )

/** A trouble in the language spoken; in the server's English where nobody translated it. */
export const troubleWords = ({ code, detail }: Trouble, field: string): string =>
  fill(called(words().common.problem, code, detail), { field })

/** What is wrong in the form around, by the name of the field. */
export const Troubles = createContext<readonly Trouble[]>([])
