// Made from docs/openapi.json by `npm run api`.

export type AccessKind = 'session' | 'token'
export type ActorRole = 'by' | 'against' | 'observed'
export type Coming = 'deadline' | 'overdue' | 'cured' | 'in-force' | 'ended'
/**
 * How well a report is established. The three that count are ordered; the order of the values is that order.
 */
export type Level = 'refuted' | 'inconclusive' | 'alleged' | 'corroborated' | 'confirmed'
/**
 * How a provision stands, in order of badness: an answer over several instances is the last of these among them.
 */
export type Verdict = 'fulfilled' | 'holding' | 'pending' | 'unknown' | 'breached'
/**
 * What a deciding entry did.
 */
export type DecidingRole =
  'trigger' | 'act' | 'late-act' | 'violation' | 'enters' | 'leaves' | 'counted' | 'finding' | 'power'
/**
 * Whether something certainly, possibly or certainly not holds.
 */
export type Certainty = 'no' | 'possible' | 'certain'
export type SourceClass =
  'own-observation' | 'witness' | 'party' | 'official' | 'organisation' | 'media' | 'open-source' | 'other'
export type StatementStance = 'kept' | 'broken' | 'partly' | 'in-progress' | 'disputed' | 'refused' | 'inconclusive'
/**
 * Whether a provision binds at all; says nothing about whether it is kept.
 */
export type Life = 'not-yet-in-force' | 'in-force' | 'suspended' | 'discharged' | 'ended'
/**
 * Why a verdict is what it is, in one word that a program can branch on.
 */
export type Reason =
  | 'not-yet-in-force'
  | 'no-trigger'
  | 'before-deadline'
  | 'released'
  | 'act-in-time'
  | 'deadline-passed'
  | 'no-violation'
  | 'violation'
  | 'cured'
  | 'recurring'
  | 'overdue'
  | 'period-missed'
  | 'no-line'
  | 'not-observed'
  | 'no-count'
  | 'no-finding'
  | 'finding'
export type ResponseStance = 'admits' | 'denies' | 'justifies' | 'disputes'
/**
 * The condition by which alone a fact did not count.
 */
export type Condition =
  | 'level'
  | 'actor'
  | 'zone'
  | 'subject'
  | 'attribute'
  | 'quantity'
  | 'exclusion'
  | 'late'
  | 'too-early'
  | 'outside-force'
/**
 * What the key that signed a report was to its reporter.
 */
export type KeyStanding = 'enrolled' | 'revoked' | 'unknown'
/**
 * How exactly a source states when something happened.
 */
export type Precision = 'instant' | 'day' | 'days' | 'week' | 'month' | 'year'
/**
 * What a person is to an agreement.
 */
export type MemberRole = 'monitor' | 'reviewer' | 'party' | 'auditor' | 'administrator'
/**
 * By which clock somebody knew: by what had been said, or by what this ledger held.
 */
export type KnownBy = 'said' | 'recorded'
/**
 * How exactly a source states where something happened.
 */
export type PlacePrecision = 'exact' | 'near' | 'district' | 'region' | 'unknown'

/**
 * Another provision whose breach puts this one in force, and when it was breached; null when it was not.
 */
export interface Activation {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  at?: Moment
}
/**
 * One instant, as UTC and as the clocks of the agreement's time zone show it.
 */
export interface Moment {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  utc: string
  /**
   * The same by the clocks of the agreement's time zone.
   */
  local: string
}
/**
 * Who took part, as the source says: a party's id, or any name.
 */
export interface Actor {
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  role: ActorRole
}
/**
 * The agreement file, whole. The first entry of every ledger and nowhere else.
 */
