import { townsIn, type Box } from '../../map/basemap'
import { finds, keyOf } from '../../map/spelling'
import type { ReportHead } from '../../api/types'

/** A place that can be chosen by name. */
export interface Known {
  name: string
  lat: number
  lon: number
  region: string
  key: string
  used: boolean
}

/** Degrees around the zones in which names are looked for: what happens outside is reported too. */
const MARGIN = 0.7

export const boxAround = ([west, south, east, north]: readonly [number, number, number, number]): Box => ({
  getWest: () => west - MARGIN,
  getEast: () => east + MARGIN,
  getSouth: () => south - MARGIN,
  getNorth: () => north + MARGIN,
})

/** Towns around the zones, and places that reports of this ledger name; of one name at one place only the first. */
export async function knownPlaces(box: Box, reports: readonly ReportHead[]): Promise<Known[]> {
  const towns = await townsIn(box).catch(() => [])
  const near = towns.filter(
    ([, lat, lon]) => lat >= box.getSouth() && lat <= box.getNorth() && lon >= box.getWest() && lon <= box.getEast(),
  )
  const used = reports.flatMap(({ content: { place } }) =>
    place?.name && place.point
      ? [
          {
            name: place.name,
            lat: Number(place.point.lat),
            lon: Number(place.point.lon),
            region: '',
            key: keyOf(place.name),
            used: true,
          },
        ]
      : [],
  )
  const seen = new Set<string>()
  return [
    ...used,
    ...near.map(([name, lat, lon, region]) => ({ name, lat, lon, region, key: keyOf(name), used: false })),
  ].filter((place) => {
    const mark = `${place.key} ${place.lat.toFixed(2)} ${place.lon.toFixed(2)}`
    return place.key !== '' && !seen.has(mark) && seen.add(mark)
  })
}

/** The best eight for what was typed: the whole name first, then names that begin so, then the shorter. */
export function search(places: readonly Known[], typed: string): Known[] {
  const key = keyOf(typed)
  const rank = (place: Known) =>
    (place.key === key ? 0 : place.key.startsWith(key) ? 1 : 2) * 100 + place.key.length - (place.used ? 0.5 : 0)
  return places
    .filter((place) => finds(key, place.key))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 8)
}
