import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { get } from '../api/client'
import type { Interval } from '../api/types'
import { Map as MapBox } from '../map/Map'
import type { LedgerMap, Point } from '../map/show'
import { Wait } from '../parts/Wait'
import { go, refine } from '../parts/router'
import { addDays, dayWords, inZoneWords, isoDay } from '../time/zone'
import { count, textOf, useWords } from '../words'
import type { FeatureCollection } from 'geojson'
import { countAt, isSeen, markOf, passes, seenAt, turns, type Filter, type Happening } from './course'
import type { View } from './view'
import { EventList } from './EventList'
import { asked, viewAddress } from './question'
import { ReplayFilters } from './ReplayFilters'
import { ReplayHeard } from './ReplayHeard'
import { ReplayStrips } from './ReplayStrips'
import { Slider } from './Slider'
import { useReplay } from './useReplay'

const LISTED = 40

/** The map, the strips and the list of what happened, under one slider. */
export function ReplayView(view: View) {
  const { agreement, place } = view
  const { desk } = useWords()
  const replay = useReplay(view)
  const { days, ends, all, known } = replay
  const { day, move } = useDay(place.query.get('asOf'), days, agreement.timeZone)
  const index = Math.max(0, days.indexOf(day))
  const at = ends[index] ?? 0
  const then = known !== 'now'

  const filter: Filter = useMemo(
    () => ({
      kind: place.query.get('kind') ?? '',
      actor: place.query.get('actor') ?? '',
      zone: place.query.get('zone') ?? '',
      level: place.query.get('level') ?? '',
    }),
    [place],
  )
  const chosen = useMemo(() => all.filter(passes(filter)), [all, filter])
  const seen = useMemo(() => seenAt(chosen, at, then, LISTED), [chosen, at, then])
  const total = useMemo(() => countAt(chosen, at, then), [chosen, at, then])
  const shown: Record<string, Interval[]> = then && replay.thenIsHere ? replay.then : replay.now
  const changes = useMemo(
    () => turns(Object.values(shown)).map((instant) => isoDay(instant, agreement.timeZone)),
    [shown],
  )

  const map = useMap(view, all, filter, replay.tone)
  // In the same frame as the strips and the list, so that they never show different days.
  useLayoutEffect(() => map.show(at, then), [map, at, then])

  const title = textOf(agreement.title)
  return (
    <>
      <h1 tabIndex={-1}>
        {desk.tabs.replay}{' '}
        <span class="faint" lang={title.lang} dir="auto">
          {title.words}
        </span>
      </h1>
      <p class="faint small">
        {desk.asOf} {dayWords(at, agreement.timeZone)} · {inZoneWords(agreement.timeZone)}
      </p>
      <Wait answer={replay.feed}>
        {() =>
          days.length < 2 ? (
            <p class="faint" role="status">
              {desk.replayLoading}
            </p>
          ) : (
            <div class="replay">
              <ReplayFilters {...view} filter={filter} known={known} all={all} />
              <div class="replay-map">
                <MapBox ready={map.ready} />
              </div>
              <Slider
                days={days}
                index={index}
                whole={replay.whole}
                changes={changes}
                zone={agreement.timeZone}
                move={move}
              />
              <ReplayHeard {...view} shown={shown} at={at} total={total} />
              <section class="replay-list" aria-label={desk.events}>
                <h2>{count(total, desk.happened)}</h2>
                {then && !replay.thenIsHere && (
                  <p class="faint small" role="status">
                    {desk.thenLoading}
                  </p>
                )}
                <EventList {...view} seen={seen} then={then} tone={replay.tone} more={total - seen.length} />
              </section>
              <ReplayStrips
                {...view}
                shown={shown}
                other={then ? replay.now : replay.thenIsHere ? replay.then : undefined}
                then={then}
                at={at}
                span={{ from: ends[0]! - 86_400_000, until: ends.at(-1)! }}
              />
              <p class="small no-print">
                <a href={viewAddress(agreement.id, '', place, { asOf: day })}>
                  {desk.tabs.agreement}: {dayWords(at, agreement.timeZone)}
                </a>{' '}
                · <a href={pinnedAddress(view, day)}>{desk.forEver}</a>
              </p>
            </div>
          )
        }
      </Wait>
    </>
  )
}

/** The address of what is seen now, which shows the same after more was recorded. */
function pinnedAddress({ place, held }: View, day: string): string {
  const query = new URLSearchParams(place.query)
  query.set('asOf', day)
  if (!query.get('knownAt')) query.set('knownAt', String(held))
  return `${location.pathname}?${query}`
}

