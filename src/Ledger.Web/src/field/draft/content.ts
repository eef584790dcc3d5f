import type { AgreementFile } from '../../api/types'
import { clean, type Json } from '../../proof/canonical'
import { isHidden, pointOf, whole, type Draft } from './draft'
import type { Photo } from './photo'
import { placeOf } from './where'
import { occurredFrom, occurredOf, whenFindings, type WhenTrouble } from './when'

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
  for (const [i, actor] of draft.actors.entries()) if (actor.name.trim() === '') say('who', `actor-${i}`, 'actor')
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

/** A photo that could not be drawn anew would be nothing without its original. */
export const keepsOriginal = (draft: Draft, photo: Photo): boolean => draft.originals !== 'drop' || !photo.published

function quantity(given: { low: string; best: string; high: string }): Json | undefined {
  const [low, best, high] = [whole(given.low), whole(given.best), whole(given.high)]
  if (low === undefined && high === undefined) return best
  return { ...(low !== undefined && { low }), ...(best !== undefined && { best }), ...(high !== undefined && { high }) }
}
