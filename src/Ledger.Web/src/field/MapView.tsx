import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Agreement, ReportHead } from '../api/types'
import { Map as LedgerMapView } from '../map/Map'
import type { LedgerMap, Point } from '../map/show'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { go } from '../parts/router'
import { isoDay, occurredWords, startOfDay } from '../time/zone'
import { label, useWords } from '../words'
import { items } from './outbox/store'
import { useKept } from './outbox/useKept'
import { boundsOf, type Zones } from './report/zones'

/** The area: its zones, what was reported lately, and what I reported. */
export function MapView({ agreement }: { agreement: Agreement }) {
  const { field, common } = useWords()
  const [map, setMap] = useState<LedgerMap>()
  const path = `/agreements/${encodeURIComponent(agreement.id)}`
  const answer = useAnswer<{ reports: ReportHead[] }>(`${path}/reports`, 'limit=1000')
  const zones = valueOf(useAnswer<Zones>(`${path}/zones`))
  const mine = useKept(items, [])
  const zone = agreement.timeZone
  const reports = useMemo(
    () =>
      (valueOf(answer)?.reports ?? [])
        .filter((report) => report.state === 'live')
        .sort((a, b) => Date.parse(b.content.occurred.from) - Date.parse(a.content.occurred.from)),
    [answer],
  )
  const own = useMemo(() => (mine ?? []).filter((item) => item.agreement === agreement.id), [mine])
  useEffect(() => {
    if (!map || !zones) return
    map.zones(zones)
    const bounds = boundsOf(zones)
    if (bounds)
      map.fit([
        [bounds[1], bounds[0]],
        [bounds[3], bounds[2]],
      ])
  }, [map, zones])
  useEffect(() => {
    if (!map) return
    const points: Point[] = reports.flatMap((report) =>
      pointOf(
        report.report,
        report.content.place?.point,
        Date.parse(report.content.occurred.from),
        'plain',
        label(agreement.file.codebook.kinds, report.content.kind),
      ),
    )
    const ours = own.flatMap((item) => {
      if (!item.body.report) return []
      const { occurred, place, kind } = item.body.report as unknown as {
        occurred: string | { from: string }
        place?: { point?: { lat: string; lon: string } }
        kind: string
      }
      const from = typeof occurred === 'string' ? occurred : occurred.from
      return pointOf(
        item.id,
        place?.point,
        from.length === 10 ? startOfDay(from, zone) : Date.parse(from),
        'broken',
        label(agreement.file.codebook.kinds, kind),
      )
    })
    map.show([...points.filter((point) => !ours.some((other) => other.id === point.id)), ...ours], Date.now())
    map.onPoint((id) => go(own.some((item) => item.id === id) ? `/field/outbox/${id}` : `/a/${agreement.id}/r/${id}`))
  }, [map, reports, own])
  return (
    <>
      <h1 tabIndex={-1}>{field.map.title}</h1>
      <LedgerMapView ready={setMap} />
      <p class="small faint">{field.map.legend}</p>
      <h2>{field.map.recent}</h2>
      <Wait answer={answer}>
        {() =>
          reports.length === 0 ? (
            <p class="faint">{field.map.none}</p>
          ) : (
            <ul class="plain-list">
              {reports.slice(0, 20).map((report) => (
                <li key={report.report}>
                  <a href={`/a/${agreement.id}/r/${report.report}`}>
                    {label(agreement.file.codebook.kinds, report.content.kind)}
                  </a>
                  {report.content.place?.name && (
                    <>
                      {common.comma}
                      <span dir="auto">{report.content.place.name}</span>
                    </>
                  )}
                  <span class="faint small">
                    {' '}
                    ·{' '}
                    <time dateTime={isoDay(report.content.occurred.from, zone)}>
                      {occurredWords(report.content.occurred, zone)}
                    </time>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  )
}

const pointOf = (
  id: string,
  point: { lat: string; lon: string } | undefined,
  from: number,
  tone: Point['tone'],
  label: string,
): Point[] =>
  point ? [{ id, lat: Number(point.lat), lon: Number(point.lon), from, until: from + 1, tone, label }] : []
