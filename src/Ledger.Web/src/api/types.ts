// The shapes of /api/v1, as far as the app reads them. What the server takes and answers stands in described.ts, which is made from its description; here
// are the app's names for it, and what the description leaves open: the agreement's file, and how a report is written in an answer.

import type * as Api from './described'
import type { Level, Precision } from './described'

export type {
  Actor,
  Bounds,
  Claim as StatementClaim,
  Cited,
  Clause,
  Deciding,
  EntriesPage,
  FlipsAnswer,
  HistoryAnswer,
  IncidentActor,
  IncidentStanding as Incident,
  KnownThenAnswer,
  LensUsed as Lens,
  Level,
  Life,
  Moment,
  NextAnswer,
  Point,
  Precision,
  ProvisionChange,
  ReceiptBody as Receipt,
  RecordedEntry as Entry,
  ReportSignature as Signature,
  Response as PartyResponse,
  EntryAboutReport as Said,
  Standing,
  Standing as StandingWhole,
  TimelineInterval as Interval,
  Verdict,
  VerdictAnswer,
  VersionList as VersionsAnswer,
  WaitingProposal,
  WhoSaysAnswer,
} from './described'

export type Text = Record<string, string>

/** Path and query of the same answer for ever. */
type Pinned = { pinned: string }

export type IncidentsAnswer = Api.IncidentsAnswer & Pinned
export type StatusAnswer = Api.StatusAnswer & Pinned
export type TimelineAnswer = Api.TimelineAnswer & Pinned
export type WhyAnswer = Api.WhyAnswer & Pinned
/** Of what is only supposed there is no address. */
export type DiffAnswer = Api.DiffAnswer & Partial<Pinned>

export interface Party {
  id: string
  name: Text
  aliases?: string[]
  signatory?: boolean
  boundBy?: string
  memberOf?: string
}

export interface Provision {
  id: string
  article?: string | number
  title: Text | string
  words?: Text | string
  reading?: Text | string
  duty?: string[]
  requiresZone?: string
}

export interface AgreementFile {
  id: string
  title: Text
  version: string
  languages: string[]
  timeZone: string
  signed: string
  parties: Party[]
  provisions: Provision[]
  zones?: { id: string; name?: Text }[]
  codebook: {
    kinds: Record<string, Text>
    attributes?: Record<string, { label: Text; values: Record<string, Text> }>
    quantities?: Record<string, Text>
  }
  adjudicators?: { id: string; name?: Text | string }[]
  evidence?: { threshold?: Level; corroboratedBy?: number; twoPeople?: Level[] }
  lenses?: Record<string, unknown>
}

export interface Agreement extends Omit<Api.AgreementSummary, 'file'> {
  file: AgreementFile
}

export type AgreementHead = Omit<Api.AgreementSummary, 'file'>

export interface Quantity {
  low?: number
  best?: number
  high?: number
}

export interface Occurrence {
  from: string
  until: string
  precision: Precision
}

export type ReportPlace = Api.Place

/** A report may be sent in shorter forms; the server answers in these. */
export interface ReportContent extends Omit<Api.Report, 'occurred' | 'quantities'> {
  occurred: Occurrence
  quantities?: Record<string, Quantity>
}

export type ReportState = 'live' | 'refuted' | 'retracted'

export interface ReportHead extends Omit<Api.ReportSummary, 'content' | 'state'> {
  state: ReportState
  content: ReportContent
}

export interface ReportWhole extends Omit<Api.ReportAnswer, 'content' | 'state'> {
  state: ReportState
  content: ReportContent
}

export interface WitnessesAnswer {
  size: number
  witnesses: { name: string; key: string; size?: number; cosignedAt?: string; refuses: boolean }[]
}

/** Between which times an entry was recorded, by the clocks of witnesses: what they saw without it, and with it. */
export interface WitnessedAnswer {
  position: number
  notBefore?: { size: number; at: string }
  notAfter?: { size: number; at: string }
}

export type ReportPart =
  | 'kind'
  | 'occurred'
  | 'place'
  | 'actors'
  | 'subject'
  | 'quantities'
  | 'attributes'
  | 'source'
  | 'summary'
  | 'narrative'
  | 'evidence'

/** A report that was sent back, with its answer once there is one. */
export interface ReportQuestion extends Omit<Api.QuestionAboutReport, 'fields'> {
  fields: ReportPart[]
}
