// The shapes of /api/v1, as far as the app reads them; /openapi/v1.json has them all.

export type Text = Record<string, string>
export type Verdict = 'fulfilled' | 'holding' | 'pending' | 'breached' | 'unknown'
export type Life = 'not-yet-in-force' | 'in-force' | 'suspended' | 'discharged' | 'ended'
export type Level = 'alleged' | 'corroborated' | 'confirmed' | 'inconclusive' | 'refuted'
export type Precision = 'instant' | 'day' | 'days' | 'week' | 'month' | 'year'

export interface AgreementHead {
  id: string
  title: Text
  version: string
  signed: string
  timeZone: string
  position: number
  recordedAt: string
  provisions: string[]
}

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
  evidence?: { threshold?: Level; corroboratedBy?: number; twoPeople?: Level[] }
  lenses?: Record<string, unknown>
}

export interface Agreement extends AgreementHead {
  file: AgreementFile
}

export interface Lens {
  threshold: Level
  match: 'certain' | 'possible'
  reading?: string
  saidBy?: string
  sources?: unknown
  without?: string[]
}

export interface Deciding {
  entry: string
  position?: number
  role: string
  level?: Level
  at: string
  subject?: string
}

export interface Bounds {
  best: Verdict
  worst: Verdict
  settled: boolean
  separatedBy: Deciding[]
}

export interface VerdictAnswer {
  agreement: string
  position: number
  reading: string
  asOf: string
  lens: Lens
  provision: string
  article?: string
  title: Text
  kind: 'achieve' | 'forbid' | 'maintain' | 'recur' | 'judged'
  life: Life
  verdict: Verdict
  reason: string
  since?: string
  deadline?: string
  fulfilledAt?: string
  lateAt?: string
  curedAt?: string
  counts?: { violations: number; first: string; last: string }
  progress?: { quantity: string; reached: number; atLeast: number }
  bounds: Bounds
  instances: {
    key?: string
    triggeredAt?: string
    deadline?: string
    verdict: Verdict
    violations?: { key?: string; at: string; entry: string }[]
    violationsOmitted?: number
  }[]
  decidedBy: Deciding[]
  pinned?: string
}

export interface StatusAnswer {
  agreement: string
  position: number
  reading: string
  asOf: string
  lens: Lens
  verdicts: VerdictAnswer[]
  pinned?: string
}

export interface Interval {
  from?: string
  until?: string
  reading: string
  life: Life
  verdict: Verdict
  reason: string
  decidedBy: Deciding[]
}

export interface TimelineAnswer {
  provision: string
  position: number
  intervals: Interval[]
  pinned: string
}

export interface Moment {
  utc: string
  local: string
}

export interface Quantity {
  low?: number
  best?: number
  high?: number
}

export interface Actor {
  name: string
  role: 'by' | 'against' | 'observed'
}

export interface Cited {
  entry: string
  position?: number
  type: string
  role?: string
  level?: Level
  kind?: string
  from?: Moment
  until?: Moment
  place?: string
  actors?: Actor[]
  subject?: string
  author?: string
  sourceClass?: string
  saidAt?: string
  recordedAt?: string
  correctedBy?: string
  assessedBy?: string
  grounds?: string
  summary?: string
  quantities?: Record<string, Quantity>
}

export interface Clause {
  article?: string
  title: Text
  words?: Text
  reading?: Text
  version: string
  duty: string[]
}

export interface WhyAnswer {
  answer: VerdictAnswer
  conclusion: string
  clause: Clause
  activation?: { provision: string; at?: Moment }
  deadlines: { key?: string; starts: Moment; tooLate?: Moment; arithmetic: string }[]
  entries: Cited[]
  separatedBy: Cited[]
  coverage: { entry: string; from: string; until: string; zones: string[]; by: string; method?: string }[]
  nearMisses: { role: string; failed: string; words: string; entry: Cited }[]
  nearMissesOmitted: number
  pinned: string
}

export interface Occurrence {
  from: string
  until: string
  precision: Precision
}

export interface ReportPlace {
  name?: string
  point?: { lat: string; lon: string }
  exact?: { lat: string; lon: string }
  precision: 'exact' | 'near' | 'district' | 'region' | 'unknown'
  radius?: number
  code?: string
  zone?: string
}

export interface ReportContent {
  kind: string
  occurred: Occurrence
  place?: ReportPlace
  actors?: Actor[]
  subject?: string
  quantities?: Record<string, Quantity>
  attributes?: Record<string, string>
  source: { class: string; name?: string; party?: string; reliability?: string; credibility?: number }
  summary?: string
  narrative?: string
  evidence?: string[]
  origin?: { dataSet: string; record: string; url?: string }
}

export interface ReportHead {
  report: string
  position: number
  recordedAt: string
  saidAt: string
  state: 'live' | 'refuted' | 'retracted'
  level: Level
  contentFrom: string
  linkedWith: string[]
  content: ReportContent
}

