import type { Actor, ReportPlace } from '../../api/types'
import { latinDigits } from '../../words'
import type { Json } from '../../proof/canonical'
import type { When } from './when'

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

/** Whether nobody is to learn who the source is. */
export const isHidden = (source: Draft['source']): boolean => source.protect || source.class === 'own-observation'
