import type { AgreementFile } from '../../api/types'
import type { Draft } from '../draft/draft'

/** What every part of the form is given. */
export interface Part {
  draft: Draft
  file: AgreementFile
  change: (changes: Partial<Draft>) => void
  /** What is wrong with a field, in words, once somebody asked to go on. */
  wrong: (field: string) => string | undefined
}
