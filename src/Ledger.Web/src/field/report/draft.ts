import type { Actor, AgreementFile, ReportPlace } from '../../api/types'
import { latinDigits } from '../../words'
import { clean, type Json } from '../outbox/canonical'
import type { Photo } from '../outbox/store'
import { placeOf } from './where'
import { occurredFrom, occurredOf, whenFindings, type When, type WhenTrouble } from './when'

export interface Around {
  name: string
  lat: number
  lon: number
}

/** A report as it is being written: every field as it was typed, so that nothing typed is ever lost. */
export interface Draft {
  id: string
  agreement: string
  changedAt: number
  kind: string
  when: When
  where: {
    name: string
    lat: string
    lon: string
    precision: ReportPlace['precision']
    radius: string
    /** The place by whose name and point the spot may be known: the one that was chosen, or the nearest one. */
    around?: Around | undefined
    /** Whether the spot itself is sealed; until somebody says, the source decides. */
    seal?: boolean
  }
  actors: Actor[]
  subject: string
  quantities: Record<string, { low: string; best: string; high: string }>
  attributes: Record<string, string>
  source: { class: string; who: string; protect: boolean; party: string; reliability: string; credibility: string }
  summary: string
  narrative: string
  /** What becomes of photos as they were taken: they stay on this phone, are sent too, or this app does not keep them. The copies without metadata are always sent. */
  originals: 'stay' | 'send' | 'drop'
  /** The report that it corrects, why, and what that says now, as it was sent or as the server tells it; nothing where it is a report of its own. */
  corrects?: { report: string; reason: string; said: { [name: string]: Json }; evidence: string[]; withheld: boolean }
  /** Ids under which this person and this source are not known yet are to be used: an erasure was asked for under those before. */
  freshHandles?: boolean
}

export const emptyDraft = (id: string, agreement: string, kind: string): Draft => ({
  id,
  agreement,
  changedAt: Date.now(),
  kind,
  when: { precision: 'instant', day: '', time: '', lastDay: '', lastTime: '' },
  where: { name: '', lat: '', lon: '', precision: 'near', radius: '' },
  actors: [],
  subject: '',
  quantities: {},
  attributes: {},
  source: { class: 'own-observation', who: '', protect: true, party: '', reliability: '', credibility: '' },
  summary: '',
  narrative: '',
  originals: 'stay',
})

/** A draft as this version of the app knows it: an earlier one may not have had every field. */
export function completed(kept: Draft): Draft {
  const empty = emptyDraft(kept.id, kept.agreement, kept.kind)
  return {
    ...empty,
    ...kept,
    when: { ...empty.when, ...kept.when },
    where: { ...empty.where, ...kept.where },
    source: { ...empty.source, ...kept.source },
  }
}

/** Metres that a precision implies where no radius is stated; docs/events.md. */
export const implied: Record<ReportPlace['precision'], number | undefined> = {
  exact: 100,
  near: 5_000,
  district: 25_000,
  region: 100_000,
  unknown: undefined,
}

export function pointOf({ lat, lon }: Draft['where']): { lat: number; lon: number } | undefined {
  const [y, x] = [degrees(lat, 90), degrees(lon, 180)]
  return y === undefined || x === undefined ? undefined : { lat: y, lon: x }
}

export function degrees(text: string, most: number): number | undefined {
  const plain = latinDigits(text).trim().replace(',', '.')
  return /^-?\d{1,3}(\.\d{1,9})?$/.test(plain) && Math.abs(Number(plain)) <= most ? Number(plain) : undefined
}

export function radiusOf(where: Draft['where']): number | undefined {
  return whole(where.radius) ?? implied[where.precision]
}

/** A whole number in any digits; undefined for nothing, and for what is none. */
export function whole(text: string): number | undefined {
  const plain = latinDigits(text).replace(/[\s,٬]/g, '')
  return /^\d{1,9}$/.test(plain) ? Number(plain) : undefined
}

/** What is missing or cannot be so, by the field that can set it right. */
export type Trouble =
  | WhenTrouble
  | 'reason'
  | 'kind'
  | 'future'
  | 'point'
  | 'radius'
  | 'nothingCoarser'
  | 'actor'
  | 'quantity'
  | 'quantityOrder'
  | 'notInCodebook'
export type Section = 'kind' | 'when' | 'where' | 'who' | 'what' | 'reason'
export interface Finding {
  section: Section
  field: string
  trouble: Trouble
}

