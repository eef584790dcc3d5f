import type { Place } from '../router'

/** What a verdict is asked of, as in the address and as the API takes it: asOf, knownAt, saidBy, lens and the parts of a lens. */
export const parameters = ['asOf', 'knownAt', 'saidBy', 'lens', 'threshold', 'match', 'reading', 'without', 'sourcesOnly', 'sourcesNot'] as const
export type Parameter = (typeof parameters)[number]

/** The question in the address, and nothing else of it; asOf and knownAt may be overruled. */
export function questionOf(place: Place, overrule: Partial<Record<Parameter, string | undefined>> = {}): URLSearchParams {
  const question = new URLSearchParams()
  for (const name of parameters) {
    const values = name in overrule ? [overrule[name]] : place.query.getAll(name)
    for (const value of values) if (value) question.append(name, value)
  }
  return question
}

/** The address of another view of the agreement under the same question. */
export function viewAddress(agreement: string, view: string, place: Place, overrule: Partial<Record<Parameter, string | undefined>> = {}): string {
  const question = questionOf(place, overrule).toString()
  return `/a/${encodeURIComponent(agreement)}${view === '' ? '' : `/${view}`}${question === '' ? '' : `?${question}`}`
}
