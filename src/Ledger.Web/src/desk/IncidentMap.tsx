import type { FeatureCollection } from 'geojson'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ReportWhole } from '../api/types'
import { townsIn, type Town } from '../map/basemap'
import { boxOf, PrintMap } from '../map/PrintMap'
import type { Point } from '../map/show'
import { useAnswer, valueOf } from '../api/useAnswer'
import type { View } from './view'
import { asked } from './question'

/** Where each report says that it happened, and the zones: as lines, which print as they are. */
export function IncidentMap(view: View & { reports: ReportWhole[] }) {
  const { agreement, reports } = view
  const zones = valueOf(
    useAnswer<FeatureCollection>(`/agreements/${agreement.id}/zones`, asked(view, { asOf: undefined })),
  )
  const [towns, setTowns] = useState<readonly Town[]>([])
  const points = useMemo(
    () =>
      reports.flatMap(({ report, state, content: { place } }): Point[] =>
        place?.point
          ? [
              {
                id: report,
                lat: Number(place.point.lat),
                lon: Number(place.point.lon),
                from: 0,
                until: Infinity,
                tone: 'plain',
                hollow: state !== 'live',
              },
            ]
          : [],
      ),
    [reports],
  )
  const box = useMemo(() => boxOf(points, zones), [points, zones])
  useEffect(() => {
    let current = true
    if (box)
      void townsIn({ getWest: () => box[0], getSouth: () => box[1], getEast: () => box[2], getNorth: () => box[3] })
        .then((found) => current && setTowns(found))
        .catch(() => undefined)
    return () => {
      current = false
    }
  }, [box])
  return points.length === 0 ? null : (
    <div class="incident-map">
      <PrintMap points={points} asOf={Infinity} zones={zones} towns={towns} />
    </div>
  )
}
