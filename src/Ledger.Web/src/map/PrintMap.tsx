import type { FeatureCollection, Position } from 'geojson'
import { number, words } from '../words'
import { isOld } from './age'
import type { Town } from './basemap'
import type { Point } from './show'

/** What a map shows, as lines and marks: for paper, where a canvas would be a smear. North is up; lengths are true in the middle. */

export interface Printed {
  points: readonly Point[]
  asOf: number
  zones: FeatureCollection | undefined
  towns?: readonly Town[]
}

const WIDTH = 720
const TALLEST = 620
const MARGIN = 24
const KM_PER_DEGREE = 111.32

type Box = [west: number, south: number, east: number, north: number]

export function PrintMap({ points, asOf, zones, towns = [] }: Printed) {
  const { map } = words().common
  const seen = points.filter((point) => point.from <= asOf)
  const box = boxOf(seen, zones)
  if (!box) return null
  const [west, south, east, north] = box
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min((WIDTH - 2 * MARGIN) / ((east - west) * narrowing), (TALLEST - 2 * MARGIN) / (north - south))
  const [width, height] = [(east - west) * narrowing * scale + 2 * MARGIN, (north - south) * scale + 2 * MARGIN]
  const at = (lon: number, lat: number) =>
    [MARGIN + (lon - west) * narrowing * scale, MARGIN + (north - lat) * scale] as const
  const path = (ring: Position[]) =>
    `M${ring
      .map(([lon, lat]) =>
        at(lon!, lat!)
          .map((n) => n.toFixed(1))
          .join(' '),
      )
      .join('L')}Z`
  const bar = [100, 50, 20, 10, 5, 2, 1].find((km) => (km / KM_PER_DEGREE) * scale < width / 3) ?? 1
  const barWidth = (bar / KM_PER_DEGREE) * scale
  const inside = ([, lat, lon]: Town) => lat > south && lat < north && lon > west && lon < east
  return (
    <svg
      class="print-map"
      viewBox={`0 0 ${width.toFixed(0)} ${(height + 22).toFixed(0)}`}
      role="img"
      aria-label={map.label}
      direction="ltr"
    >
      <rect x="0.5" y="0.5" width={width - 1} height={height - 1} class="frame" />
      {zones?.features.map(({ geometry, properties }) => (
        <path class={properties?.part === 'outer' ? 'zone outer' : 'zone'} d={ringsOf(geometry).map(path).join('')} />
      ))}
      {apart(
        towns
          .filter(inside)
          .map(([name, lat, lon]) => ({ name, place: at(lon, lat) }))
          .filter(({ name, place: [x] }) => x + widthOf(name) < width),
      ).map(({ name, place: [x, y] }) => (
        <g class="town">
          <circle cx={x} cy={y} r="1.5" />
          <text x={x + 4} y={y + 3}>
            {name}
          </text>
        </g>
      ))}
      {merged(
        seen.map((point) => ({
          point,
          look: `${point.tone}${isOld(point, asOf) ? ' old' : ''}${point.hollow ? ' hollow' : ''}`,
          place: at(point.lon, point.lat),
        })),
      ).map(({ point, look, place: [x, y] }) =>
        point.tone === 'broken' ? (
          <rect class={look} x={x - 4} y={y - 4} width="8" height="8" />
        ) : (
          <circle class={look} cx={x} cy={y} r="4.5" />
        ),
      )}
      <path class="bar" d={`M${width - MARGIN - barWidth} ${height - 12}h${barWidth}m0 -4v8m${-barWidth} -8v8`} />
      <text x={width - MARGIN - barWidth / 2} y={height - 16} text-anchor="middle">
        {number(bar)} km
      </text>
      <text class="faint credit" x="0" y={height + 16}>
        {map.credit}
      </text>
    </svg>
  )
}

/** Marks that would lie on each other are one mark; the newest stays on top. */
function merged<T extends { look: string; place: readonly [number, number] }>(marks: T[]): T[] {
  const seen = new Map<string, T>()
  for (const mark of marks) seen.set(`${mark.look} ${mark.place.map(Math.round).join()}`, mark)
  return [...seen.values()]
}

/** Names that do not run into each other, the first of each first. */
function apart<T extends { name: string; place: readonly [number, number] }>(names: T[]): T[] {
  const kept: T[] = []
  for (const one of names)
    if (
      !kept.some(
        (other) =>
          Math.abs(other.place[1] - one.place[1]) < LINE &&
          one.place[0] < other.place[0] + widthOf(other.name) &&
          other.place[0] < one.place[0] + widthOf(one.name),
      )
    )
      kept.push(one)
  return kept
}

const LINE = 22

/** About as wide as a name with its dot is printed. */
const widthOf = (name: string) => 12 + 5.5 * name.length

function ringsOf(geometry: FeatureCollection['features'][number]['geometry']): Position[][] {
  return geometry?.type === 'Polygon'
    ? geometry.coordinates
    : geometry?.type === 'MultiPolygon'
      ? geometry.coordinates.flat()
      : []
}

/** Around everything that is drawn, with some room; nothing without anything. */
export function boxOf(points: readonly Point[], zones: FeatureCollection | undefined): Box | undefined {
  const places: Position[] = [
    ...points.map(({ lon, lat }) => [lon, lat]),
    ...(zones?.features.flatMap(({ geometry }) => ringsOf(geometry).flat()) ?? []),
  ]
  if (places.length === 0) return undefined
  const [lons, lats] = [places.map(([lon]) => lon!), places.map(([, lat]) => lat!)]
  const least = (values: number[]) => values.reduce((one, other) => Math.min(one, other))
  const most = (values: number[]) => values.reduce((one, other) => Math.max(one, other))
  const [west, south, east, north] = [least(lons), least(lats), most(lons), most(lats)]
  const room = Math.max(0.02, (east - west) * 0.05, (north - south) * 0.05)
  return [west - room, south - room, east + room, north + room]
}
