import type { ComponentChildren } from 'preact'
import type { Agreement, ReportContent } from '../api/types'
import { occurredWords } from '../time/zone'
import { called, label, listed, textOf, useWords, words } from '../words'
import { quantityWords } from './CitedEntry'
import { partyName, zoneName } from './names'
import { Differs } from './Unlike'

export type Field = [name: string, value: string]

/** What a report says, field by field, as it is read. */
export function fieldsOf(agreement: Agreement, content: ReportContent): Field[] {
  const { desk, common } = words()
  const { file } = agreement
  const { place, source } = content
  return [
    [desk.field.kind, label(file.codebook.kinds, content.kind)],
    [desk.field.when, occurredWords(content.occurred, agreement.timeZone)],
    [
      desk.field.where,
      listed([
        place?.name,
        place?.zone && zoneName(file, place.zone),
        place && !(place.name && place.precision === 'unknown') && common.placePrecision[place.precision],
        place?.point && coordinates(place.point),
        place?.exact && `${common.placePrecision.exact}: ${coordinates(place.exact)}`,
      ]),
    ],
    ...(['by', 'against', 'observed'] as const).map(
      (role) =>
        [
          common.actorRole[role],
          (content.actors ?? [])
            .filter((actor) => actor.role === role)
            .map((actor) => partyName(file, actor.name))
            .join(common.comma),
        ] as Field,
    ),
    [desk.field.subject, content.subject ?? ''],
    ...Object.entries(content.attributes ?? {}).map(
      ([name, value]) =>
        [
          textOf(file.codebook.attributes?.[name]?.label).words || name,
          label(file.codebook.attributes?.[name]?.values, value),
        ] as Field,
    ),
    ...Object.entries(content.quantities ?? {}).map(
      ([name, quantity]) => [label(file.codebook.quantities, name), quantityWords(quantity)] as Field,
    ),
    [
      desk.field.source,
      listed([
        source.name,
        source.party && partyName(file, source.party),
        called(common.sourceClass, source.class),
        source.reliability && `${source.reliability}${source.credibility ?? ''}`,
      ]),
    ],
    [desk.field.summary, content.summary ?? ''],
    [desk.field.narrative, content.narrative ?? ''],
    [
      desk.field.origin,
      content.origin
        ? [content.origin.dataSet, content.origin.record, content.origin.url].filter(Boolean).join(' · ')
        : '',
    ],
  ]
}

/** Latitude before longitude in every language, and kept so within words that run the other way. */
const coordinates = ({ lat, lon }: { lat: string; lon: string }): string => `\u2066${lat}, ${lon}\u2069`

/** Columns of fields beside each other, a row per thing that any of them says; where they differ is marked. Between two reports, silence contradicts nothing; between two versions of one it does. */
export function Beside({
  columns,
  heads,
  versions = false,
}: {
  columns: Field[][]
  heads: ComponentChildren[]
  versions?: boolean
}) {
  const { review } = useWords()
  const names = [
    ...new Set(columns.flatMap((fields) => fields.filter((field) => field[1] !== '').map((field) => field[0]))),
  ]
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={review.sideBySide}>
      <table class="beside">
        <thead>
          <tr>
            <th scope="col">{review.says}</th>
            {heads.map((head) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const values = columns.map((fields) => fields.find((field) => field[0] === name)?.[1] ?? '')
            const unlike = new Set(values.filter((value) => versions || value !== '')).size > 1
            return (
              <tr class={unlike ? 'differs' : undefined} key={name}>
                <th scope="row">
                  {name}
                  {unlike && <Differs />}
                </th>
                {values.map((value) => (
                  <td dir="auto">{value || <span class="faint">–</span>}</td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
