import type { Problem } from '../../api/client'
import type { Receipt, Verdict } from '../../api/types'
import type { Draft } from '../report/draft'
import type { Json } from './canonical'

/** A finished report. What it says no longer changes, and it keeps its id however often it is sent: that is why it is never recorded twice. */
export interface Item {
  /** The entry's id, a UUIDv7. */
  id: string
  agreement: string
  /** Phone: waits for the network. Sending: underway, or was when the app ended. Received: the server gave a receipt. Attention: the server refused it. */
  state: 'phone' | 'sending' | 'received' | 'attention'
  finishedAt: number
  /** What is sent, signed by this phone's key. */
  body: { entryId: string; saidAt: string; report: { [name: string]: Json } }
  /** What it was made from, so that it can be shown in words and made a draft again; none for what came from a file. */
  draft?: Draft
  attempts: number
  /** Not before this time, unless somebody asks. */
  nextTry: number
  /** Why it is still here: nobody answered, or somebody must sign in first. */
  waitsFor?: 'network' | 'sign-in' | undefined
  /** Milliseconds by which this phone's clock was behind, where that is known and the time that is stated was set right by it. */
  clock?: number | undefined
  problem?: Problem | undefined
  receipt?: Receipt
  receivedAt?: number
  /** Verdicts that it changed; absent until that was asked. */
  touched?: Touched[]
}

export interface Touched { provision: string; title: Record<string, string>; before: Verdict; after: Verdict }
