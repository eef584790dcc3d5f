import type { Actor, AgreementFile, ReportPlace } from '../../api/types'
import { addDays } from '../../time/zone'
import { latinDigits } from '../../words'
import { clean, type Json } from '../outbox/canonical'
import type { Photo } from '../outbox/store'
import { instantOf, parseDay, parseTime } from './when'

/** A report as it is being written: every field as it was typed, so that nothing typed is ever lost. */
export interface Draft {
  id: string
  agreement: string
  changedAt: number
  kind: string
  when: { precision: 'instant' | 'day' | 'days' | 'month'; day: string; time: string; lastDay: string }
  where: { name: string; lat: string; lon: string; precision: ReportPlace['precision']; radius: string }
  actors: Actor[]
  subject: string
  quantities: Record<string, { low: string; best: string; high: string }>
  attributes: Record<string, string>
  source: { class: string; who: string; protect: boolean; party: string; reliability: string; credibility: string }
  summary: string
  narrative: string
}

export const emptyDraft = (id: string, agreement: string, kind: string): Draft => ({
  id,
  agreement,
  changedAt: Date.now(),
  kind,
  when: { precision: 'instant', day: '', time: '', lastDay: '' },
  where: { name: '', lat: '', lon: '', precision: 'near', radius: '' },
  actors: [],
  subject: '',
  quantities: {},
  attributes: {},
  source: { class: 'own-observation', who: '', protect: true, party: '', reliability: '', credibility: '' },
  summary: '',
  narrative: '',
})

/** Metres that a precision implies where no radius is stated; docs/events.md. */
export const implied: Record<ReportPlace['precision'], number | undefined> = { exact: 100, near: 5_000, district: 25_000, region: 100_000, unknown: undefined }

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
  | 'kind' | 'day' | 'dayUnread' | 'timeUnread' | 'lastDayUnread' | 'lastDayBefore' | 'future' | 'point' | 'radius' | 'actor' | 'quantity' | 'quantityOrder' | 'notInCodebook'
export type Section = 'kind' | 'when' | 'where' | 'who' | 'what'
export interface Finding { section: Section; field: string; trouble: Trouble }

export function findings(draft: Draft, file: AgreementFile, now: number): Finding[] {
  const found: Finding[] = []
  const say = (section: Section, field: string, trouble: Trouble) => found.push({ section, field, trouble })
  if (draft.kind === '') say('kind', 'kind', 'kind')
  else if (!(draft.kind in file.codebook.kinds)) say('kind', 'kind', 'notInCodebook')
  const { when } = draft
  const day = parseDay(when.day)
  if (when.day.trim() === '') say('when', 'day', 'day')
  else if (!day) say('when', 'day', 'dayUnread')
  if (when.precision === 'instant' && !parseTime(when.time)) say('when', 'time', 'timeUnread')
  if (when.precision === 'days') {
    const last = parseDay(when.lastDay)
    if (!last) say('when', 'lastDay', 'lastDayUnread')
    else if (day && last < day) say('when', 'lastDay', 'lastDayBefore')
  }
  const from = occurredFrom(draft, file.timeZone)
  if (from !== undefined && from > now) say('when', 'day', 'future')
  const { where } = draft
  if ((where.lat + where.lon).trim() !== '' && !pointOf(where)) say('where', 'point', 'point')
  if (where.radius.trim() !== '' && !whole(where.radius)) say('where', 'radius', 'radius')
  draft.actors.forEach((actor, i) => actor.name.trim() === '' && say('who', `actor-${i}`, 'actor'))
  for (const [name, given] of Object.entries(draft.quantities)) {
    const typed = [given.low, given.best, given.high].filter(text => text.trim() !== '')
    const numbers = typed.map(whole)
    if (numbers.includes(undefined)) say('what', name, 'quantity')
    else if (numbers.some((n, i) => i > 0 && n! < numbers[i - 1]!)) say('what', name, 'quantityOrder')
  }
  return found
}

/** The instant from which it happened, if it can be read. */
export function occurredFrom(draft: Draft, zone: string): number | undefined {
  const day = parseDay(draft.when.day)
  if (!day) return undefined
  const time = draft.when.precision === 'instant' ? parseTime(draft.when.time) : '00:00'
  return time === undefined ? undefined : instantOf(draft.when.precision === 'month' ? `${day.slice(0, 7)}-01` : day, time, zone)
}

function occurred({ when }: Draft, zone: string): Json {
  const day = parseDay(when.day)!
  if (when.precision === 'instant') return new Date(instantOf(day, parseTime(when.time)!, zone)).toISOString()
  if (when.precision === 'days') return { from: day, until: addDays(parseDay(when.lastDay)!, 1), precision: 'days' }
  if (when.precision === 'month') {
    const first = `${day.slice(0, 7)}-01`
    return { from: first, until: `${addDays(first, 31).slice(0, 7)}-01`, precision: 'month' }
  }
  return day
}

/** The report as the ledger takes it; docs/events.md. Only for a draft without findings. */
export function reportOf(draft: Draft, file: AgreementFile, photos: readonly Photo[]): { [name: string]: Json } {
  const { where, source } = draft
  const text = (value: string) => clean(value).trim()
  const some = (name: string, value: Json | undefined): { [name: string]: Json } =>
    value === undefined || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0) ? {} : { [name]: value }
  const point = pointOf(where)
  const place = point || text(where.name) !== ''
    ? {
        ...some('name', text(where.name)),
        ...(point && { point: { lat: decimal(point.lat), lon: decimal(point.lon) } }),
        precision: point ? where.precision : 'unknown',
        ...(point && some('radius', whole(where.radius))),
      }
    : undefined
  const hidden = source.protect || source.class === 'own-observation'
  return {
    kind: draft.kind,
    occurred: occurred(draft, file.timeZone),
    ...some('place', place),
    ...some('actors', draft.actors.map(({ name, role }) => ({ name: text(name), role }))),
    ...some('subject', text(draft.subject)),
    ...some('quantities', Object.fromEntries(Object.entries(draft.quantities).map(([name, given]) => [name, quantity(given)] as const).filter(([, given]) => given !== undefined)) as { [name: string]: Json }),
    ...some('attributes', Object.fromEntries(Object.entries(draft.attributes).filter(([, value]) => value !== ''))),
    source: {
      class: source.class,
      ...some(hidden ? 'identity' : 'name', text(source.who)),
      ...some('party', source.party),
      ...some('reliability', source.reliability),
      ...some('credibility', whole(source.credibility)),
    },
    ...some('summary', text(draft.summary)),
    ...some('narrative', text(draft.narrative)),
    ...some('evidence', photos.flatMap(photo => [photo.id, ...(photo.published ? [photo.published] : [])])),
  }
}

const decimal = (degrees: number) => degrees.toFixed(6).replace(/\.?0+$/, '')

function quantity(given: { low: string; best: string; high: string }): Json | undefined {
  const [low, best, high] = [whole(given.low), whole(given.best), whole(given.high)]
  if (low === undefined && high === undefined) return best
  return { ...(low !== undefined && { low }), ...(best !== undefined && { best }), ...(high !== undefined && { high }) }
}
