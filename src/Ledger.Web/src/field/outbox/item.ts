import type { Problem } from '../../api/client'
import type { Receipt, Verdict } from '../../api/types'
import type { Draft } from '../report/draft'
import type { Json } from './canonical'

/** What is sent until it is answered, and how that goes. */
export interface Sendable {
  /** Phone: waits for the network. Sending: underway, or was when the app ended. Received: the server gave a receipt. Attention: the server refused it. */
  state: 'phone' | 'sending' | 'received' | 'attention'
  attempts: number
  /** Not before this time, unless somebody asks. */
  nextTry: number
  /** Why it is still here: nobody answered, or somebody must sign in first. */
  waitsFor?: 'network' | 'sign-in' | undefined
  problem?: Problem | undefined
  receipt?: Receipt
}

/** A file of a report, sent after it: first the bytes, then the entry that attaches them. */
export interface Upload extends Sendable {
  /** Of the bytes. */
  sha256: string
  /** Which photo on this phone, and which of its two files. */
  photo: string
  which: 'original' | 'published'
  name: string
  mediaType: string
  /** The id of the entry that attaches it, however often it is sent. */
  entryId: string
  /** What the server said of the bytes once it had them all. */
  held?: { mediaType: string; size: number } | undefined
}

/** A finished report. What it says no longer changes, and it keeps its id however often it is sent: that is why it is never recorded twice. */
export interface Item extends Sendable {
  /** The entry's id, a UUIDv7. */
  id: string
  agreement: string
  finishedAt: number
  /** What is sent, signed by this phone's key. */
  body: { entryId: string; saidAt: string; report: { [name: string]: Json } }
  /** What it was made from, so that it can be shown in words and made a draft again; none for what came from a file. */
  draft?: Draft
  /** What goes to the server after it; what stays on this phone is not here. */
  files?: Upload[]
  /** Milliseconds by which this phone's clock was behind, where that is known and the time that is stated was set right by it. */
  clock?: number | undefined
  receivedAt?: number
  /** Verdicts that it changed; absent until that was asked. */
  touched?: Touched[]
}

export interface Touched { provision: string; title: Record<string, string>; before: Verdict; after: Verdict }

/** The files that are not at the server yet. */
export const unsentFiles = (item: Item): Upload[] => (item.files ?? []).filter(file => file.state !== 'received')

/** Whether it, or a file of it, will be sent without anybody doing anything. */
export const waits = ({ state }: Sendable): boolean => state === 'phone' || state === 'sending'
