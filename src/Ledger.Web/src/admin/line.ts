import type { FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson'

export type Line = Polygon | MultiPolygon
/** Why a file is no line of a zone. */
export type LineTrouble = 'notGeoJson' | 'otherSystem' | 'notOne' | 'swapped'

/** Degrees: a line this near to those that are known is where it should be. */
const NEAR = 2

/** Reference systems by which a file may name longitude and latitude. */
const known = /CRS:?84|EPSG:+4326|WGS ?84/i

/**
 * The one line in a GeoJSON file, whether it stands alone, in a feature or in a collection. What a file may mean otherwise is refused with the reason: a line that
 * lies elsewhere than somebody meant would turn verdicts without a word.
 */
export function lineIn(text: string, drawn: FeatureCollection): Line | LineTrouble {
  let file: { type?: string; crs?: unknown; geometry?: Geometry; features?: { geometry: Geometry | null }[] }
  try {
    file = JSON.parse(text)
  } catch {
    return 'notGeoJson'
  }
  if (typeof file !== 'object' || file === null) return 'notGeoJson'
  if (file.crs != null && !known.test(JSON.stringify(file.crs))) return 'otherSystem'
  const shapes =
    file.type === 'FeatureCollection'
      ? (file.features ?? []).map((feature) => feature?.geometry)
      : [file.type === 'Feature' ? file.geometry : (file as Geometry)]
  if (shapes.length > 1) return 'notOne'
  const [line] = shapes
  if (line?.type !== 'Polygon' && line?.type !== 'MultiPolygon') return 'notGeoJson'
  const points = pointsOf(line)
  if (points.length === 0 || !points.every((point) => point.length >= 2 && point.every(Number.isFinite)))
    return 'notGeoJson'
  return (
    misplaced(
      points,
      drawn.features.flatMap(({ geometry }) => pointsOf(geometry)),
    ) ?? line
  )
}

/** What is wrong with where the points lie; by the lines that are known, where there are some. */
function misplaced(points: Position[], beside: Position[]): LineTrouble | undefined {
  const turned = points.map(([lon, lat]) => [lat!, lon!])
  if (!points.every(isOnEarth)) return turned.every(isOnEarth) ? 'swapped' : 'otherSystem'
  if (beside.length > 0 && !isNear(points, beside) && isNear(turned, beside)) return 'swapped'
  return undefined
}

const isOnEarth = ([lon, lat]: Position): boolean => Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90

function isNear(points: Position[], beside: Position[]): boolean {
  const [[west, south], [east, north]] = boundsOf(points)
  const [[left, bottom], [right, top]] = boundsOf(beside)
  return west <= right + NEAR && east >= left - NEAR && south <= top + NEAR && north >= bottom - NEAR
}

/** The south-western and the north-eastern corner, longitude first. */
function boundsOf(points: Position[]): [[number, number], [number, number]] {
  const [lons, lats] = [points.map(([lon]) => lon!), points.map(([, lat]) => lat!)]
  return [
    [Math.min(...lons), Math.min(...lats)],
    [Math.max(...lons), Math.max(...lats)],
  ]
}

/** Where a map shows all of it, latitude first; nothing where there is nothing. */
export function around(collection: FeatureCollection): [[number, number], [number, number]] | undefined {
  const points = collection.features.flatMap(({ geometry }) => pointsOf(geometry))
  if (points.length === 0) return undefined
  const [[west, south], [east, north]] = boundsOf(points)
  return [
    [south, west],
    [north, east],
  ]
}

export function pointsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'Polygon') return geometry.coordinates.flat()
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat(2)
  return []
}