/** What a device signed; entries recorded before keys were enrolled have no standing. */
export interface Signature {
  alg: string
  key: string
  value: string
  content: string
  standing?: 'enrolled' | 'revoked' | 'unknown'
}

/** The signature stands only in a report that was asked for with a reason to open what is sealed. */
export interface Said {
  position: number
  entry: string
  type: string
  recordedAt: string
  saidAt: string
  live: boolean
  data: Record<string, unknown>
  signature?: Signature
}

export interface ReportWhole extends ReportHead {
  agreement: string
  filing: Said
  corrections: Said[]
  questions: Said[]
  answers: Said[]
  proposals: Said[]
  assessments: Said[]
  responses: Said[]
  links: Said[]
  evidence: Said[]
  retractions: Said[]
}

export interface Entry {
  agreement: string
  data: Record<string, unknown>
  entry: string
  position: number
  recorded: string
  type: string
  v: number
}

export interface Receipt {
  agreement: string
  position: number
  entryId: string
  type: string
  recordedAt: string
  hash: string
  proof: string
}

export interface Standing {
  reading: string
  life: Life
  verdict: Verdict
  reason: string
  since?: string
  fulfilledAt?: string
  best: Verdict
  worst: Verdict
}

export interface IncidentActor {
  name: string
  role: Actor['role']
  party?: string
}

/** One incident in short; with versions, from when until when it was known so. */
export interface Incident {
  report: string
  reports: string[]
  position: number
  level: Level
  kind: string
  from: string
  until: string
  precision: Precision
  place?: string
  lat?: number
  lon?: number
  metres?: number
  zones: string[]
  perhapsZones: string[]
  /** Provisions, by the whole question; of these a verdict lists only the latest thousand. */
  violates: string[]
  actors: IncidentActor[]
  quantities: Record<string, Quantity>
  summary?: string
  sourceClass: string
  source?: string
  sourceParty?: string
  saidAt: string
  since?: string
  before?: string
}

export interface IncidentsAnswer {
  agreement: string
  position: number
  incidents: Incident[]
  pinned: string
}

export interface KnownThenAnswer {
  position: number
  by: 'said' | 'recorded'
  provisions: { provision: string; intervals: Interval[] }[]
}

export interface Point {
  asOf: string
  position: number
  lens: Lens
}

export interface StandingWhole extends Standing {
  lateAt?: string
  counts?: { violations: number; first: string; last: string }
  progress?: { quantity: string; reached: number; atLeast: number }
}

/** Why it stood and stands so, in English; the clauses only where the two points are judged by different readings. */
export interface ProvisionChange {
  provision: string
  title: Text
  before?: StandingWhole
  after?: StandingWhole
  whyBefore?: string
  whyAfter?: string
  clauseBefore?: Clause
  clauseAfter?: Clause
}

export interface DiffAnswer {
  from: Point
  to: Point
  provisions: ProvisionChange[]
  unchanged: string[]
  added: Cited[]
  corrected: Cited[]
  reassessed: Cited[]
  removed: Cited[]
  pinned?: string
}

export interface FlipsAnswer {
  standing: StandingWhole
  sets: { entries: Cited[]; without?: StandingWhole }[]
  complete: boolean
}

export interface HistoryAnswer {
  steps: { position: number; standing?: StandingWhole; entry: Cited }[]
}

export interface NextAnswer {
  ahead: {
    provision: string
    title: Text
    key?: string
    when: Moment
    coming: 'deadline' | 'overdue' | 'cured' | 'in-force' | 'ended'
    needs: string
    progress?: { quantity: string; reached: number; atLeast: number }
  }[]
}

export interface StatementClaim {
  entry: string
  position?: number
  by: string
  party?: string
  stance: string
  since?: string
  saidAt: string
  summary?: string
  agrees?: boolean
  earlier: number
}

export interface PartyResponse {
  entry: string
  position?: number
  report: string
  party: string
  stance: string
  saidAt: string
  words?: string
}

export interface WhoSaysAnswer {
  provisions: {
    provision: string
    title: Text
    house: StandingWhole
    statements: StatementClaim[]
    responses: PartyResponse[]
  }[]
}

export interface EntriesPage {
  agreement: string
  size: number
  entries: Entry[]
  next?: string
}

export interface VersionsAnswer {
  versions: {
    version: string
    position: number
    entry: string
    recordedAt: string
    appliesFrom?: string
    reason?: string
    live: boolean
  }[]
}

export interface WitnessesAnswer {
  size: number
  witnesses: { name: string; key: string; size?: number; cosignedAt?: string }[]
}

/** A finding that waits for a second person. */
export interface WaitingProposal {
  entry: string
  position: number
  recordedAt: string
  report: string
  kind: string
  level: Level
  grounds: string
  by?: string
  mine: boolean
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
export interface ReportQuestion {
  entry: string
  position: number
  recordedAt: string
  report: string
  kind: string
  place?: string
  question: string
  fields: ReportPart[]
  by?: string
  mine: boolean
  answer?: { entry: string; position: number; recordedAt: string; type: string; words: string }
}
