import type { Agreement } from '../api/types'
import type { Place } from '../parts/router'

/** What every view of an agreement is given. */
export interface View {
  agreement: Agreement
  place: Place
  /** What the ledger held when the view was opened, or when the reader last asked for what is new. */
  held: number
  /** Shows the ledger as it stood at a position, once something was recorded there. */
  hold: (position: number) => void
}
