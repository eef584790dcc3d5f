import type { AgreementFile, Occurrence, Quantity } from '../../api/types'
import { quantityWords } from '../../parts/CitedEntry'
import { addDays, occurredWords, startOfDay, zoneName } from '../../time/zone'
import { count, label, number, textOf, useWords } from '../../words'
import type { Json } from '../outbox/canonical'

interface Content {
  kind: string
  occurred: string | Occurrence
  place?: { name?: string; point?: { lat: string; lon: string }; exact?: { lat: string; lon: string }; precision: 'exact' | 'near' | 'district' | 'region' | 'unknown'; radius?: number }
  actors?: { name: string; role: 'by' | 'against' | 'observed' }[]
  subject?: string
  quantities?: Record<string, number | Quantity>
  attributes?: Record<string, string>
  source: { class: string; name?: string; identity?: string; party?: string; reliability?: string; credibility?: number }
  summary?: string
  narrative?: string
  evidence?: string[]
}

/** A report as it will be, or was, filed, in words: and of each part whether everybody will read it or it is sealed. */
export function Said({ report, file }: { report: { [name: string]: Json }; file: AgreementFile | undefined }) {
  const { field, common } = useWords()
  const content = report as unknown as Content
  const zone = file?.timeZone ?? 'UTC'
  const party = (name: string) => textOf(file?.parties.find(party => party.id === name)?.name).words || name
  const { place, source } = content
  return (
    <dl class="facts said">
      <dt>{field.kind}</dt><dd>{file ? label(file.codebook.kinds, content.kind) : content.kind}</dd>
      <dt>{field.when.title}</dt><dd>{occurredWords(occurrence(content.occurred, zone), zone)} <span class="faint small">({zoneName(zone)})</span></dd>
      {place && (
        <>
          <dt>{field.where.title}</dt>
          <dd>
            <span dir="auto">{place.name}</span>{place.name && place.point && ', '}
            {place.point && <span class="mono">{place.point.lat}, {place.point.lon}</span>} <span class="faint small">({common.placePrecision[place.precision]}{place.radius !== undefined && `, ${number(place.radius)} ${field.where.metres}`})</span>
            {place.exact && <div><span class="mono">{place.exact.lat}, {place.exact.lon}</span> <Sealed /></div>}
          </dd>
        </>
      )}
      {content.actors && <><dt>{field.who.title}</dt><dd>{content.actors.map(actor => <div>{common.actorRole[actor.role]} <span dir="auto">{party(actor.name)}</span></div>)}</dd></>}
      {content.subject && <><dt>{field.what.subject}</dt><dd dir="auto">{content.subject}</dd></>}
      {Object.entries(content.quantities ?? {}).map(([name, given]) => <><dt>{label(file?.codebook.quantities, name)}</dt><dd>{typeof given === 'number' ? number(given) : quantityWords(given)}</dd></>)}
      {Object.entries(content.attributes ?? {}).map(([name, value]) => <><dt>{textOf(file?.codebook.attributes?.[name]?.label).words || name}</dt><dd>{label(file?.codebook.attributes?.[name]?.values, value)}</dd></>)}
      <dt>{field.source.title}</dt>
      <dd>
        {common.sourceClass[source.class as keyof typeof common.sourceClass] ?? source.class}
        {source.name && <>: <span dir="auto">{source.name}</span></>}
        {source.identity && <>: <span dir="auto">{source.identity}</span> <Sealed /></>}
        {source.party && <div>{field.source.speaksFor} {party(source.party)}</div>}
        {source.reliability && <div>{source.reliability}: {field.reliability[source.reliability as 'A']}</div>}
        {source.credibility && <div>{number(source.credibility)}: {field.credibility[String(source.credibility) as '1']}</div>}
      </dd>
      {content.summary && <><dt>{field.words.summary}</dt><dd dir="auto">{content.summary}</dd></>}
      {content.narrative && <><dt>{field.words.narrative}</dt><dd><span dir="auto" class="preserved">{content.narrative}</span> <Sealed /></dd></>}
      {content.evidence && <><dt>{field.photos.title}</dt><dd><details><summary>{count(content.evidence.length, field.photos.prints)}</summary>{content.evidence.map(hash => <div><code>{hash}</code></div>)}</details></dd></>}
    </dl>
  )
}

export function Sealed() {
  const { field } = useWords()
  return <span class="tag">{field.sealed}</span>
}

function occurrence(occurred: string | Occurrence, zone: string): Occurrence {
  const at = (text: string) => (text.length === 10 ? new Date(startOfDay(text, zone)).toISOString() : text)
  if (typeof occurred !== 'string') return { ...occurred, from: at(occurred.from), until: at(occurred.until) }
  if (occurred.length > 10) return { from: occurred, until: occurred, precision: 'instant' }
  return { from: at(occurred), until: at(addDays(occurred, 1)), precision: 'day' }
}
