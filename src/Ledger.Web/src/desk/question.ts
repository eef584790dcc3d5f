import type { Place } from '../parts/router'

/** What a verdict is asked of, as in the address and as the API takes it: asOf, knownAt, saidBy, lens and the parts of a lens. */
export const parameters = [
  'asOf',
  'knownAt',
  'saidBy',
  'lens',
  'threshold',
  'match',
  'reading',
  'without',
  'sourcesOnly',
  'sourcesNot',
] as const
export type Parameter = (typeof parameters)[number]
type Overrule = Partial<Record<Parameter, string | undefined>>

/** The question in the address, and nothing else of it; any part may be overruled. */
export function questionOf(place: Place, overrule: Overrule = {}): URLSearchParams {
  const question = new URLSearchParams()
  for (const name of parameters) {
    const values = name in overrule ? [overrule[name]] : place.query.getAll(name)
    for (const value of values) if (value) question.append(name, value)
  }
  return question
}

/**
 * The question as it is put to the server: where the address does not say what is known, it is what the ledger held when the view was opened. What is
 * recorded in the meantime waits until the reader asks for it.
 */
export const asked = ({ place, held }: { place: Place; held: number }, overrule: Overrule = {}): string =>
  questionOf(place, { ...(place.query.get('knownAt') ? {} : { knownAt: String(held) }), ...overrule }).toString()

/** The position that the view shows. */
export const positionOf = ({ place, held }: { place: Place; held: number }): number => {
  const given = place.query.get('knownAt') ?? ''
  return /^\d+$/.test(given) ? Number(given) : held
}

/** The address of another view of the agreement under the same question. */
export function viewAddress(agreement: string, view: string, place: Place, overrule: Overrule = {}): string {
  const question = questionOf(place, overrule).toString()
  return `/a/${encodeURIComponent(agreement)}${view === '' ? '' : `/${view}`}${question === '' ? '' : `?${question}`}`
}

/** Where an entry is shown: a report as its incident, anything else as what stands in the ledger. */
export const entryAddress = (
  agreement: string,
  place: Place,
  entry: { entry: string; position?: number | undefined; type?: string | undefined },
): string =>
  viewAddress(
    agreement,
    entry.type === 'report_filed' || entry.position === undefined
      ? `incident/${entry.entry}`
      : `ledger/${entry.position}`,
    place,
  )

/** The pinned question of an answer, as this app's addresses spell it. */
export function pinOf(pinned: string): Overrule {
  const query = new URL(pinned, location.origin).searchParams
  return Object.fromEntries(
    (['asOf', 'knownAt', 'saidBy'] as const).flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : [])),
  )
}
