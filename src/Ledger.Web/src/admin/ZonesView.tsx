import { useRef, useState } from 'preact/hooks'
import type { FeatureCollection, Geometry } from 'geojson'
import type { Agreement, AgreementHead, Receipt } from '../api/types'
import { uuid7 } from '../api/uuid'
import { Map } from '../map/Map'
import type { LedgerMap } from '../map/show'
import { Field } from '../parts/Field'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords } from '../time/zone'
import { textOf, useWords } from '../words'
import { Recorded } from './AgreementsView'
import { Preview } from './Preview'
import { useAct } from './useAct'
import { Wrong } from './Wrong'

/** Lines of zones: what is in force, and a new line from a GeoJSON file. */
export function ZonesView() {
  const { admin, common } = useWords()
  const answer = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  const [chosen, setChosen] = useState<string>()
  return (
    <Wait answer={answer}>
      {({ agreements }) => {
        const id = chosen ?? agreements[0]?.id
        if (!id) return <p>{common.noAgreements}</p>
        return (
          <>
            {agreements.length > 1 && (
              <Field label={common.agreements}>
                <select value={id} onChange={(event) => setChosen(event.currentTarget.value)}>
                  {agreements.map((head) => (
                    <option value={head.id}>{textOf(head.title).words}</option>
                  ))}
                </select>
              </Field>
            )}
            <p class="small">{admin.zonesHint}</p>
            <ZonesOf key={id} id={id} />
          </>
        )
      }}
    </Wait>
  )
}

interface ZoneProperties {
  zone: string
  name?: Record<string, string>
  part: string
  from?: string
  source?: string
}

function ZonesOf({ id }: { id: string }) {
  const { admin, common } = useWords()
  const [asked, setAsked] = useState(0)
  const agreement = valueOf(useAnswer<Agreement>(`/agreements/${id}`))
  const zones = useAnswer<FeatureCollection>(`/agreements/${id}/zones`, '', asked)
  const shown = valueOf(zones)
  const ready = (map: LedgerMap) => {
    if (!shown) return
    map.zones(shown)
    const points = shown.features.flatMap((feature) => coordinatesOf(feature.geometry))
    if (points.length > 0)
      map.fit([
        [Math.min(...points.map((p) => p[1]!)), Math.min(...points.map((p) => p[0]!))],
        [Math.max(...points.map((p) => p[1]!)), Math.max(...points.map((p) => p[0]!))],
      ])
  }
  return (
    <Wait answer={zones}>
      {(collection) => (
        <>
          {collection.features.length === 0 ? <p>{admin.noZones}</p> : <Map ready={ready} />}
          <ul>
            {collection.features.map((feature, at) => {
              const properties = feature.properties as ZoneProperties
              const before = collection.features[at - 1]?.properties as ZoneProperties | undefined
              return (
                <li>
                  <strong dir="auto">{textOf(properties.name).words || properties.zone}</strong> (
                  {admin.parts[properties.part as 'inner'] ?? properties.part})
                  {properties.from && agreement && (
                    <>
                      {common.comma}
                      {admin.since.replace('{day}', dayWords(properties.from, agreement.timeZone))}
                    </>
                  )}
                  {properties.source && properties.source !== before?.source && (
                    <p class="small faint" dir="auto">
                      {properties.source}
                    </p>
                  )}
                </li>
              )
            })}
          </ul>
          {agreement && (agreement.file.zones ?? []).length > 0 && (
            <LineForm agreement={agreement} onDone={() => setAsked((n) => n + 1)} />
          )}
        </>
      )}
    </Wait>
  )
}

function LineForm({ agreement, onDone }: { agreement: Agreement; onDone: () => void }) {
  const { admin } = useWords()
  const [act, run] = useAct<Receipt>()
  const [shapes, setShapes] = useState<{ inner?: Geometry; outer?: Geometry }>({})
  const [wrong, setWrong] = useState('')
  const [values, setValues] = useState({ zone: agreement.file.zones![0]!.id, from: '', source: '', by: '' })
  const id = useRef(uuid7())
  const set = (name: keyof typeof values) => (event: Event) =>
    setValues({ ...values, [name]: (event.currentTarget as HTMLInputElement).value })
  const choose = (part: 'inner' | 'outer') => async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0]
    if (!file) return
    try {
      setShapes({ ...shapes, [part]: geometryOf(JSON.parse(await file.text())) })
      setWrong('')
    } catch {
      setWrong(admin.notGeoJson)
    }
  }
  const data = {
    entryId: id.current,
    zone: values.zone,
    from: values.from,
    source: values.source.trim(),
    ...(values.by.trim() && { by: values.by.trim() }),
    ...shapes,
  }
  if (act.kind === 'done') return <Recorded receipt={act.value} onDone={onDone} />
  return (
    <>
      <h2>{admin.newLine}</h2>
      <form
        class="act"
        onSubmit={(event) => {
          event.preventDefault()
          void run(`/agreements/${agreement.id}/zones`, data)
        }}
      >
        <Field label={admin.zone}>
          <select value={values.zone} onChange={set('zone')}>
            {agreement.file.zones!.map((zone) => (
              <option value={zone.id}>{textOf(zone.name).words || zone.id}</option>
            ))}
          </select>
        </Field>
        <Field label={admin.parts.inner} hint={admin.geoJsonHint} wrong={wrong || undefined}>
          <input type="file" required accept=".geojson,.json" onChange={(event) => void choose('inner')(event)} />
        </Field>
        <Field label={admin.parts.outer} hint={admin.outerHint}>
          <input type="file" accept=".geojson,.json" onChange={(event) => void choose('outer')(event)} />
        </Field>
        <Field label={admin.lineFrom}>
          <input type="date" required value={values.from} onInput={set('from')} />
        </Field>
        <Field label={admin.lineSource} hint={admin.lineSourceHint}>
          <textarea required dir="auto" value={values.source} onInput={set('source')} />
        </Field>
        <Field label={admin.by}>
          <input dir="auto" value={values.by} onInput={set('by')} />
        </Field>
        <Preview
          agreement={agreement.id}
          suppose={{ type: 'zone_delimited', data }}
          ready={shapes.inner !== undefined && values.from !== '' && values.source.trim() !== ''}
        />
        <Wrong act={act} />
        <button class="main" disabled={act.kind === 'busy' || !shapes.inner}>
          {admin.recordLine}
        </button>
      </form>
    </>
  )
}

/** The one geometry of a GeoJSON file, whether it stands alone, in a feature or in a collection. */
function geometryOf(json: { type?: string; geometry?: Geometry; features?: { geometry: Geometry }[] }): Geometry {
  const geometry =
    json.type === 'FeatureCollection'
      ? json.features?.[0]?.geometry
      : json.type === 'Feature'
        ? json.geometry
        : (json as Geometry)
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon') throw new Error('no polygon')
  return geometry
}

function coordinatesOf(geometry: Geometry): number[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates.flat()
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat(2)
  return []
}