/** The day that is shown. It follows the slider at once, and the address follows when the slider rests: a browser refuses an address that changes too often. */
function useDay(asOf: string | null, days: string[], zone: string): { day: string; move: (day: string) => void } {
  const given = asOf === null ? undefined : /^\d{4}-\d\d-\d\d$/.test(asOf) ? asOf : isoDay(asOf, zone)
  const clamp = (day: string) =>
    days.length === 0 ? day : day < days[0]! ? days[0]! : day > days.at(-1)! ? days.at(-1)! : day
  const [moved, setMoved] = useState<string>()
  const waiting = useRef(0)
  const written = useRef<string>(undefined)
  // An address that this slider wrote says where it was a moment ago; any other is where somebody wants to be.
  useEffect(() => {
    if (given !== written.current) setMoved(undefined)
  }, [given])
  const move = useCallback((day: string) => {
    setMoved(day)
    clearTimeout(waiting.current)
    waiting.current = window.setTimeout(() => {
      written.current = day
      refine({ asOf: day })
    }, 200)
  }, [])
  useEffect(() => () => clearTimeout(waiting.current), [])
  return { day: clamp(moved ?? given ?? days[0] ?? addDays('1970-01-01', 0)), move }
}

/** What the map is told: new points when a filter changes, and only another time when the slider moves. */
function useMap(view: View, all: Happening[], filter: Filter, tone: Map<string, 'kept' | 'broken'>) {
  const { agreement, place } = view
  const state = useRef<{ map?: LedgerMap; at: number; then: boolean; fitted: boolean }>({
    at: 0,
    then: false,
    fitted: false,
  })
  const every = useMemo(
    () =>
      all
        .filter((one) => one.incident.lat !== undefined)
        .map((one) => {
          const point = pointOf(one, tone)
          return { happening: one, point, hollow: { ...point, hollow: true } }
        }),
    [all, tone],
  )
  const points = useMemo(() => every.filter(({ happening }) => passes(filter)(happening)), [every, filter])
  const draw = useCallback(() => {
    const { map, at, then } = state.current
    map?.show(pointsAt(points, at, then), at)
  }, [points])
  const latest = useRef({ draw, points })
  latest.current = { draw, points }
  useEffect(draw, [draw])

  const fit = useCallback((zones: FeatureCollection | undefined) => {
    const { map } = state.current
    const places = [
      ...latest.current.points.map(({ point }) => [point.lat, point.lon] as const),
      ...(zones ? corners(zones) : []),
    ]
    if (!map || places.length === 0) return
    const [lats, lons] = [places.map((place) => place[0]), places.map((place) => place[1])]
    map.fit([
      [Math.min(...lats), Math.min(...lons)],
      [Math.max(...lats), Math.max(...lons)],
    ])
  }, [])
  const ready = useCallback((map: LedgerMap) => {
    state.current.map = map
    map.onPoint((report) => go(viewAddress(agreement.id, `incident/${report}`, place)))
    void get<FeatureCollection>(`/agreements/${agreement.id}/zones`, asked(view, { asOf: undefined }))
      .catch(() => undefined)
      .then((zones) => {
        if (zones) map.zones(zones)
        fit(zones)
        latest.current.draw()
      })
  }, [])
  return useMemo(
    () => ({
      ready,
      show(at: number, then: boolean) {
        Object.assign(state.current, { at, then })
        latest.current.draw()
      },
    }),
    [],
  )
}

function pointOf({ incident, from, until }: Happening, tone: Map<string, 'kept' | 'broken'>): Point {
  return {
    id: incident.report,
    lat: incident.lat!,
    lon: incident.lon!,
    from,
    until,
    tone: incident.reports.map((report) => tone.get(report)).find(Boolean) ?? 'plain',
  }
}

function pointsAt(points: { happening: Happening; point: Point; hollow: Point }[], at: number, then: boolean): Point[] {
  const shown: Point[] = []
  for (const { happening, point, hollow } of points) {
    if (happening.from > at || !isSeen(happening, at, then)) continue
    shown.push(markOf(happening, at, then) === 'same' ? point : hollow)
  }
  return shown
}

function corners(zones: FeatureCollection): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const walk = (part: unknown) => {
    if (!Array.isArray(part)) return
    if (typeof part[0] === 'number') found.push([part[1] as number, part[0]])
    else part.forEach(walk)
  }
  for (const feature of zones.features)
    if (feature.geometry && 'coordinates' in feature.geometry) walk(feature.geometry.coordinates)
  return found
}
