import { useMemo } from 'preact/hooks'
import type { Agreement, IncidentsAnswer, Interval, KnownThenAnswer } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { addDays, isoDay, startOfDay } from '../time/zone'
import type { View } from './view'
import { happenings, tones, type Happening } from './course'
import { asked } from './question'
import { useTimelines } from './useTimelines'

export type Known = 'now' | 'said' | 'held'

/** Everything that a replay shows, fetched once: the slider, the filters and the switch ask nobody. */
export function useReplay(view: View) {
  const { agreement, place } = view
  const known = (['said', 'held'].includes(place.query.get('known') ?? '') ? place.query.get('known') : 'now') as Known
  const clock = known === 'held' ? 'recorded' : 'said'
  const question = asked(view, { asOf: undefined })
  const feed = useAnswer<IncidentsAnswer>(`/agreements/${agreement.id}/incidents`, `${question}&versions=${clock}`)
  const all = useMemo(() => happenings(valueOf(feed)?.incidents ?? []), [feed])
  const timelines = useTimelines(agreement, question)
  const now: Record<string, Interval[]> = useMemo(
    () => Object.fromEntries(Object.entries(timelines).map(([id, timeline]) => [id, timeline.intervals])),
    [timelines],
  )
  const shownUntil = (place.query.get('asOf') ?? '').slice(0, 10)
  const [days, whole] = useMemo(() => daysOf(agreement, all, now, shownUntil), [agreement, all, now, shownUntil])
  const then = useAnswer<KnownThenAnswer>(
    days.length > 1 ? `/agreements/${agreement.id}/known-then` : undefined,
    `${question}&by=${clock}&from=${days[0]}&until=${days.at(-1)}`,
  )
  const thenBy: Record<string, Interval[]> = useMemo(
    () => Object.fromEntries((valueOf(then)?.provisions ?? []).map((one) => [one.provision, one.intervals])),
    [then],
  )
  const tone = useMemo(() => {
    const found = tones(Object.values(now))
    for (const { incident } of all) if (incident.violates.length > 0) found.set(incident.report, 'broken')
    return found
  }, [now, all])
  return {
    known,
    feed,
    all,
    now,
    then: thenBy,
    thenIsHere: then.state === 'here',
    days,
    whole,
    tone,
    ends: useMemo(() => days.map((day) => startOfDay(addDays(day, 1), agreement.timeZone) - 1), [days]),
  }
}

/**
 * From the day of the signature to two months after the last change of a verdict, or to the day in the address where that is later; and the last day of the
 * whole record, which can be typed. At most ten years.
 */
function daysOf(
  agreement: Agreement,
  all: Happening[],
  now: Record<string, Interval[]>,
  asked: string,
): [days: string[], whole: string] {
  const zone = agreement.timeZone
  const turns = Object.values(now).flatMap((intervals) =>
    intervals.flatMap((interval) => (interval.from ? [Date.parse(interval.from)] : [])),
  )
  if (turns.length === 0) return [[], agreement.signed]
  const change = addDays(isoDay(Math.max(...turns), zone), 60)
  const whole = [
    change,
    addDays(agreement.signed, 60),
    ...(all.length > 0 ? [addDays(isoDay(all.at(-1)!.from, zone), 7)] : []),
  ]
    .sort()
    .at(-1)!
  const end = asked > change && asked <= whole ? asked : change
  const days: string[] = []
  for (let day = agreement.signed; day <= end && days.length < 3653; day = addDays(day, 1)) days.push(day)
  return [days, whole]
}
