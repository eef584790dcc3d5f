import type { FeatureCollection } from 'geojson'
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks'
import type { DiffAnswer, Incident, IncidentsAnswer } from '../api/types'
import { Map as MapBox } from '../map/Map'
import type { LedgerMap, Point } from '../map/show'
import { Field } from '../parts/Field'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { go, refine } from '../parts/router'
import { inZoneWords, timeWords } from '../time/zone'
import { fill, latinDigits, number, useWords } from '../words'
import type { View } from './view'
import { DiffTables } from './DiffTables'
import { incidentWords } from './incidentWords'
import { LensPicker } from './Lens'
import { asked, pinOf, viewAddress } from './question'

const earlier = ['fromAsOf', 'fromSaidBy', 'fromKnownAt', 'fromLens'] as const
const later = ['asOf', 'saidBy', 'knownAt', 'lens'] as const

/** What differs between two points, each with its own valid time, known time and lens. */
export function CompareView(view: View) {
  const { agreement, place, held } = view
  const { desk, common } = useWords()
  const value = (name: string) => place.query.get(name) ?? ''
  const isAsked = earlier.some((name) => value(name) !== '')
  const from = earlier
    .filter((name) => value(name) !== '')
    .map((name) => `&${name}=${encodeURIComponent(value(name))}`)
    .join('')
  const diff = useAnswer<DiffAnswer>(isAsked ? `/agreements/${agreement.id}/diff` : undefined, asked(view) + from)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    refine(
      Object.fromEntries(
        [...earlier, ...later].map((name) => [name, latinDigits(String(form.get(name) ?? '')).trim()]),
      ),
    )
  }
  const point = (names: readonly string[], legend: string) => (
    <fieldset class="panel">
      <legend>{legend}</legend>
      <div class="question">
        <Field label={desk.asOf}>
          <input type="date" name={names[0]} value={value(names[0]!).slice(0, 10)} />
        </Field>
        <Field label={desk.saidBy}>
          <input type="date" name={names[1]} value={value(names[1]!).slice(0, 10)} />
        </Field>
        <Field label={desk.knownAt}>
          <input name={names[2]} inputMode="numeric" size={8} placeholder={String(held)} value={value(names[2]!)} />
        </Field>
        <LensPicker agreement={agreement} name={names[3]!} value={value(names[3]!)} />
      </div>
    </fieldset>
  )
  return (
    <>
      <h1 tabIndex={-1}>{desk.tabs.compare}</h1>
      <p class="faint small">
        {desk.compareMeans} {inZoneWords(agreement.timeZone)}
      </p>
      <form onSubmit={submit} class="no-print">
        <div class="two">
          {point(earlier, desk.firstPoint)}
          {point(later, desk.secondPoint)}
        </div>
        <button class="main">{desk.compareThem}</button>
      </form>
      {!isAsked ? (
        <p class="notice">
          {desk.compareNext}{' '}
          <a
            href={`${viewAddress(agreement.id, 'compare', place)}${viewAddress(agreement.id, '', place).includes('?') ? '&' : '?'}fromAsOf=${agreement.signed}`}
          >
            {desk.compareExample}
          </a>
        </p>
      ) : (
        <Wait answer={diff}>
          {(answer) => (
            <>
              <p class="small">
                {[answer.from, answer.to].map((one, at) => (
                  <>
                    {at > 0 && ' → '}
                    <strong>{timeWords(one.asOf, agreement.timeZone)}</strong>
                    {common.comma}
                    {fill(common.position, { n: number(one.position) })}
                  </>
                ))}
                {answer.pinned && (
                  <span class="no-print">
                    {' '}
                    ·{' '}
                    <a
                      href={`${viewAddress(agreement.id, 'compare', place, pinOf(answer.pinned))}&${fromPin(answer.pinned, place.query)}`}
                    >
                      {desk.forEver}
                    </a>{' '}
                    ·{' '}
                    <a href={answer.pinned} target="_blank" rel="noreferrer">
                      {desk.asJson}
                    </a>
                  </span>
                )}
              </p>
              <CompareMap {...view} diff={answer} />
              <DiffTables {...view} diff={answer} />
            </>
          )}
        </Wait>
      )}
    </>
  )
}

