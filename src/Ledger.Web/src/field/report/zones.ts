import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'

export type Inside = 'yes' | 'no' | 'perhaps'

interface ZoneProperties {
  zone: string
  part: 'inner' | 'outer'
  name: Record<string, string>
}
export type Zones = FeatureCollection<Polygon | MultiPolygon, ZoneProperties>

const METRES_PER_DEGREE = 111_320

/**
 * Whether a place known to within some metres lies in a zone: surely where the whole circle is in the zone's inner line, surely not where all of it is beyond the
 * outer one. Over distances of a zone a flat earth is exact to far less than a line on a map is wide. The ledger judges by itself; this is a hint to who is reporting.
 */
export function insideZone(
  zones: Zones,
  zone: string,
  place: { lat: number; lon: number },
  metres: number,
): Inside | undefined {
  const part = (name: 'inner' | 'outer') =>
    zones.features.filter((feature) => feature.properties.zone === zone && feature.properties.part === name)
  const [inner, outer] = [part('inner'), part('outer')]
  if (inner.length === 0 && outer.length === 0) return undefined
  const depth = (features: Feature<Polygon | MultiPolygon>[]) =>
    Math.max(...features.map((feature) => depthIn(feature.geometry, place)))
  if (inner.length > 0 && depth(inner) >= metres) return 'yes'
  return depth(outer.length > 0 ? outer : inner) <= -metres ? 'no' : 'perhaps'
}

export const zoneNames = (zones: Zones): Map<string, Record<string, string>> =>
  new Map(zones.features.map((feature) => [feature.properties.zone, feature.properties.name]))

/** Metres from the edge: positive inside, negative outside. */
function depthIn(shape: Polygon | MultiPolygon, place: { lat: number; lon: number }): number {
  const polygons = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates
  const east = METRES_PER_DEGREE * Math.cos((place.lat * Math.PI) / 180)
  const flat = ([lon, lat]: Position): [number, number] => [
    (lon! - place.lon) * east,
    (lat! - place.lat) * METRES_PER_DEGREE,
  ]
  let [inside, nearest] = [false, Infinity]
  for (const rings of polygons) {
    let within = false
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [[ax, ay], [bx, by]] = [flat(ring[i - 1]!), flat(ring[i]!)]
        nearest = Math.min(nearest, distanceFromOrigin(ax, ay, bx, by))
        if (ay > 0 !== by > 0 && 0 < ((bx - ax) * -ay) / (by - ay) + ax) within = !within
      }
    }
    inside ||= within
  }
  return inside ? nearest : -nearest
}

function distanceFromOrigin(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = dx === 0 && dy === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy)))
  return Math.hypot(ax + along * dx, ay + along * dy)
}

/** West, south, east, north of all zones; nothing without any. */
export function boundsOf(zones: Zones): [number, number, number, number] | undefined {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { geometry } of zones.features)
    for (const [lon, lat] of (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flat(
      2,
    ) as Position[]) {
      ;[box[0], box[1]] = [Math.min(box[0], lon!), Math.min(box[1], lat!)]
      ;[box[2], box[3]] = [Math.max(box[2], lon!), Math.max(box[3], lat!)]
    }
  return box[0] === Infinity ? undefined : box
}
