import type { Problem } from '../../api/client'
import type { Receipt, Verdict } from '../../api/types'
import type { Draft } from '../draft/draft'
import type { Json } from '../../proof/canonical'

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

/** What a phone finishes: a report, and what its reporter says about it afterwards. */
export type ItemType = 'report_filed' | 'report_corrected' | 'question_answered' | 'entry_retracted'

/** As the server takes it; docs/events.md. A report and its correction have a report, everything but a report a target. */
export type Body = {
  entryId: string
  saidAt: string
  target?: string
  report?: { [name: string]: Json }
  reason?: string
  words?: string
}

/** Something finished. What it says no longer changes, and it keeps its id however often it is sent: that is why it is never recorded twice. */
export interface Item extends Sendable {
  /** The entry's id, a UUIDv7. */
  id: string
  type: ItemType
  agreement: string
  finishedAt: number
  /** What is sent; with a report, signed by this phone's key. */
  body: Body
  /** Which report it speaks of, where it is none itself; none for what came from a file. */
  about?: About
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

export interface About {
  report: string
  kind?: string | undefined
  place?: string | undefined
}

/** The report that it is, or speaks of, as far as this phone knows. */
export const reportIdOf = ({ id, type, body, about }: Item): string | undefined =>
  type === 'report_filed' ? id : (about?.report ?? (type === 'question_answered' ? undefined : body.target))

/** What kind of thing was reported where, of whatever speaks of it. */
export function aboutOf(item: Item): Omit<About, 'report'> {
  const report = item.body.report as { kind: string; place?: { name?: string } } | undefined
  return report ? { kind: report.kind, place: report.place?.name } : (item.about ?? {})
}

export interface Touched {
  provision: string
  title: Record<string, string>
  before: Verdict
  after: Verdict
}

/** The files that are not at the server yet. */
export const unsentFiles = (item: Item): Upload[] => (item.files ?? []).filter((file) => file.state !== 'received')

/** Whether it, or a file of it, will be sent without anybody doing anything. */
export const waits = ({ state }: Sendable): boolean => state === 'phone' || state === 'sending'
