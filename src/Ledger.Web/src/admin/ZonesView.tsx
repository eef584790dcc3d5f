import { useEffect, useRef, useState } from 'preact/hooks'
import type { FeatureCollection } from 'geojson'
import type { Agreement, AgreementHead, Receipt } from '../api/types'
import { uuid7 } from '../api/uuid'
import { Map } from '../map/Map'
import type { LedgerMap } from '../map/show'
import { Field } from '../parts/Field'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords } from '../time/zone'
import { textOf, useWords } from '../words'
import { Act } from '../parts/Act'
import { Recorded } from './AgreementsView'
import { around, lineIn, type Line, type LineTrouble } from './line'
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
    const bounds = around(shown)
    if (bounds) map.fit(bounds)
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
            <LineForm agreement={agreement} drawn={collection} onDone={() => setAsked((n) => n + 1)} />
          )}
        </>
      )}
    </Wait>
  )
}

interface Shapes {
  inner?: Line
  outer?: Line
}

/** The new line beside the one that is in force, before anybody records it. */
function Compared({ zone, shapes, drawn }: { zone: string; shapes: Shapes; drawn: FeatureCollection }) {
  const { admin } = useWords()
  const map = useRef<LedgerMap>(undefined)
  const draw = () => {
    const before = drawn.features.filter((feature) => feature.properties?.zone === zone)
    const now = Object.entries(shapes).map(([part, geometry]) => ({
      type: 'Feature' as const,
      properties: { zone, part, isNew: true },
      geometry: geometry as Line,
    }))
    const both: FeatureCollection = { type: 'FeatureCollection', features: [...before, ...now] }
    map.current?.zones(both)
    const bounds = around(both)
    if (bounds) map.current?.fit(bounds)
  }
  useEffect(draw, [shapes])
  return (
    <figure class="compared">
      <Map
        ready={(made) => {
          map.current = made
          draw()
        }}
      />
      <figcaption class="small">{admin.comparedLines}</figcaption>
    </figure>
  )
}

/** A line that was recorded by mistake stops counting; that it was recorded stays. */
function Undo({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  const { admin, review } = useWords()
  return (
    <details>
      <summary>{admin.undoLine}</summary>
      <Act path={`/entries/${receipt.entryId}/retractions`} button={review.retract} onDone={onDone}>
        <p class="small">{review.retractMeans}</p>
        <Field label={review.reason}>
          <textarea name="reason" required dir="auto" />
        </Field>
      </Act>
    </details>
  )
}

function LineForm({
  agreement,
  drawn,
  onDone,
}: {
  agreement: Agreement
  drawn: FeatureCollection
  onDone: () => void
}) {
  const { admin } = useWords()
  const [act, run] = useAct<Receipt>()
  const [shapes, setShapes] = useState<Shapes>({})
  const [wrong, setWrong] = useState<{ inner?: LineTrouble; outer?: LineTrouble }>({})
  const [values, setValues] = useState({ zone: agreement.file.zones![0]!.id, from: '', source: '', by: '' })
  const id = useRef(uuid7())
  const set = (name: keyof typeof values) => (event: Event) =>
    setValues({ ...values, [name]: (event.currentTarget as HTMLInputElement).value })
  const choose = (part: 'inner' | 'outer') => async (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0]
    // What was chosen before goes with it: nothing is recorded that is not in the files named here.
    const { [part]: _, ...rest } = shapes
    const { [part]: __, ...others } = wrong
    const found = file && lineIn(await file.text(), drawn)
    setShapes(typeof found === 'object' ? { ...rest, [part]: found } : rest)
    setWrong(typeof found === 'string' ? { ...others, [part]: found } : others)
  }
  const data = {
    entryId: id.current,
    zone: values.zone,
    from: values.from,
    source: values.source.trim(),
    ...(values.by.trim() && { by: values.by.trim() }),
    ...shapes,
  }
  if (act.kind === 'done')
    return (
      <>
        <Recorded receipt={act.value} onDone={onDone} />
        <Undo receipt={act.value} onDone={onDone} />
      </>
    )
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
        <Field label={admin.parts.inner} hint={admin.geoJsonHint} wrong={wrong.inner && admin.lineTrouble[wrong.inner]}>
          <input type="file" required accept=".geojson,.json" onChange={(event) => void choose('inner')(event)} />
        </Field>
        <Field label={admin.parts.outer} hint={admin.outerHint} wrong={wrong.outer && admin.lineTrouble[wrong.outer]}>
          <input type="file" accept=".geojson,.json" onChange={(event) => void choose('outer')(event)} />
        </Field>
        {(shapes.inner || shapes.outer) && (
          <Compared key={values.zone} zone={values.zone} shapes={shapes} drawn={drawn} />
        )}
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
        <button class="main" disabled={act.kind === 'busy' || !shapes.inner || wrong.outer !== undefined}>
          {admin.recordLine}
        </button>
      </form>
    </>
  )
}