export function findings(draft: Draft, file: AgreementFile, now: number): Finding[] {
  const found: Finding[] = []
  const say = (section: Section, field: string, trouble: Trouble) => found.push({ section, field, trouble })
  if (draft.kind === '') say('kind', 'kind', 'kind')
  else if (!(draft.kind in file.codebook.kinds)) say('kind', 'kind', 'notInCodebook')
  for (const [field, trouble] of whenFindings(draft.when)) say('when', field, trouble)
  const from = occurredFrom(draft.when, file.timeZone)
  if (from !== undefined && from > now) say('when', 'day', 'future')
  const { where } = draft
  if ((where.lat + where.lon).trim() !== '' && !pointOf(where)) say('where', 'point', 'point')
  if (where.radius.trim() !== '' && !whole(where.radius)) say('where', 'radius', 'radius')
  if (placeOf(draft).nothingCoarser) say('where', 'seal', 'nothingCoarser')
  draft.actors.forEach((actor, i) => actor.name.trim() === '' && say('who', `actor-${i}`, 'actor'))
  for (const [name, given] of Object.entries(draft.quantities)) {
    const typed = [given.low, given.best, given.high].filter((text) => text.trim() !== '')
    const numbers = typed.map(whole)
    if (numbers.includes(undefined)) say('what', name, 'quantity')
    else if (numbers.some((n, i) => i > 0 && n! < numbers[i - 1]!)) say('what', name, 'quantityOrder')
  }
  if (draft.corrects?.reason.trim() === '') say('reason', 'reason', 'reason')
  return found
}

/** The report as the ledger takes it; docs/events.md. Only for a draft without findings. */
export function reportOf(draft: Draft, file: AgreementFile, photos: readonly Photo[]): { [name: string]: Json } {
  const { source } = draft
  const text = (value: string) => clean(value).trim()
  const some = (name: string, value: Json | undefined): { [name: string]: Json } =>
    value === undefined ||
    value === '' ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
      ? {}
      : { [name]: value }
  const { place } = placeOf(draft)
  return {
    kind: draft.kind,
    occurred: occurredOf(draft.when, file.timeZone),
    ...some('place', place as Json | undefined),
    ...some(
      'actors',
      draft.actors.map(({ name, role }) => ({ name: text(name), role })),
    ),
    ...some('subject', text(draft.subject)),
    ...some(
      'quantities',
      Object.fromEntries(
        Object.entries(draft.quantities)
          .map(([name, given]) => [name, quantity(given)] as const)
          .filter(([, given]) => given !== undefined),
      ) as { [name: string]: Json },
    ),
    ...some('attributes', Object.fromEntries(Object.entries(draft.attributes).filter(([, value]) => value !== ''))),
    source: {
      class: source.class,
      ...some(isHidden(source) ? 'identity' : 'name', text(source.who)),
      ...some('party', source.party),
      ...some('reliability', source.reliability),
      ...some('credibility', whole(source.credibility)),
    },
    ...some('summary', text(draft.summary)),
    ...some('narrative', text(draft.narrative)),
    ...some('evidence', [
      ...(draft.corrects?.evidence ?? []),
      ...photos.flatMap((photo) => [
        ...(keepsOriginal(draft, photo) ? [photo.original] : []),
        ...(photo.published ? [photo.published] : []),
      ]),
    ]),
    ...untouched(draft),
  }
}

/** What of a report no field of the form shows, as it was. */
const untouched = ({ corrects }: Draft): { [name: string]: Json } =>
  Object.fromEntries(
    ['level', 'origin'].flatMap((name) => (corrects?.said[name] === undefined ? [] : [[name, corrects.said[name]]])),
  )

/** Whether nobody is to learn who the source is. */
export const isHidden = (source: Draft['source']): boolean => source.protect || source.class === 'own-observation'

/** A photo that could not be drawn anew would be nothing without its original. */
export const keepsOriginal = (draft: Draft, photo: Photo): boolean => draft.originals !== 'drop' || !photo.published

function quantity(given: { low: string; best: string; high: string }): Json | undefined {
  const [low, best, high] = [whole(given.low), whole(given.best), whole(given.high)]
  if (low === undefined && high === undefined) return best
  return { ...(low !== undefined && { low }), ...(best !== undefined && { best }), ...(high !== undefined && { high }) }
}
