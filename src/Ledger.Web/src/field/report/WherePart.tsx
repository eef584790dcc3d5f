import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ReportHead, ReportPlace } from '../../api/types'
import { Map as LedgerMapView } from '../../map/Map'
import type { LedgerMap } from '../../map/show'
import { Field } from '../../parts/Field'
import { useAnswer, valueOf } from '../../api/useAnswer'
import { fill, number, textOf, useWords } from '../../words'
import { boxAround, knownPlaces, search, type Known } from './places'
import { boundsOf, insideZone, zoneNames, type Zones } from './zones'
import { implied, pointOf, radiusOf, type Draft } from '../draft/draft'
import { canSeal, isSealedSpot, metresBetween, nearest, placeOf } from '../draft/where'
import type { Part } from './part'

const precisions = ['exact', 'near', 'district', 'region', 'unknown'] as const
/** Metres beyond which a phone's own place is no better than the name of a village. */
const WORTH_A_WORD = 1_000

/** Metres from a chosen place within which a spot is still said to be there. */
const STILL_THERE = 10_000

/** Milliseconds after which a phone is believed to find no place: a receiver that was off needs a minute or more under open sky. */
const WITHOUT_A_FIX = 120_000

const coordinate = (degrees: number) => degrees.toFixed(5)

/** What a phone says of its own accuracy, in metres, as a precision and a radius. */
const asExactly = (accuracy: number): Pick<Draft['where'], 'precision' | 'radius'> => ({
  precision: (['exact', 'near', 'district'] as const).find((precision) => accuracy <= implied[precision]!) ?? 'region',
  radius: String(Math.max(10, Math.ceil(accuracy))),
})

/** Where it happened: by name, by this phone's own place, by a pin or by coordinates; and whether that is in a zone. */
export function WherePart({ draft, change, wrong }: Part) {
  const { field } = useWords()
  const { where } = draft
  const path = `/agreements/${encodeURIComponent(draft.agreement)}`
  const zones = valueOf(useAnswer<Zones>(`${path}/zones`))
  const reports = valueOf(useAnswer<{ reports: ReportHead[] }>(`${path}/reports`, 'limit=1000'))?.reports
  const [places, setPlaces] = useState<Known[]>([])
  const [located, setLocated] = useState<'' | 'asks' | 'denied' | 'failed'>('')
  const [within, setWithin] = useState<number>()
  // A phone tells its place up to minutes after it was asked; what was written meanwhile stays.
  const set = (changes: Partial<Draft['where']>) =>
    change(({ where }) => {
      const next = { ...where, ...changes }
      const point = pointOf(next)
      if (
        point &&
        !('around' in changes) &&
        !(next.around && next.around.name === next.name && metresBetween(next.around, point) <= STILL_THERE)
      )
        next.around = nearest(places, point)
      return { where: next }
    })
  useEffect(() => {
    const bounds = zones && boundsOf(zones)
    if (bounds) void knownPlaces(boxAround(bounds), reports ?? []).then(setPlaces)
  }, [zones, reports])
  useEffect(() => {
    // A point may be there before the places are.
    if (places.length > 0 && pointOf(where) && !where.around) set({})
  }, [places])
  const locate = () => {
    setLocated('asks')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocated('')
        set({ lat: coordinate(coords.latitude), lon: coordinate(coords.longitude), ...asExactly(coords.accuracy) })
        setWithin(coords.accuracy > WORTH_A_WORD ? coords.accuracy : undefined)
      },
      (fault) => setLocated(fault.code === fault.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: WITHOUT_A_FIX, maximumAge: 60_000 },
    )
  }
  return (
    <>
      <PlaceName {...{ where, set, places }} />
      <p class="row">
        <button type="button" disabled={located === 'asks'} onClick={locate}>
          {located === 'asks' ? field.where.locating : field.where.here}
        </button>
        {(where.lat || where.lon) && (
          <button type="button" class="plain" onClick={() => set({ lat: '', lon: '', radius: '' })}>
            {field.where.noPoint}
          </button>
        )}
      </p>
      {(located === 'denied' || located === 'failed') && (
        <p class="problem-line" role="alert">
          {located === 'denied' ? field.where.denied : field.where.failed}
        </p>
      )}
      {within !== undefined && (
        <p class="problem-line" role="status">
          {fill(field.where.inaccurate, { n: number(Math.ceil(within)) })}
        </p>
      )}
      <Coordinates {...{ where, set, wrong }} />
      {canSeal(draft) && <Seal {...{ draft, set, wrong }} />}
      <InZones draft={draft} zones={zones} />
      <PinMap
        where={where}
        zones={zones}
        place={({ lat, lon }) =>
          set({
            lat: coordinate(lat),
            lon: coordinate(lon),
            precision: where.precision === 'unknown' ? 'near' : where.precision,
          })
        }
      />
    </>
  )
}

type Setting = { where: Draft['where']; set: (changes: Partial<Draft['where']>) => void }

