import type { ReportPlace } from '../../api/types'
import { clean } from '../../proof/canonical'
import { implied, isHidden, pointOf, radiusOf, whole, type Around, type Draft } from './draft'

/** How coarse a place in the clear can be, the finest first. */
const coarser = ['near', 'district', 'region'] as const
const EARTH = 6_371_008.8
/** Beside what the ledger measures by itself: a point that is just inside here must not be just outside there. */
const SURELY = 0.99

/** Whether the draft has a spot that can be sealed: a point of its own, and not that of a place everybody knows. */
export function canSeal({ where }: Draft): boolean {
  const point = pointOf(where)
  return point !== undefined && !(where.around && same(point, where.around))
}

/** Whether its spot is sealed. Where somebody stood gives them away, so a protected source's is, until somebody says otherwise. */
export const isSealedSpot = (draft: Draft): boolean => canSeal(draft) && (draft.where.seal ?? isHidden(draft.source))

/**
 * The place as the ledger takes it. Of a sealed spot only a known place around it stands in the clear, and never its own coordinates made rougher; how coarse, is said so
 * that the circle around that place holds the spot and all its own uncertainty.
 */
export function placeOf(draft: Draft): { place?: ReportPlace; nothingCoarser?: true } {
  const { where } = draft
  const [point, name] = [pointOf(where), clean(where.name).trim()]
  if (!point) return name === '' ? {} : { place: { name, precision: 'unknown' } }
  const spot = decimals(point)
  if (!isSealedSpot(draft)) {
    const radius = whole(where.radius)
    return {
      place: {
        ...(name !== '' && { name }),
        point: spot,
        precision: where.precision,
        ...(radius !== undefined && { radius }),
      },
    }
  }
  const { around } = where
  const reach = around && metresBetween(around, point) + (radiusOf(where) ?? Infinity)
  const precision = coarser.find((precision) => reach !== undefined && reach <= implied[precision]! * SURELY)
  const known = name === '' && precision ? around?.name : name || undefined
  // Without a name there is nothing to say in the clear.
  if (known === undefined) return { nothingCoarser: true }
  return {
    place: {
      name: known,
      ...(precision && around && { point: decimals(around) }),
      exact: spot,
      precision: precision ?? 'unknown',
    },
  }
}

/** The place nearest to a point. */
export function nearest(places: readonly Around[], point: { lat: number; lon: number }): Around | undefined {
  let [best, least] = [undefined as Around | undefined, Infinity]
  for (const place of places) {
    const metres = metresBetween(place, point)
    if (metres < least) [best, least] = [place, metres]
  }
  return best && { name: best.name, lat: Number(best.lat.toFixed(5)), lon: Number(best.lon.toFixed(5)) }
}

export function metresBetween(one: { lat: number; lon: number }, other: { lat: number; lon: number }): number {
  const [a, b] = [(one.lat * Math.PI) / 180, (other.lat * Math.PI) / 180]
  const half =
    Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(((other.lon - one.lon) * Math.PI) / 360) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(half)))
}

const same = (one: { lat: number; lon: number }, other: { lat: number; lon: number }): boolean =>
  decimal(one.lat) === decimal(other.lat) && decimal(one.lon) === decimal(other.lon)
const decimals = ({ lat, lon }: { lat: number; lon: number }) => ({ lat: decimal(lat), lon: decimal(lon) })
const decimal = (degrees: number) => degrees.toFixed(6).replace(/\.?0+$/, '')
