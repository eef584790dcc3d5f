import type { Incident, Interval } from '../api/types'

/** What a replay needs at every step, worked out once, so that a step asks nobody anything. */

/** An incident with its times as numbers. */
export interface Happening {
  incident: Incident
  from: number
  until: number
  /** From when until when it was known so, by the clock that was chosen. */
  since: number
  before: number
}

export const happenings = (incidents: readonly Incident[]): Happening[] =>
  incidents
    .map((incident) => ({
      incident,
      from: Date.parse(incident.from),
      until: Date.parse(incident.until),
      since: incident.since ? Date.parse(incident.since) : -Infinity,
      before: incident.before ? Date.parse(incident.before) : Infinity,
    }))
    .sort((one, other) => one.from - other.from)

export interface Filter {
  kind: string
  actor: string
  zone: string
  level: string
}

export const passes =
  ({ kind, actor, zone, level }: Filter) =>
  ({ incident }: Happening): boolean =>
    (kind === '' || incident.kind === kind) &&
    (actor === '' || incident.actors.some((one) => (one.party ?? one.name) === actor)) &&
    (zone === '' || incident.zones.includes(zone) || incident.perhapsZones.includes(zone)) &&
    (level === '' || incident.level === level)

/** What somebody would see at a time: what had happened by then, as it was known then or as it is known now. */
export type Mark = 'same' | 'not-yet-known' | 'otherwise-now' | 'gone-now'

export interface Seen {
  happening: Happening
  mark: Mark
}

/** How many of them somebody would see, without making a list of them. */
export function countAt(all: readonly Happening[], at: number, then: boolean): number {
  let seen = 0
  for (let index = lastBefore(all, at); index >= 0; index--) if (isSeen(all[index]!, at, then)) seen++
  return seen
}

/** Known now: what still holds. Known then: what had been heard and was not yet told otherwise. */
export const isSeen = (happening: Happening, at: number, then: boolean): boolean =>
  then ? happening.since <= at && happening.before > at : happening.before === Infinity

/**
 * At most `most` of what had happened by `at`, the latest first. Known now: every version that still holds, and whether it was known then. Known then:
 * every version that held then, and whether it still does.
 */
export function seenAt(all: readonly Happening[], at: number, then: boolean, most = Infinity): Seen[] {
  const seen: Seen[] = []
  for (let index = lastBefore(all, at); index >= 0 && seen.length < most; index--) {
    const happening = all[index]!
    if (isSeen(happening, at, then)) seen.push({ happening, mark: markOf(happening, at, then) })
  }
  return seen
}

export function markOf(happening: Happening, at: number, then: boolean): Mark {
  if (then) return happening.before === Infinity ? 'same' : 'otherwise-now'
  return happening.since > at ? 'not-yet-known' : 'same'
}

/** Index of the last that had begun by then. */
function lastBefore(all: readonly Happening[], at: number): number {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (all[middle]!.from <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** How a provision stood at an instant. */
export const intervalAt = (intervals: readonly Interval[] | undefined, at: number): Interval | undefined =>
  intervals?.find(
    (interval) =>
      !(interval.from && Date.parse(interval.from) > at) && !(interval.until && Date.parse(interval.until) <= at),
  )

/** Whether two answers differ in what a reader is told. */
export const differs = (one: Interval | undefined, other: Interval | undefined): boolean =>
  one?.verdict !== other?.verdict || one?.life !== other?.life || one?.reason !== other?.reason

/** The instants at which a provision's answer changes. */
export const turns = (all: readonly (readonly Interval[])[]): number[] =>
  [
    ...new Set(
      all.flatMap((intervals) => intervals.flatMap((interval) => (interval.from ? [Date.parse(interval.from)] : []))),
    ),
  ].sort((one, other) => one - other)

/** The reports that decide a provision, for better or worse, so that a map can show which they are. */
export function tones(all: readonly (readonly Interval[])[]): Map<string, 'kept' | 'broken'> {
  const found = new Map<string, 'kept' | 'broken'>()
  for (const intervals of all)
    for (const interval of intervals)
      for (const deciding of interval.decidedBy)
        if (interval.verdict === 'breached') found.set(deciding.entry, 'broken')
        else if ((interval.verdict === 'fulfilled' || interval.verdict === 'holding') && !found.has(deciding.entry))
          found.set(deciding.entry, 'kept')
  return found
}