/** The name, in any spelling, and the places that are called something like it. */
function PlaceName({ where, set, places }: Setting & { places: readonly Known[] }) {
  const { field } = useWords()
  const [chosen, setChosen] = useState(where.name)
  const offered = useMemo(
    () => (where.name === chosen || where.name.trim() === '' ? [] : search(places, where.name)),
    [places, where.name, chosen],
  )
  const choose = (place: Known) => {
    setChosen(place.name)
    set({
      name: place.name,
      lat: coordinate(place.lat),
      lon: coordinate(place.lon),
      precision: 'near',
      radius: '',
      around: { name: place.name, lat: Number(coordinate(place.lat)), lon: Number(coordinate(place.lon)) },
    })
  }
  return (
    <>
      <Field label={field.where.name} hint={field.where.nameHint}>
        <input
          dir="auto"
          autocomplete="off"
          value={where.name}
          onInput={(event) => {
            setChosen('')
            set({ name: event.currentTarget.value })
          }}
        />
      </Field>
      <div aria-live="polite">
        {offered.length > 0 && (
          <ul class="offered" aria-label={field.where.found}>
            {offered.map((place) => (
              <li>
                <button type="button" onClick={() => choose(place)}>
                  <span dir="auto">{place.name}</span>{' '}
                  <span class="faint small">{place.used ? field.where.reportedBefore : place.region}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {offered.length === 0 && where.name.trim().length > 2 && where.name !== chosen && places.length > 0 && (
          <p class="small faint">{field.where.notFound}</p>
        )}
      </div>
    </>
  )
}

function Coordinates({ where, set, wrong }: Setting & { wrong: Part['wrong'] }) {
  const { field, common } = useWords()
  return (
    <div class="fields">
      <Field label={field.where.lat} wrong={wrong('point')}>
        <input
          inputMode="decimal"
          dir="ltr"
          autocomplete="off"
          size={11}
          value={where.lat}
          onInput={(event) => set({ lat: event.currentTarget.value })}
        />
      </Field>
      <Field label={field.where.lon}>
        <input
          inputMode="decimal"
          dir="ltr"
          autocomplete="off"
          size={11}
          value={where.lon}
          onInput={(event) => set({ lon: event.currentTarget.value })}
        />
      </Field>
      <Field label={field.where.precision}>
        <select
          value={where.precision}
          onChange={(event) => set({ precision: event.currentTarget.value as ReportPlace['precision'], radius: '' })}
        >
          {precisions.map((precision) => (
            <option value={precision}>{common.placePrecision[precision]}</option>
          ))}
        </select>
      </Field>
      <Field label={field.where.radius} wrong={wrong('radius')}>
        <input
          inputMode="numeric"
          autocomplete="off"
          size={9}
          placeholder={implied[where.precision] === undefined ? '' : number(implied[where.precision]!)}
          value={where.radius}
          onInput={(event) => set({ radius: event.currentTarget.value })}
        />
      </Field>
    </div>
  )
}

/** The spot itself for those who may open it, and for everybody a place around it. */
function Seal({
  draft,
  set,
  wrong,
}: {
  draft: Draft
  set: (changes: Partial<Draft['where']>) => void
  wrong: Part['wrong']
}) {
  const { field, common } = useWords()
  const { place } = placeOf(draft)
  const sealed = isSealedSpot(draft)
  return (
    <div class="seal">
      <label class="tick">
        <input type="checkbox" checked={sealed} onChange={(event) => set({ seal: event.currentTarget.checked })} />{' '}
        {field.where.seal}
      </label>
      <p class="small faint" role="status">
        {!sealed
          ? field.where.sealNot
          : place && (
              <>
                {field.where.sealed} <strong dir="auto">{place.name}</strong> ({common.placePrecision[place.precision]})
              </>
            )}
      </p>
      {wrong('seal') && (
        <p class="problem-line" role="alert">
          {wrong('seal')}
        </p>
      )}
    </div>
  )
}

/** By what everybody will read: verdicts go by that too. */
function InZones({ draft, zones }: { draft: Draft; zones: Zones | undefined }) {
  const { field } = useWords()
  const { place } = placeOf(draft)
  const point = place?.point && { lat: Number(place.point.lat), lon: Number(place.point.lon) }
  const radius = place?.radius ?? (place && implied[place.precision])
  if (!zones) return null
  if (zones.features.length === 0) return <p class="small faint">{field.where.noZone}</p>
  return (
    <div aria-live="polite" class="in-zones">
      {point &&
        [...zoneNames(zones)].map(([zone, name]) => {
          const inside = radius === undefined ? 'perhaps' : insideZone(zones, zone, point, radius)
          return (
            inside && (
              <p>
                <span class="faint">{textOf(name).words}:</span>{' '}
                <strong class={`inside-${inside}`}>{field.where.inside[inside]}</strong>
              </p>
            )
          )
        })}
    </div>
  )
}

function PinMap({
  where,
  zones,
  place,
}: {
  where: Draft['where']
  zones: Zones | undefined
  place: (point: { lat: number; lon: number }) => void
}) {
  const { field } = useWords()
  const [open, setOpen] = useState(false)
  const [map, setMap] = useState<LedgerMap>()
  const point = pointOf(where)
  useEffect(() => map?.onClick(place))
  useEffect(() => {
    if (!map || !zones) return
    map.zones(zones)
    const bounds = boundsOf(zones)
    if (point)
      map.fit([
        [point.lat - 0.1, point.lon - 0.1],
        [point.lat + 0.1, point.lon + 0.1],
      ])
    else if (bounds)
      map.fit([
        [bounds[1], bounds[0]],
        [bounds[3], bounds[2]],
      ])
  }, [map, zones])
  useEffect(() => map?.pin(point, radiusOf(where)), [map, where.lat, where.lon, where.precision, where.radius])
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{field.where.pin}</summary>
      {open && (
        <>
          <p class="small faint">{field.where.pinHint}</p>
          <LedgerMapView ready={setMap} />
        </>
      )}
    </details>
  )
}
