import { Fragment, type ComponentChildren } from 'preact'
import type { AgreementFile, Occurrence, Quantity } from '../../api/types'
import { quantityWords } from '../../parts/CitedEntry'
import { Differs } from '../../parts/Unlike'
import { addDays, occurredWords, startOfDay, zoneName } from '../../time/zone'
import { called, count, label, number, textOf, useWords, words } from '../../words'
import type { Json } from '../../proof/canonical'

interface Content {
  kind: string
  occurred: string | Occurrence
  place?: {
    name?: string
    point?: { lat: string; lon: string }
    exact?: { lat: string; lon: string }
    precision: 'exact' | 'near' | 'district' | 'region' | 'unknown'
    radius?: number
  }
  actors?: { name: string; role: 'by' | 'against' | 'observed' }[]
  subject?: string
  quantities?: Record<string, number | Quantity>
  attributes?: Record<string, string>
  source: {
    class: string
    name?: string
    identity?: string
    party?: string
    reliability?: string
    credibility?: number
  }
  summary?: string
  narrative?: string
  evidence?: string[]
}

/** A line of what a report says. Two lines of one name say the same where `same` is equal. */
interface Line {
  name: string
  shown: ComponentChildren
  same: unknown
}

/** A report as it will be, or was, filed, in words: and of each part whether everybody will read it or it is sealed. Beside what it said before, what differs is marked. */
export function Said({
  report,
  before,
  file,
}: {
  report: { [name: string]: Json }
  before?: { [name: string]: Json } | undefined
  file: AgreementFile | undefined
}) {
  const { field } = useWords()
  const [now, was] = [linesOf(report, file), before && linesOf(before, file)]
  const gone = was?.filter((line) => !now.some((other) => other.name === line.name)) ?? []
  return (
    <dl class="facts said">
      {now.map((line) => {
        const earlier = was?.find((other) => other.name === line.name)
        const differs = was !== undefined && !sameLine(earlier, line)
        return (
          <Fragment key={line.name}>
            <dt class={differs ? 'differs' : undefined}>
              {line.name}
              {differs && <Differs />}
            </dt>
            <dd>
              {line.shown}
              {differs && (
                <div class="small faint">
                  {field.correct.said} {earlier ? <del>{earlier.shown}</del> : field.correct.nothing}
                </div>
              )}
            </dd>
          </Fragment>
        )
      })}
      {gone.map((line) => (
        <Fragment key={line.name}>
          <dt class="differs">
            {line.name}
            <Differs />
          </dt>
          <dd>
            {field.correct.nothing}
            <div class="small faint">
              {field.correct.said} <del>{line.shown}</del>
            </div>
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

/** Whether two versions of a report say anything different. */
export function differ(
  before: { [name: string]: Json },
  after: { [name: string]: Json },
  file: AgreementFile,
): boolean {
  const [was, now] = [linesOf(before, file), linesOf(after, file)]
  return (
    was.length !== now.length ||
    now.some(
      (line) =>
        !sameLine(
          was.find((other) => other.name === line.name),
          line,
        ),
    )
  )
}

const sameLine = (one: Line | undefined, other: Line) =>
  one !== undefined && JSON.stringify(one.same) === JSON.stringify(other.same)

function linesOf(report: { [name: string]: Json }, file: AgreementFile | undefined): Line[] {
  const { field, common } = words()
  const content = report as unknown as Content
  const zone = file?.timeZone ?? 'UTC'
  const party = (name: string) => textOf(file?.parties.find((party) => party.id === name)?.name).words || name
  const { place, source } = content
  const when = occurrence(content.occurred, zone)
  const lines: Line[] = []
  const line = (name: string, same: unknown, shown: ComponentChildren = same as string) =>
    lines.push({ name, shown, same })
  line(field.kind, content.kind, file ? label(file.codebook.kinds, content.kind) : content.kind)
  line(
    field.when.title,
    [Date.parse(when.from), Date.parse(when.until), when.precision],
    <>
      {occurredWords(when, zone)} <span class="faint small">({zoneName(zone)})</span>
    </>,
  )
  if (place)
    line(
      field.where.title,
      [
        place.name,
        place.point?.lat,
        place.point?.lon,
        place.precision,
        place.radius,
        place.exact?.lat,
        place.exact?.lon,
      ],
      <>
        <span dir="auto">{place.name}</span>
        {place.name && place.point && common.comma}
        {place.point && (
          <span class="mono">
            {place.point.lat}, {place.point.lon}
          </span>
        )}{' '}
        <span class="faint small">
          ({common.placePrecision[place.precision]}
          {place.radius !== undefined && `${common.comma}${number(place.radius)} ${field.where.metres}`})
        </span>
        {place.exact && (
          <div>
            <span class="mono">
              {place.exact.lat}, {place.exact.lon}
            </span>{' '}
            <Sealed />
          </div>
        )}
      </>,
    )
  if (content.actors?.length)
    line(
      field.who.title,
      content.actors.map(({ name, role }) => [name, role]),
      content.actors.map((actor) => (
        <div>
          {common.actorRole[actor.role]} <span dir="auto">{party(actor.name)}</span>
        </div>
      )),
    )
  if (content.subject) line(field.what.subject, content.subject, <span dir="auto">{content.subject}</span>)
  for (const [name, given] of Object.entries(content.quantities ?? {}))
    line(label(file?.codebook.quantities, name), boundsOf(given), quantityWords(boundsOf(given)))
  for (const [name, value] of Object.entries(content.attributes ?? {}))
    line(
      textOf(file?.codebook.attributes?.[name]?.label).words || name,
      value,
      label(file?.codebook.attributes?.[name]?.values, value),
    )
  line(
    field.source.title,
    [source.class, source.name, source.identity, source.party, source.reliability, source.credibility],
    <>
      {called(common.sourceClass, source.class)}
      {source.name && (
        <>
          : <span dir="auto">{source.name}</span>
        </>
      )}
      {source.identity && (
        <>
          : <span dir="auto">{source.identity}</span> <Sealed />
        </>
      )}
      {source.party && (
        <div>
          {field.source.speaksFor} {party(source.party)}
        </div>
      )}
      {source.reliability && (
        <div>
          {source.reliability}: {field.reliability[source.reliability as 'A']}
        </div>
      )}
      {source.credibility && (
        <div>
          {number(source.credibility)}: {field.credibility[String(source.credibility) as '1']}
        </div>
      )}
    </>,
  )
  if (content.summary) line(field.words.summary, content.summary, <span dir="auto">{content.summary}</span>)
  if (content.narrative)
    line(
      field.words.narrative,
      content.narrative,
      <>
        <span dir="auto" class="preserved">
          {content.narrative}
        </span>{' '}
        <Sealed />
      </>,
    )
  if (content.evidence?.length)
    line(
      field.photos.title,
      content.evidence,
      <details>
        <summary>{count(content.evidence.length, field.photos.prints)}</summary>
        {content.evidence.map((hash) => (
          <div>
            <code>{hash}</code>
          </div>
        ))}
      </details>,
    )
  return lines
}

/** One figure is its own bounds. */
function boundsOf(given: number | Quantity): Quantity {
  const { low, best, high } = typeof given === 'number' ? { best: given, low: given, high: given } : given
  return { ...(low !== undefined && { low }), ...(best !== undefined && { best }), ...(high !== undefined && { high }) }
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
