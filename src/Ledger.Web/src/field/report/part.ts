import type { AgreementFile } from '../../api/types'
import type { Draft } from '../draft/draft'

/** What every part of the form is given. */
export interface Part {
  draft: Draft
  file: AgreementFile
  /** Changes members of the draft; what answers later than the next keystroke gives a function of the draft as it is then. */
  change: (changes: Partial<Draft> | ((draft: Draft) => Partial<Draft>)) => void
  /** What is wrong with a field, in words, once somebody asked to go on. */
  wrong: (field: string) => string | undefined
}