function fromPin(pinned: string, given: URLSearchParams): string {
  const query = new URL(pinned, location.origin).searchParams
  return new URLSearchParams(
    earlier.flatMap((name) => {
      const value = query.get(name) ?? given.get(name)
      return value ? [[name, value]] : []
    }),
  ).toString()
}

/** What differs is drawn last: in a town with many incidents it would lie below those that stayed. */
const rank = ({ tone, hollow }: Point) => (tone === 'broken' ? 2 : tone === 'kept' || hollow ? 1 : 0)

/** What came is filled, what went is an outline, and what stayed is pale. */
function CompareMap({ diff, ...view }: View & { diff: DiffAnswer }) {
  const { agreement, place } = view
  const { desk } = useWords()
  const at = (point: DiffAnswer['from'], overrule: Record<string, string | undefined>) =>
    asked(view, { asOf: point.asOf, knownAt: String(point.position), ...overrule })
  const [before, after] = [
    valueOf(
      useAnswer<IncidentsAnswer>(
        `/agreements/${agreement.id}/incidents`,
        at(diff.from, {
          saidBy: diff.from.lens.saidBy,
          lens: place.query.get('fromLens') ?? place.query.get('lens') ?? undefined,
        }),
      ),
    )?.incidents,
    valueOf(
      useAnswer<IncidentsAnswer>(`/agreements/${agreement.id}/incidents`, at(diff.to, { saidBy: diff.to.lens.saidBy })),
    )?.incidents,
  ]
  const points = useMemo(() => {
    const listed = (list: { entry: string }[]) => new Set(list.map((one) => one.entry))
    const [added, removed, changed] = [
      listed(diff.added),
      listed(diff.removed),
      listed([...diff.corrected, ...diff.reassessed]),
    ]
    const point = (incident: Incident, tone: Point['tone'], hollow = false): Point[] =>
      incident.lat === undefined
        ? []
        : [
            {
              id: incident.report,
              lat: incident.lat,
              lon: incident.lon!,
              from: 0,
              until: tone === 'plain' && !hollow ? 0 : Infinity,
              tone,
              hollow,
              label: incidentWords(agreement.file, agreement.timeZone, incident),
            },
          ]
    return [
      ...(before ?? [])
        .filter((one) => one.reports.some((report) => removed.has(report)))
        .flatMap((one) => point(one, 'plain', true)),
      ...(after ?? []).flatMap((one) =>
        point(
          one,
          one.reports.some((report) => added.has(report))
            ? 'broken'
            : one.reports.some((report) => changed.has(report))
              ? 'kept'
              : 'plain',
        ),
      ),
    ].sort((one, other) => rank(one) - rank(other))
  }, [before, after, diff])
  const zones = valueOf(
    useAnswer<FeatureCollection>(`/agreements/${agreement.id}/zones`, at(diff.to, { asOf: undefined })),
  )
  const map = useRef<LedgerMap>(undefined)
  const draw = useCallback(() => {
    if (!map.current || points.length === 0) return
    if (zones) map.current.zones(zones)
    map.current.show(points, Date.now())
    const [lats, lons] = [points.map((one) => one.lat), points.map((one) => one.lon)]
    map.current.fit([
      [Math.min(...lats), Math.min(...lons)],
      [Math.max(...lats), Math.max(...lons)],
    ])
  }, [points, zones])
  const latest = useRef(draw)
  latest.current = draw
  useEffect(draw, [draw])
  if (points.length === 0) return <p class="faint small">{desk.noPlaces}</p>
  return (
    <>
      <MapBox
        ready={(made) => {
          map.current = made
          made.onPoint((report) => go(viewAddress(agreement.id, `incident/${report}`, place)))
          latest.current()
        }}
      />
      <ul class="legend">
        <li>
          <svg class="d" viewBox="0 0 10 10" aria-hidden="true">
            <rect x="1" y="1" width="8" height="8" />
          </svg>{' '}
          {desk.diff.added}
        </li>
        <li>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" />
          </svg>{' '}
          {desk.diff.removed}
        </li>
        <li>
          <svg class="c" viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="4" />
          </svg>{' '}
          {desk.diff.corrected} / {desk.diff.reassessed}
        </li>
        <li>
          <svg class="a" viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="4" opacity="0.4" />
          </svg>{' '}
          {desk.stayed}
        </li>
      </ul>
    </>
  )
}