export interface AgreementAdopted {
  /**
   * Any JSON object.
   */
  file: {
    [k: string]: unknown
  }
  /**
   * Lower-case hexadecimal SHA-256 of the source text of the file.
   */
  sourceSha256: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface AgreementList {
  /**
   * Every agreement that you may read.
   */
  agreements: AgreementSummary[]
}
/**
 * An agreement in a list.
 */
export interface AgreementSummary {
  /**
   * Its id here.
   */
  id: string
  /**
   * What it is called, by language.
   */
  title: {
    [k: string]: string
  }
  /**
   * The version of the agreement file, by its name.
   */
  version: string
  /**
   * A day in the agreement's time zone.
   */
  signed: string
  /**
   * Its name in the time zone database. Days begin and end by its clocks.
   */
  timeZone: string
  /**
   * The last position of its ledger.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * Provisions of the agreement file.
   */
  provisions: string[]
  /**
   * Where its verdicts are.
   */
  verdicts: string
  /**
   * Any JSON object.
   */
  file?: {
    [k: string]: unknown
  }
}
/**
 * A new version of the file: another reading, an amendment, a protocol.
 */
export interface AgreementRevised {
  /**
   * Any JSON object.
   */
  file: {
    [k: string]: unknown
  }
  /**
   * SHA-256 of the file as it was written, before it was parsed.
   */
  sourceSha256: string
  /**
   * A day in the agreement's time zone.
   */
  appliesFrom: string
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface AgreementTerminated {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  effective: string
  /**
   * The document or decision that exercises the power.
   */
  basis: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * One recorded version of an agreement file.
 */
export interface AgreementText {
  /**
   * The version of the agreement file, by its name.
   */
  version: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * The entry's id.
   */
  entry: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * A day in the agreement's time zone.
   */
  appliesFrom?: string
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason?: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * SHA-256 of the file as it was written, before it was parsed.
   */
  sourceSha256: string
  /**
   * Whether it counts, that is, was not retracted.
   */
  live: boolean
}
/**
 * A moment at which an answer changes by itself if nothing happens before.
 */
export interface Ahead {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * What it is called, by language.
   */
  title: {
    [k: string]: string
  }
  /**
   * The duty's subject, where a provision has several.
   */
  key?: string
  when: Moment
  coming: Coming
  /**
   * What is still needed, as a sentence.
   */
  needs: string
  progress?: Progress
}
/**
 * How far a running sum has come.
 */
export interface Progress {
  /**
   * Which count of the codebook.
   */
  quantity: string
  /**
   * How much was reached by then.
   */
  reached: number
  /**
   * How much the provision requires.
   */
  atLeast: number
}
export interface AnswerToQuestion {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * What it is.
   */
  type: string
  /**
   * What was answered, or why the report was corrected.
   */
  words: string
}
/**
 * One person finds a level that the agreement wants two people for. It changes no verdict; a
 * ReportAssessed of somebody else that names it does.
 */
export interface AssessmentProposed {
  /**
   * Entry id of the filing.
   */
  target: string
  level: Level
  /**
   * The grounds of the reviewer's finding, in words that everybody can read.
   */
  grounds: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * What became of one line.
 */
export interface BatchResult {
  /**
   * The line, counted from 1.
   */
  line: number
  /**
   * The HTTP status.
   */
  status: number
  receipt?: ReceiptBody
  error?: ErrorBody
}
/**
 * What a client is told of an entry, the same every time it asks.
 */
export interface ReceiptBody {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * The id that the sender generated, a UUIDv7. Sending the same entry again with the same id is safe.
   */
  entryId: string
  /**
   * What it is.
   */
  type: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * Leaf hash, in hexadecimal.
   */
  hash: string
  /**
   * Where the entry's receipt lies that proves all this to others.
   */
  proof: string
  /**
   * What is odd about it and may still be true, so that a person may look again; absent where
   *     nothing is.
   */
  warnings?: ErrorPlace[]
}
export interface ErrorPlace {
  /**
   * RFC 6901 pointer into the body, or the name of a parameter; empty for the whole.
   */
  pointer: string
  /**
   * Stable, for programs: what is wrong here.
   */
  code: string
  /**
   * What is wrong, and what to do about it.
   */
  detail: string
  /**
   * One-based, in text that has lines.
   */
  line?: number
  /**
   * The column, counted from 1, where a line was read.
   */
  column?: number
}
export interface ErrorBody {
  /**
   * What it is.
   */
  type: string
  /**
   * What it is called, by language.
   */
  title: string
  /**
   * The HTTP status.
   */
  status: number
  /**
   * Stable; clients may branch on it.
   */
  code: string
  /**
   * What is wrong, and what to do about it.
   */
  detail: string
  /**
   * Each thing that is wrong with what was sent.
   */
  errors?: ErrorPlace[]
}
/**
 * The verdict if everything in doubt is taken for the duty-bound, and against them.
 */
export interface Bounds {
  best: Verdict
  worst: Verdict
  /**
   * False is contested.
   */
  settled: boolean
  /**
   * The reports of the facts that count in one bound and not in the other, or not for as much: without all of them the
   * bounds would be the same. Of more than fifty facts those of the first and the last twenty-five.
   */
  separatedBy: Deciding[]
  /**
   * How many facts between the first and the last are not listed; null when all are.
   */
  separatedByOmitted?: number
}
/**
 * An entry that decided an answer, and the part it played.
 */
export interface Deciding {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * Null for a supposed entry.
   */
  position?: number
  role: DecidingRole
  level?: Level
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  at: string
  /**
   * The subject that several reports can share: a weapon, a unit, a post, a road.
   */
  subject?: string
}
export interface CheckedFile {
  /**
   * The agreement's id.
   */
  id: string
  /**
   * Names the reading.
   */
  version: string
  /**
   * Their ids, in the order of the file.
   */
  provisions: string[]
  /**
   * Of the file's text.
   */
  sourceSha256: string
  /**
   * Any JSON object.
   */
  file: {
    [k: string]: unknown
  }
}
/**
 * An entry and what it says.
 */
export interface Cited {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position?: number
  /**
   * What it is.
   */
  type: string
  role?: DecidingRole
  level?: Level
  /**
   * A kind of the agreement's codebook.
   */
  kind?: string
  from?: Moment
  until?: Moment
  /**
   * The name of the place, as it was reported.
   */
  place?: string
  /**
   * Who took part, as the report says, each with its role.
   */
  actors?: Actor[]
  /**
   * The subject that several reports can share: a weapon, a unit, a post, a road.
   */
  subject?: string
  /**
   * Who says so: the name of the source, or whoever recorded it.
   */
  author?: string
  sourceClass?: SourceClass
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt?: string
  /**
   * The correction that gave the report its content.
   */
  correctedBy?: string
  /**
   * The assessment that gave the report its level.
   */
  assessedBy?: string
  /**
   * Grounds of that assessment, or the basis of a power.
   */
  grounds?: string
  /**
   * A sentence that everybody may read.
   */
  summary?: string
  /**
   * Numbers of linked reports, from the lowest to the highest, and who says which stands in each report.
   */
  quantities?: {
    /**
     * A number as a source gives it. Numbers of different reports are never merged into one.
     */
    [k: string]:
      | number
      | {
          /**
           * At least so many.
           */
          low: number
          /**
           * The source's best estimate.
           */
          best?: number
          /**
           * The maximum number to return.
           */
          high: number
        }
  }
}
/**
 * The latest thing that somebody said about a provision.
 */
export interface Claim {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position?: number
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by: string
  /**
   * The party in whose name it is said, by its id.
   */
  party?: string
  stance: StatementStance
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  since?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * A sentence that everybody may read.
   */
  summary?: string
  /**
   * Whether it says what the ledger finds; null where the two cannot be compared.
   */
  agrees?: boolean
  /**
   * How many earlier statements of the same asserter there are.
   */
  earlier: number
}
/**
 * Who says what about one provision.
 */
export interface Claims {
  /**
   * Its id.
   */
  provision: string
  /**
   * Its title.
   */
  title: {
    [k: string]: string
  }
  house: Standing
  /**
   * The latest statement of each asserter, newest first.
   */
  statements: Claim[]
  /**
   * What parties say about the reports that decide it.
   */
  responses: Response[]
}
/**
 * A verdict in short, for answers that set several side by side.
 */
export interface Standing {
  /**
   * The version of the agreement file by which it is evaluated.
   */
  reading: string
  life: Life
  verdict: Verdict
  reason: Reason
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  since?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  fulfilledAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lateAt?: string
  counts?: Counts
  progress?: Progress
  best: Verdict
  worst: Verdict
}
/**
 * How often a provision was violated by then.
 */
export interface Counts {
  /**
   * How many there are.
   */
  violations: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  first: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  last: string
}
/**
 * A party's answer to a report.
 */
export interface Response {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position?: number
  /**
   * A report, by the id of the entry that filed it.
   */
  report: string
  /**
   * The party in whose name it is said, by its id.
   */
  party: string
  stance: ResponseStance
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * The author's own words, or the agreement's text.
   */
  words?: string
}
/**
 * The agreement's words and our rule, kept apart.
 */
export interface Clause {
  /**
   * Its place in the agreement, as numbered in the file.
   */
  article?: string
  /**
   * What it is called, by language.
   */
  title: {
    [k: string]: string
  }
  /**
   * The author's own words, or the agreement's text.
   */
  words?: {
    [k: string]: string
  }
  /**
   * The version of the agreement file by which it is evaluated.
   */
  reading?: {
    [k: string]: string
  }
  /**
   * The rule itself in English sentences made from its data, to be held against the reading.
   */
  rule: string[]
  /**
   * Names the version of the reading.
   */
  version: string
  /**
   * The parties that are bound by it.
   */
  duty: string[]
}
export interface CodebookAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * Any JSON.
   */
  codebook?: {} | unknown[]
}
/**
 * A table with places.
 */
export interface Collection {
  /**
   * Part of its address.
   */
  id: string
  /**
   * What to call it.
   */
  title: string
  /**
   * What a feature is.
   */
  description: string
  /**
   * Always `feature`.
   */
  itemType: string
  /**
   * Longitude and latitude in WGS 84.
   */
  crs: string[]
  extent: Extent
  /**
   * To its features.
   */
  links: Link[]
}
/**
 * Where and when.
 */
export interface Extent {
  spatial?: SpatialExtent
  temporal?: TemporalExtent
}
/**
 * A box around all places.
 */
export interface SpatialExtent {
  /**
   * One box: west, south, east, north.
   */
  bbox: number[][]
}
/**
 * From the first beginning to the last end.
 */
export interface TemporalExtent {
  /**
   * One interval of two instants.
   */
  interval: string[][]
}
/**
 * A link (OGC API - Features - Part 1, clause 5.2).
 */
export interface Link {
  /**
   * Where it leads.
   */
  href: string
  /**
   * What is there: self, next, data, items, collection, conformance, service-desc.
   */
  rel: string
  /**
   * The media type there.
   */
  type: string
  /**
   * What to call it.
   */
  title: string
}
/**
 * What a client may rely on.
 */
export interface Conformance {
  /**
   * Addresses of conformance classes.
   */
  conformsTo: string[]
}
/**
 * From when to when, where and how somebody was watching.
 */
export interface CoverageRecorded {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until: string
  /**
   * Zones watched; empty is the whole area of the agreement.
   */
  zones?: string[]
  /**
   * Who watched.
   */
  by: string
  /**
   * How: on foot, by drone, from satellite pictures.
   */
  method?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * A header by which the server knows its own pages.
 */
export interface CsrfHeader {
  /**
   * Its name.
   */
  header: string
  /**
   * What it says.
   */
  value: string
}
/**
 * How a deadline was worked out.
 */
export interface DeadlineExplained {
  /**
   * Which of several duties of the provision.
   */
  key?: string
  starts: Moment
  tooLate?: Moment
  /**
   * The arithmetic as a sentence, with the last day in words.
   */
  arithmetic: string
}
export interface DeadlineExtended {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * A day in the agreement's time zone.
   */
  to: string
  /**
   * The instance whose deadline moves, by its subject; null moves all.
   */
  subject?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  effective: string
  /**
   * The document or decision that exercises the power.
   */
  basis: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * One column.
 */
export interface DescribedColumn {
  /**
   * What its first cell says.
   */
  titles: string
  /**
   * Of XML Schema: string, decimal, date, dateTimeStamp.
   */
  datatype: string
}
/**
 * The caller's devices.
 */
export interface DeviceList {
  /**
   * Phones and browsers, and the keys with which they sign.
   */
  devices: DeviceShown[]
}
/**
 * A phone or a browser that signs what is filed on it.
 */
export interface DeviceShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * Any JSON object.
   */
  publicKey: {
    [k: string]: unknown
  }
  /**
   * What the device shows of its key, to be compared by eye.
   */
  fingerprint: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  enrolledAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lastSeenAt: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  revokedAt: null | string
}
/**
 * The difference between two points.
 */
export interface DiffAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  from: Point
  to: Point
  /**
   * Provisions whose answer differs in anything that a Standing shows but the name of the reading.
   */
  provisions: ProvisionChange[]
  /**
   * Ids of the provisions that stand as they stood.
   */
  unchanged: string[]
  /**
   * Reports that count as facts at the later point only.
   */
  added: Cited[]
  /**
   * Reports with other content, as they are at the later point.
   */
  corrected: Cited[]
  /**
   * Reports with another level, as they are at the later point.
   */
  reassessed: Cited[]
  /**
   * Reports that count at the earlier point only, because they were retracted or refuted, or do not pass the lens.
   */
  removed: Cited[]
}
/**
 * Where a question was asked: what pins an answer apart from the provision.
 */
export interface Point {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  lens: LensUsed
}
/**
 * The lens with every choice made.
 */
export interface LensUsed {
  threshold: Level
  match: Certainty
  /**
   * The version that was asked for; null when the latest live one was taken.
   */
  reading?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidBy?: string
  sources?: SourceFilter
  /**
   * As if these entries had never been recorded.
   */
  without?: string[]
  /**
   * Supposed entries as `type` and `data`.
   *
   * Items: Any JSON object.
   */
  suppose?: {
    [k: string]: unknown
  }[]
}
/**
 * Which sources count: with bool SourceFilter.Only just these, without it all but these.
 */
export interface SourceFilter {
  /**
   * Only reports of these sources.
   */
  only: boolean
  /**
   * Only reports of these kinds of source.
   */
  classes?: SourceClass[]
  /**
   * Party ids, matched with the party that a source speaks for.
   */
  parties?: string[]
  /**
   * Admiralty letters, A to F.
   *
   * Items: An Admiralty letter, A to F; F is 'cannot be judged'.
   */
  reliabilities?: string[]
}
/**
 * A provision before and after; null where the reading holds none of that id.
 */
export interface ProvisionChange {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * What it is called, by language.
   */
  title: {
    [k: string]: string
  }
  before?: Standing
  after?: Standing
  /**
   * Why it stood as it did before, in one or two sentences in English.
   */
  whyBefore?: string
  /**
   * Why it stands as it does after.
   */
  whyAfter?: string
  clauseBefore?: Clause
  clauseAfter?: Clause
}
/**
 * What was asked for was done.
 */
export interface DoneAnswer {
  /**
   * Always true.
   */
  done: boolean
}
/**
 * What a page of entries looks like; it is written without reading the entries.
 */
export interface EntriesPage {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * Entries in the whole ledger.
   */
  size: number
  /**
   * Entries in order of their positions.
   */
  entries: RecordedEntry[]
  /**
   * Path and query of the next page; null on the last.
   */
  next?: string
}
/**
 * What a recorded entry looks like; its bytes are passed on as they were hashed.
 */
export interface RecordedEntry {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * Any JSON object.
   */
  data: {
    [k: string]: unknown
  }
  /**
   * Its id.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recorded: string
  /**
   * The type of its event, such as `report_filed`.
   */
  type: string
  /**
   * The version of this layout.
   */
  v: number
}
/**
 * An entry that speaks of a report.
 */
export interface EntryAboutReport {
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * The entry's id.
   */
  entry: string
  /**
   * The type of its event, such as `report_corrected`.
   */
  type: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * Whether it counts.
   */
  live: boolean
  /**
   * Any JSON object.
   */
  data: {
    [k: string]: unknown
  }
  signature?: ReportSignature
}
/**
 * The signature of the device on which a report was written. docs/formats.md has the bytes.
 */
export interface ReportSignature {
  /**
   * `ES256` or `Ed25519`.
   */
  alg: string
  /**
   * The public key in base64url.
   */
  key: string
  /**
   * The signature in base64url.
   */
  value: string
  /**
   * What was signed of the report, as canonical JSON: as it was sent, with digests in place of
   *             sealed values.
   */
  content: string
  standing?: KeyStanding
}
/**
 * An earlier entry no longer counts. May itself be retracted.
 */
export interface EntryRetracted {
  /**
   * The entry that this is about, by its id.
   */
  target: string
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * The key is destroyed; every proof stays valid.
 */
export interface ErasureConfirmed {
  /**
   * The random id under which one person's sealed values are kept.
   */
  handle: string
  /**
   * Entry id of the request.
   */
  target: string
  /**
   * The authority for it, in words that everybody can read.
   */
  authority: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * Somebody with authority asks that sealed values be destroyed. Names a random handle, never a person.
 */
export interface ErasureRequested {
  /**
   * The random id under which one person's sealed values are kept.
   */
  handle: string
  /**
   * Positions of the entries whose sealed values the handle's key opens.
   */
  positions: number[]
  /**
   * Names of those values, such as `narrative`: one entry may hold values of several persons, and the authority
   * to destroy one's is none for another's.
   */
  names?: string[]
  /**
   * The authority for it, in words that everybody can read.
   */
  authority: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * A file held beside the ledger that belongs to a report.
 */
export interface EvidenceAttached {
  /**
   * The entry that this is about, by its id.
   */
  target: string
  /**
   * Lower-case hexadecimal SHA-256 of the file.
   */
  sha256: string
  /**
   * What the file is, such as image/jpeg.
   */
  mediaType: string
  /**
   * Bytes.
   */
  size: number
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * One thing on a map.
 */
export interface Feature {
  /**
   * Always `Feature`.
   */
  type: string
  /**
   * Its own, the same in every answer.
   */
  id: string
  /**
   * Where it is.
   */
  geometry: Geometry | null
  /**
   * Any JSON object.
   */
  properties: {
    [k: string]: unknown
  }
}
/**
 * Where it is.
 */
export interface Geometry {
  /**
   * Point, Polygon or MultiPolygon.
   */
  type: string
  /**
   * A list of anything.
   */
  coordinates: unknown[]
}
/**
 * What GeoJSON (RFC 7946) looks like; it is written without these types.
 */
export interface FeatureCollection {
  /**
   * Always `FeatureCollection`.
   */
  type: string
  /**
   * One of each.
   */
  features: Feature[]
  /**
   * Path and query of the same for ever.
   */
  pinned: string
}
/**
 * What there is to draw.
 */
export interface FeatureCollections {
  /**
   * To this list.
   */
  links: Link[]
  /**
   * Tables with places.
   */
  collections: Collection[]
}
/**
 * A page of features as GeoJSON; it is written without this type.
 */
export interface FeaturePage {
  /**
   * Always `FeatureCollection`.
   */
  type: string
  about: TableAbout
  /**
   * When it was answered.
   */
  timeStamp: string
  /**
   * Features on all pages.
   */
  numberMatched: number
  /**
   * Features on this page.
   */
  numberReturned: number
  /**
   * To this page, and to the next if there is one.
   */
  links: Link[]
  /**
   * In the order of the table.
   */
  features: Feature[]
}
/**
 * What a table shows: who has it can ask the same again, and check it against a checkpoint.
 */
export interface TableAbout {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * The table's name.
   */
  table: string
  /**
   * What a row is.
   */
  row: string
  /**
   * The table shows the entries up to this position.
   */
  position: number
  /**
   * The root of the log at that position, in hexadecimal.
   */
  root: string
  /**
   * Version of the agreement file used.
   */
  reading: string
  /**
   * Days are days of this time zone.
   */
  timeZone: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf?: string
  lens?: LensUsed
  /**
   * The language of names; null where the table has codes.
   */
  labels?: string
  /**
   * Path and query of the same for ever.
   */
  pinned: string
}
/**
 * Entries that change the answer when they are left out, and what it would be.
 */
export interface Flip {
  /**
   * Entries in order of their positions.
   */
  entries: Cited[]
  without?: Standing
}
/**
 * Minimal sets of reports whose retraction would change the verdict.
 */
export interface FlipsAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  at: Point
  standing: Standing
  /**
   * Sets of one, then of two reports neither of which would do alone.
   */
  sets: Flip[]
  /**
   * False when there were too many reports to try every one and every pair; those that decide were.
   */
  complete: boolean
}
/**
 * WGS 84 degrees. Kept as decimals because what is hashed holds no floating point; seven places are one centimetre.
 */
export interface GeoPoint {
  /**
   * Decimal text, because nothing that is hashed contains floating-point numbers.
   */
  lat: string
  /**
   * Decimal text, because nothing that is hashed contains floating-point numbers.
   */
  lon: string
}
/**
 * A handle and what it seals.
 */
export interface HandleSummary {
  /**
   * The random id under which one person's sealed values are kept.
   */
  handle: string
  /**
   * Its state.
   */
  state: string
  /**
   * In order; empty once it is erased.
   */
  positions: number[]
  /**
   * Which values are sealed under it.
   */
  names: string[]
  /**
   * Position of the entry that asked for the erasure.
   */
  requestedAt?: number
  /**
   * Position of the entry that confirmed the erasure.
   */
  erasedAt?: number
}
export interface HandlesPage {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * The ids under which sealed values are kept, each with its state.
   */
  handles: HandleSummary[]
}
/**
 * What was said about one valid time as the ledger grew.
 */
export interface HistoryAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf: string
  /**
   * The last position looked at.
   */
  position: number
  lens: LensUsed
  /**
   * In order of positions: each verdict with the entry that led to it.
   */
  steps: HistoryStep[]
}
/**
 * From one position on, until the next step, this was the answer.
 */
export interface HistoryStep {
  /**
   * The position whose entry changed the answer.
   */
  position: number
  standing?: Standing
  entry: Cited
}
/**
 * Somebody who took part.
 */
export interface IncidentActor {
  /**
   * As the report says.
   */
  name: string
  role: ActorRole
  /**
   * The party meant, where it is clear.
   */
  party?: string
}
/**
 * One incident in short, as a map and a list show it: what a report says, or several that are linked.
 */
export interface IncidentStanding {
  /**
   * The report whose content this is: that of the highest level, the latest of equals.
   */
  report: string
  /**
   * All reports of the incident that count, in order of their filing.
   */
  reports: string[]
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  level: Level
  /**
   * A kind of the agreement's codebook.
   */
  kind: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until: string
  precision: Precision
  /**
   * The name of the place, as it was reported.
   */
  place?: string
  /**
   * Degrees, rounded to a metre; for drawing. The decimals that were recorded stand in the report.
   */
  lat?: number
  /**
   * Longitude in degrees, WGS 84.
   */
  lon?: number
  /**
   * Metres around the point within which it happened.
   */
  metres?: number
  /**
   * Zones in which it certainly happened.
   */
  zones: string[]
  /**
   * Zones in which it may have happened; also one that is named before its line was in force.
   */
  perhapsZones: string[]
  /**
   * The provisions that it violates, by the whole question; of an answer's verdicts, which list a thousand
   * violations, these are all.
   */
  violates: string[]
  /**
   * Who did it, to whom, and who was seen.
   */
  actors: IncidentActor[]
  /**
   * From the lowest to the highest of its reports; who says which stands in each report.
   */
  quantities: {
    /**
     * A number as a source gives it. Numbers of different reports are never merged into one.
     */
    [k: string]:
      | number
      | {
          /**
           * At least so many.
           */
          low: number
          /**
           * The source's best estimate.
           */
          best?: number
          /**
           * The maximum number to return.
           */
          high: number
        }
  }
  /**
   * A sentence that everybody may read.
   */
  summary?: string
  sourceClass: SourceClass
  /**
   * Where it comes from.
   */
  source?: string
  /**
   * The party for which the source speaks.
   */
  sourceParty?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  since?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  before?: string
}
export interface IncidentsAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * In order of occurrence.
   */
  incidents: IncidentStanding[]
  /**
   * The same for ever.
   */
  pinned: string
}
/**
 * One duty under a provision: per trigger (achieve), per subject (maintain), or the provision itself.
 */
export interface Instance {
  /**
   * The subject.
   */
  key?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  triggeredAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  deadline?: string
  verdict: Verdict
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  fulfilledAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lateAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  curedAt?: string
  progress?: Progress
  /**
   * Forbidden acts.
   */
  violations?: Violation[]
  /**
   * How many earlier violations are not listed, because an answer lists a thousand; null when all are.
   */
  violationsOmitted?: number
  /**
   * When the subject was where it must not be, or was not where it must be, within the time in force.
   */
  intervals?: Stretch[]
  /**
   * When the recurring act was overdue.
   */
  gaps?: Stretch[]
  stock?: Stock
  /**
   * Calendar periods that were missed or came out short unwatched, the latest thousand; then the running one.
   */
  periods?: PeriodStanding[]
  /**
   * The facts and decisions from which the verdict follows.
   */
  decidedBy: Deciding[]
}
/**
 * One forbidden act.
 */
export interface Violation {
  /**
   * Which of several duties of the provision.
   */
  key?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  at: string
  /**
   * The entry's id.
   */
  entry: string
}
/**
 * Half-open; without an end it lasts.
 */
export interface Stretch {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until?: string
}
/**
 * How much there is of a quantity: the last counts and what came and went since.
 */
export interface Stock {
  /**
   * Which count of the codebook.
   */
  quantity: string
  /**
   * The lowest that the facts allow.
   */
  low: number
  /**
   * The highest.
   */
  high: number
}
/**
 * A calendar period: breached where it was missed, pending while it runs.
 */
export interface PeriodStanding {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until: string
  verdict: Verdict
  /**
   * How far each of its sums has come; null where one act is asked for.
   */
  sums?: Progress[]
}
/**
 * Invitations that the caller may withdraw.
 */
export interface InvitationList {
  /**
   * Links that were made, without their secrets.
   */
  invitations: InvitationShown[]
}
/**
 * A link that lets somebody in once.
 */
export interface InvitationShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * Whom it signs in; null where it makes a new person.
   */
  person: null | string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * Roles in agreements.
   */
  memberships: MembershipShown[]
  /**
   * Whoever signs in with this verified address is let in without the link.
   */
  email: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  createdAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  expiresAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  redeemedAt: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  revokedAt: null | string
  /**
   * The link itself; told once, when it is made.
   */
  link?: string
  /**
   * The link as a QR code, in SVG.
   */
  qr?: string
}
/**
 * A role in an agreement; `*` is every agreement.
 */
export interface MembershipShown {
  /**
   * The agreement's short name.
   */
  agreement: string
  role: MemberRole
  /**
   * For whom a party's representative speaks.
   */
  party?: string
  /**
   * Whether the sealed values of the agreement may be opened.
   */
  opensSealed: boolean
}
export interface KeptFile {
  /**
   * SHA-256 of the file, in hexadecimal.
   */
  sha256: string
  /**
   * Bytes.
   */
  size: number
  /**
   * What its content looks like.
   */
  mediaType: string
  /**
   * Whether an entry of the ledger says that it belongs to the report.
   */
  attached: boolean
}
/**
 * How every provision stood at each time by what was known at that time.
 */
export interface KnownThenAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  by: KnownBy
  /**
   * A day in the agreement's time zone.
   */
  from: string
  /**
   * A day in the agreement's time zone.
   */
  until: string
  lens: LensUsed
  /**
   * Provisions of the agreement file.
   */
  provisions: ProvisionKnownThen[]
}
export interface ProvisionKnownThen {
  /**
   * Its id.
   */
  provision: string
  /**
   * Half-open, from day to day, each with what was answered at the end of each of its
   *             days.
   */
  intervals: TimelineInterval[]
}
/**
 * A half-open stretch of valid time with one answer; an absent end is open.
 */
export interface TimelineInterval {
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until?: string
  /**
   * The version of the agreement file by which it is evaluated.
   */
  reading: string
  life: Life
  verdict: Verdict
  reason: Reason
  /**
   * The facts and decisions from which the verdict follows.
   */
  decidedBy: Deciding[]
}
/**
 * Where a client begins.
 */
export interface LandingPage {
  /**
   * The agreement's title.
   */
  title: string
  /**
   * What is to be found here.
   */
  description: string
  /**
   * To the rest.
   */
  links: Link[]
}
/**
 * One feature with links.
 */
export interface LinkedFeature {
  /**
   * Always `Feature`.
   */
  type: string
  /**
   * Its own, the same in every answer.
   */
  id: string
  /**
   * Where it is.
   */
  geometry: Geometry | null
  /**
   * Any JSON object.
   */
  properties: {
    [k: string]: unknown
  }
  /**
   * To itself and its collection.
   */
  links: Link[]
}
/**
 * Who the server takes the caller for.
 */
export interface Me {
  /**
   * A person, by name.
   */
  person: MyName | null
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by: AccessKind | null
  /**
   * The way the session began, or `token`.
   */
  how: null | string
  /**
   * The enrolled device of this session.
   */
  device: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  expiresAt: null | string
  /**
   * Roles in agreements.
   */
  memberships: MembershipShown[]
  /**
   * By agreement; `*` is every agreement.
   */
  permissions: {
    [k: string]: string[]
  }
  /**
   * Where signing in through the organisation's provider begins; null where there is none.
   */
  openId: null | string
  csrf: CsrfHeader
}
/**
 * A person, by name.
 */
export interface MyName {
  /**
   * Its id here.
   */
  id: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
}
/**
 * A fact that would have counted but for one condition.
 */
export interface NearMiss {
  role: DecidingRole
  failed: Condition
  /**
   * The condition in words: late by two days, 3 km outside the zone.
   */
  words: string
  entry: Cited
}
/**
 * What lies ahead.
 */
export interface NextAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  at: Point
  /**
   * What lies ahead, the soonest first.
   */
  ahead: Ahead[]
}
/**
 * That somebody opened a sealed value.
 */
export interface Opening {
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * The entry's id.
   */
  entry: string
  /**
   * Which value of the entry: `narrative`, `source.identity`.
   */
  name: string
  /**
   * Who.
   */
  person: string
  /**
   * Who opened it.
   */
  personName: string
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  at: string
}
export interface OpeningsPage {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * Who opened which sealed value, when and why.
   */
  openings: Opening[]
}
/**
 * Where an imported report was taken from.
 */
export interface Origin {
  /**
   * The data set it was taken from.
   */
  dataSet: string
  /**
   * The record in the data set.
   */
  record?: string
  /**
   * A web address.
   */
  url?: string
}
export interface PartyList {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * Any JSON.
   */
  parties?: {} | unknown[]
}
/**
 * A party admits, denies, justifies or disputes a report. Stands beside verdicts, never in them.
 */
export interface PartyResponded {
  /**
   * The entry that this is about, by its id.
   */
  target: string
  /**
   * The party in whose name it is said, by its id.
   */
  party: string
  stance: ResponseStance
  /**
   * Its words, or a summary of them.
   */
  words?: string
  origin?: Origin
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * What a browser hands to its authenticator.
 */
export interface PasskeyChallenge {
  /**
   * Any JSON.
   */
  options: {} | unknown[]
}
/**
 * The caller's passkeys.
 */
export interface PasskeyList {
  /**
   * Each passkey that is kept here.
   */
  passkeys: PasskeyShown[]
}
/**
 * A passkey of the caller's.
 */
export interface PasskeyShown {
  /**
   * As browsers write it, in base64url.
   */
  id: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * Whether its owner's other devices have it too.
   */
  synced: boolean
  /**
   * The device on which it was made; null where that was not enrolled.
   */
  device: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  createdAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lastUsedAt: null | string
}
/**
 * People, as far as the caller administers them.
 */
export interface PersonList {
  /**
   * Everybody whom the caller administers.
   */
  people: PersonShown[]
}
/**
 * Somebody who may come in.
 */
export interface PersonShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  createdAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  revokedAt: null | string
  /**
   * Those roles that the caller administers.
   */
  memberships: MembershipShown[]
  /**
   * Roles that wait for a second administrator.
   */
  proposed: ProposedRoleShown[]
  /**
   * With the keys that sign what they file; empty where the person has roles that the caller does not administer.
   */
  devices: DeviceShown[]
  /**
   * Whether the caller may close every door to them.
   */
  revocable: boolean
}
/**
 * A role that one administrator proposed and that a second one gives by granting the same.
 */
export interface ProposedRoleShown {
  membership: MembershipShown
  /**
   * Who proposed it.
   */
  by: string
  /**
   * Whether the caller did, and so cannot be the second.
   */
  mine: boolean
}
/**
 * Where something happened, as the source states it.
 */
export interface Place {
  /**
   * The name as heard, in any spelling or language.
   */
  name?: string
  /**
   * Gazetteer id or p-code, such as `SY0705`.
   */
  code?: string
  point?: GeoPoint
  exact?: GeoPoint
  precision: PlacePrecision
  /**
   * Metres around GeoPoint? Place.Point within which it happened; absent, the precision implies them.
   */
  radius?: number
  /**
   * A zone of the agreement that the source names as the place, such as "in the demilitarised zone".
   */
  zone?: string
}
export interface ProvisionDischarged {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  effective: string
  /**
   * The document or decision that exercises the power.
   */
  basis: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface ProvisionResumed {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  effective: string
  /**
   * The document or decision that exercises the power.
   */
  basis: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface ProvisionSuspended {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * Whether a running deadline stands still meanwhile.
   */
  deadlineStandsStill?: boolean
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  effective: string
  /**
   * The document or decision that exercises the power.
   */
  basis: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * Whether everybody may read an agreement.
 */
export interface PublicReading {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * False where only its people may.
   */
  public: boolean
}
export interface QuestionAboutReport {
  /**
   * The question's entry id: what an answer names.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * A report, by the id of the entry that filed it.
   */
  report: string
  /**
   * A kind of the agreement's codebook.
   */
  kind: string
  /**
   * The name of the place, as it was reported.
   */
  place?: string
  /**
   * The reviewer's question, in words that everybody can read.
   */
  question: string
  /**
   * The parts of the report that the question is about.
   */
  fields: string[]
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * Whether the asker of this list filed the report, and so may answer.
   */
  mine: boolean
  answer?: AnswerToQuestion
}
/**
 * Whoever filed the report answers in words. What changes the report is a ReportCorrected.
 */
export interface QuestionAnswered {
  /**
   * Entry id of the ReportSentBack.
   */
  target: string
  /**
   * The author's own words, or the agreement's text.
   */
  words: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface QuestionsAboutReports {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * The newest first.
   */
  questions: QuestionAboutReport[]
}
/**
 * A claim by one source that something happened. What it says may be wrong; that it was said is what is recorded.
 */
export interface Report {
  /**
   * A kind of the agreement's codebook.
   */
  kind: string
  /**
   * When something happened in the world: the half-open interval within which the source places it.
   * An instant is the microsecond it names, so that every occurrence has a start that is before its end.
   */
  occurred:
    | string
    | {
        /**
         * The first instant or day in it.
         */
        from: string
        /**
         * Its end, which is excluded.
         */
        until?: string
        /**
         * How exactly the source states it.
         */
        precision?: 'instant' | 'day' | 'days' | 'week' | 'month' | 'year'
      }
  place?: Place
  /**
   * Who did it, to whom, and who was seen.
   */
  actors?: Actor[]
  /**
   * Ties reports together: a weapon, a unit, a post, a road.
   */
  subject?: string
  /**
   * Counts, each under its name in the codebook.
   */
  quantities?: {
    /**
     * A number as a source gives it. Numbers of different reports are never merged into one.
     */
    [k: string]:
      | number
      | {
          /**
           * At least so many.
           */
          low: number
          /**
           * The source's best estimate.
           */
          best?: number
          /**
           * The maximum number to return.
           */
          high: number
        }
  }
  /**
   * Codes of the codebook, each under its attribute.
   */
  attributes?: {
    [k: string]: string
  }
  source: Source
  /**
   * What is claimed, in a sentence that may be published. Whatever may not belongs into string? Report.Narrative.
   */
  summary?: string
  /**
   * Free text in its own language; sealed.
   */
  narrative?: string
  /**
   * What was sealed before recording, by the names in SealedNames, each with the digest that stands
   * for it in the entry. Empty in what a client sends; string? Report.Narrative, string? Source.Identity and
   * GeoPoint? Place.Exact are empty in what is recorded.
   */
  sealed?: {
    [k: string]: string
  }
  /**
   * Lower-case hexadecimal SHA-256 of each file that belongs to it.
   */
  evidence?: string[]
  origin?: Origin
  level?: Level
}
/**
 * Who says so. Reliability and credibility are separate axes; F and 6 mean "cannot be judged", not "worst".
 */
export interface Source {
  class: SourceClass
  /**
   * A public body, an outlet, an office. A person is named in string? Source.Identity only.
   */
  name?: string
  /**
   * The party for which it speaks.
   */
  party?: string
  /**
   * Admiralty letter of the source, A to F.
   */
  reliability?: string
  /**
   * Admiralty number of the information, 1 to 6.
   */
  credibility?: number
  /**
   * Who the source is, where that must be protected; sealed.
   */
  identity?: string
}
/**
 * What one report looks like with everything recorded about it; the lists are written from the types of entries.
 */
export interface ReportAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A report, by the id of the entry that filed it.
   */
  report: string
  /**
   * Where it was filed.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * live, refuted or retracted.
   */
  state: string
  level: Level
  /**
   * The entry that holds the content: the filing or the latest live correction.
   */
  contentFrom: string
  /**
   * Reports of the same incident.
   */
  linkedWith: string[]
  content: Report
  filing: EntryAboutReport
  /**
   * Later versions.
   */
  corrections: EntryAboutReport[]
  /**
   * Findings that await a second person, or awaited one.
   */
  proposals: EntryAboutReport[]
  /**
   * Findings.
   */
  assessments: EntryAboutReport[]
  /**
   * Questions with which it was sent back.
   */
  questions: EntryAboutReport[]
  /**
   * Answers to those.
   */
  answers: EntryAboutReport[]
  /**
   * What parties say to it.
   */
  responses: EntryAboutReport[]
  /**
   * Findings that several reports are of one incident.
   */
  links: EntryAboutReport[]
  /**
   * Files that were attached.
   */
  evidence: EntryAboutReport[]
  /**
   * What no longer counts.
   */
  retractions: EntryAboutReport[]
}
/**
 * A reviewer's finding on a report.
 */
export interface ReportAssessed {
  /**
   * Entry id of the filing.
   */
  target: string
  level: Level
  /**
   * The grounds of the reviewer's finding, in words that everybody can read.
   */
  grounds: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  origin?: Origin
  /**
   * Entry id of another person's AssessmentProposed that this one agrees with; null is a finding of
   * one person.
   */
  proposal?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * The same report with new content, and why.
 */
export interface ReportCorrected {
  /**
   * Entry id of the filing.
   */
  target: string
  report: Report
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * A claim by one source that something happened. Its entry id is the report's id.
 */
export interface ReportFiled {
  report: Report
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * A reviewer asks whoever filed the report something before going on. It says nothing about what happened, and changes
 * no verdict.
 */
export interface ReportSentBack {
  /**
   * Entry id of the filing.
   */
  target: string
  /**
   * The reviewer's question, in words that everybody can read.
   */
  question: string
  /**
   * Which parts of the report it concerns, by their names on the wire; empty is the whole report.
   */
  fields?: string[]
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * A report as it stands.
 */
export interface ReportSummary {
  /**
   * A report, by the id of the entry that filed it.
   */
  report: string
  /**
   * Where it was filed.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt: string
  /**
   * live, refuted or retracted.
   */
  state: string
  level: Level
  /**
   * The entry that holds Report ReportSummary.Content: the filing or the latest live correction.
   */
  contentFrom: string
  /**
   * Reports that describe the same incident.
   */
  linkedWith: string[]
  content: Report
}
/**
 * These reports speak of one incident. Links chain: what shares a report shares the incident.
 */
export interface ReportsLinked {
  /**
   * Reports, by the ids of the entries that filed them, or whole in a list.
   */
  reports: string[]
  /**
   * The reason, in words that everybody can read; of an opening, in words that auditors read.
   */
  reason?: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
export interface ReportsPage {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * Reports, by the ids of the entries that filed them, or whole in a list.
   */
  reports: ReportSummary[]
  /**
   * Path and query of the next page; null on the last.
   */
  next?: string
}
/**
 * Who had which role when, the newest first.
 */
export interface RoleHistory {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * Those of every agreement among them.
   */
  roles: RoleShown[]
}
/**
 * That somebody had a role.
 */
export interface RoleShown {
  /**
   * A person's id.
   */
  person: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * The agreement's short name.
   */
  agreement: string
  role: MemberRole
  /**
   * For whom a party's representative spoke.
   */
  party?: string
  /**
   * Whether the sealed values of the agreement may be opened.
   */
  opensSealed: boolean
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until: null | string
  /**
   * Null where the server itself gave it.
   */
  givenBy: null | string
  /**
   * Null where they have it, or where it ended because the person was revoked.
   */
  takenBy: null | string
  /**
   * Who proposed it, where it takes two people to give it; null elsewhere.
   */
  proposedBy: null | string
}
/**
 * Where a person is signed in, the last used first.
 */
export interface SessionList {
  /**
   * The browsers that are let in at this moment.
   */
  sessions: SessionShown[]
}
/**
 * A browser that is let in at this moment.
 */
export interface SessionShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * The way it came in: link, passkey or oidc.
   */
  how: string
  /**
   * The device that was enrolled in it; null where none was.
   */
  device: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  startedAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lastSeenAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  expiresAt: string
  /**
   * Whether it is the one that asks.
   */
  current: boolean
}
/**
 * Somebody says how provisions are being kept. Stands beside verdicts; only an adjudicator's finding enters one.
 */
export interface StatementRecorded {
  /**
   * Provisions of the agreement file.
   */
  provisions: string[]
  stance: StatementStance
  /**
   * Who says so: a ministry, an envoy, an observatory.
   */
  by: string
  /**
   * The party for which it speaks.
   */
  party?: string
  /**
   * The adjudicator of the agreement whose finding this is.
   */
  adjudicator?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  since?: string
  /**
   * A sentence that everybody may read.
   */
  summary?: string
  origin?: Origin
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
/**
 * All provisions at one point.
 */
export interface StatusAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * The position used: the answer is a function of the entries up to it.
   */
  position: number
  /**
   * Version of the agreement file used.
   */
  reading: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf: string
  lens: LensUsed
  /**
   * One of each provision.
   */
  verdicts: VerdictAnswer[]
}
/**
 * How one provision stands, with everything that pins the answer.
 */
export interface VerdictAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * The version of the agreement file by which it is evaluated.
   */
  reading: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf: string
  lens: LensUsed
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * Its place in the agreement, as numbered in the file.
   */
  article?: string
  /**
   * What it is called, by language.
   */
  title: {
    [k: string]: string
  }
  /**
   * achieve, forbid, maintain, recur, limit or judged.
   */
  kind: string
  life: Life
  verdict: Verdict
  reason: Reason
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  since?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  deadline?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  fulfilledAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lateAt?: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  curedAt?: string
  counts?: Counts
  progress?: Progress
  bounds: Bounds
  /**
   * The single duties under a rule, the worst ones and among these the latest, each with its own verdict.
   */
  instances: Instance[]
  /**
   * How many instances are not listed, because an answer lists a thousand, the worst and latest; null when all are.
   */
  instancesOmitted?: number
  /**
   * The facts and decisions from which the verdict follows.
   */
  decidedBy: Deciding[]
}
/**
 * A table that can be downloaded.
 */
export interface TableDescription {
  /**
   * Part of its address.
   */
  name: string
  /**
   * What a row is.
   */
  row: string
  /**
   * The parameters of a question on which it depends.
   */
  takes: string[]
  /**
   * Their names, in order.
   */
  columns: string[]
  /**
   * Addresses, one for each format.
   */
  files: string[]
}
/**
 * A table as GeoJSON (RFC 7946); it is written without this type.
 */
export interface TableFeatures {
  /**
   * Always `FeatureCollection`.
   */
  type: string
  about: TableAbout
  /**
   * One of each row.
   */
  features: Feature[]
}
/**
 * Describes a file from beside it, as CSV on the Web does (W3C Metadata Vocabulary for Tabular Data).
 */
export interface TableMetadata {
  /**
   * Says that it is such a description.
   */
  '@context': string
  /**
   * The file, relative to this one.
   */
  url: string
  /**
   * The agreement and the table.
   */
  'dc:title': string
  /**
   * What the file shows.
   */
  notes: TableAbout[]
  tableSchema: TableSchema
}
/**
 * The columns of a file.
 */
export interface TableSchema {
  /**
   * In order.
   */
  columns: DescribedColumn[]
}
/**
 * A table as JSON; it is written without this type.
 */
export interface TableRows {
  about: TableAbout
  /**
   * A member for each column that has a value.
   *
   * Items: Any JSON object.
   */
  rows: {
    [k: string]: unknown
  }[]
}
/**
 * Which tables there are, and in which formats.
 */
export interface TablesAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * By name.
   */
  tables: TableDescription[]
}
export interface TestedDifference {
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * Of the verdict: verdict, since, due, violations and so on.
   */
  field: string
  /**
   * What the scenario expects.
   */
  expected: string
  /**
   * What the ledger answers.
   */
  actual: string
  /**
   * Where it is expected, from 1.
   */
  line: number
}
export interface TestedFile {
  /**
   * Scenarios of which every verdict is as expected.
   */
  passed: number
  /**
   * How many scenarios failed.
   */
  failed: number
  /**
   * In the order of their files.
   */
  scenarios: TestedScenario[]
}
export interface TestedScenario {
  /**
   * The scenario's file.
   */
  file: string
  /**
   * Where it begins in its file, from 1.
   */
  line: number
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  asOf?: string
  /**
   * Whether everything was as expected.
   */
  ok: boolean
  /**
   * Why it cannot be run; null where it can.
   */
  problems?: TestedProblem[]
  /**
   * Where the answer differs from what the scenario expects.
   */
  differences: TestedDifference[]
}
export interface TestedProblem {
  /**
   * Stable, for programs.
   */
  code: string
  /**
   * What is wrong, in a sentence.
   */
  message: string
  /**
   * Where it is in the file of scenarios, from 1.
   */
  line?: number
  /**
   * The same within the line.
   */
  column?: number
}
/**
 * How one provision stood over all valid time, as known at one position.
 */
export interface TimelineAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  lens: LensUsed
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  /**
   * Without gaps from the beginning of time to its end, except where a reading does not hold the provision.
   */
  intervals: TimelineInterval[]
}
/**
 * The caller's API tokens.
 */
export interface TokenList {
  /**
   * Each token, without its secret.
   */
  tokens: TokenShown[]
}
/**
 * An API token of the caller's.
 */
export interface TokenShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * A party's id, or any name as it was reported.
   */
  name: string
  /**
   * Null where it gives all that its owner has.
   */
  memberships: null | MembershipShown[]
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  createdAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  expiresAt: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  lastUsedAt: null | string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  revokedAt: null | string
  /**
   * Told once, when the token is made.
   */
  secret?: string
}
export interface UndeliveredList {
  /**
   * Messages that could not be delivered.
   */
  messages: UndeliveredMessage[]
}
export interface UndeliveredMessage {
  /**
   * Names it here; receivers know it by WebhookId.
   */
  message: string
  /**
   * The webhook to which it was to be sent.
   */
  webhook: string
  /**
   * The id that the receiver gets, the same at every attempt.
   */
  webhookId: string
  /**
   * What it is.
   */
  type: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  sentAt: string
  /**
   * What came of the last attempt.
   */
  reason: string
  /**
   * Whether it was asked to be sent again.
   */
  waits: boolean
}
export interface VersionList {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * Every version that was recorded, in order.
   */
  versions: AgreementText[]
}
export interface WaitingProposal {
  /**
   * The proposal's entry id: what an assessment that agrees with it names.
   */
  entry: string
  /**
   * A position in the ledger, counted from 1; for a whole answer, the last entry that it takes into account.
   */
  position: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  recordedAt: string
  /**
   * A report, by the id of the entry that filed it.
   */
  report: string
  /**
   * A kind of the agreement's codebook.
   */
  kind: string
  level: Level
  /**
   * The grounds of the reviewer's finding, in words that everybody can read.
   */
  grounds: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * Whether the asker proposed it, and so cannot be the second person.
   */
  mine: boolean
}
export interface WaitingProposals {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * Assessments that wait for a second person.
   */
  proposals: WaitingProposal[]
}
/**
 * A time in which somebody was watching.
 */
export interface Watch {
  /**
   * The entry's id.
   */
  entry: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  from: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  until: string
  /**
   * Zones of the agreement file, by their ids.
   */
  zones: string[]
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by: string
  /**
   * The method of monitoring.
   */
  method?: string
}
export interface WebhookList {
  /**
   * The addresses that are notified of new entries and verdicts.
   */
  webhooks: WebhookShown[]
}
export interface WebhookShown {
  /**
   * Its id here.
   */
  id: string
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A web address.
   */
  url: string
  /**
   * What it is notified of: types of entries, and verdict_changed.
   */
  events: string[]
  /**
   * What was recorded up to this position is not told.
   */
  since: number
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  createdAt: string
  /**
   * Why nothing is sent any more.
   */
  stopped?: string
  /**
   * Checks the signatures of what is sent; told once, when the webhook is made.
   */
  secret?: string
}
/**
 * What everybody says about each provision, beside what the ledger finds.
 */
export interface WhoSaysAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  at: Point
  /**
   * Provisions of the agreement file.
   */
  provisions: Claims[]
}
/**
 * Why a verdict is what it is: from the clause to the people who said so.
 */
export interface WhyAnswer {
  answer: VerdictAnswer
  /**
   * One or two sentences in English.
   */
  conclusion: string
  clause: Clause
  activation?: Activation
  /**
   * The arithmetic of each deadline; of at most the first hundred duties.
   */
  deadlines: DeadlineExplained[]
  /**
   * The deciding entries with what they say.
   */
  entries: Cited[]
  /**
   * What separates the bounds, with what it says.
   */
  separatedBy: Cited[]
  /**
   * When somebody was watching, as far as it touches the provision.
   */
  coverage: Watch[]
  /**
   * Facts that fail by exactly one condition; of many, the latest.
   */
  nearMisses: NearMiss[]
  /**
   * How many near misses are left out.
   */
  nearMissesOmitted?: number
  /**
   * What everybody says about the provision, the latest statement of each. It decides nothing, an adjudicator's
   * finding aside.
   */
  statements: Claim[]
  /**
   * What parties say about the reports that decide it.
   */
  responses: Response[]
}
/**
 * Which entries turned one answer into another.
 */
export interface WhyChangedAnswer {
  /**
   * The agreement's short name.
   */
  agreement: string
  /**
   * A provision of the agreement file, by its id.
   */
  provision: string
  from: Point
  to: Point
  before?: Standing
  after?: Standing
  /**
   * The provisions whose verdict changed.
   */
  changed: boolean
  /**
   * Each entry that is new at the later point and without which the answer there would be another.
   */
  flippedBy: Flip[]
  /**
   * The change in a sentence.
   */
  conclusion: string
}
/**
 * The geometry of a zone, and from the start of which day it is in force.
 */
export interface ZoneDelimited {
  /**
   * A zone of the agreement file, by its id.
   */
  zone: string
  /**
   * A day in the agreement's time zone.
   */
  from: string
  /**
   * A polygon or multipolygon in WGS 84 (GeoJSON, RFC 7946), whose coordinates are decimal strings in what is hashed.
   * Rings are closed, the first of each polygon is its outside.
   */
  inner: {
    /**
     * Which of the two it is.
     */
    type: 'Polygon' | 'MultiPolygon'
    /**
     * Rings of longitude and latitude, as GeoJSON (RFC 7946) nests them.
     */
    coordinates: unknown[][]
  }
  /**
   * A polygon or multipolygon in WGS 84 (GeoJSON, RFC 7946), whose coordinates are decimal strings in what is hashed.
   * Rings are closed, the first of each polygon is its outside.
   */
  outer: {
    /**
     * Which of the two it is.
     */
    type: 'Polygon' | 'MultiPolygon'
    /**
     * Rings of longitude and latitude, as GeoJSON (RFC 7946) nests them.
     */
    coordinates: unknown[][]
  }
  /**
   * Where it comes from.
   */
  source: string
  /**
   * The author, public and permanent. May be left out: the server knows who sent it, and the ledger does not need to.
   */
  by?: string
  /**
   * UUIDv7 made by whoever files the entry, so that sending it twice records it once.
   */
  entryId: string
  /**
   * An instant, UTC with up to six decimals. In requests also with an offset, or a day, which means its start in the agreement's time zone.
   */
  saidAt?: string
}
