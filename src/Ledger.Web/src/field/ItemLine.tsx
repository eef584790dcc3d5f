import type { AgreementFile, ReportHead } from '../api/types'
import { timeWords } from '../time/zone'
import { count, fill, label, number, useWords } from '../words'
import { aboutOf, unsentFiles, type Item, type Sendable } from './outbox/item'

const glyph: Record<Item['state'], string> = { phone: '◔', sending: '↑', received: '✓', attention: '!' }
const tone: Record<Item['state'], string> = {
  phone: 'open-mark',
  sending: 'open-mark',
  received: 'kept-mark',
  attention: 'broken-mark',
}

/** What it is, and of which report: "Correction: air strike, Morek". */
export function Title({ item, file }: { item: Item; file: AgreementFile | undefined }) {
  const { common } = useWords()
  const { kind, place } = aboutOf(item)
  const words = kind === undefined ? undefined : file ? label(file.codebook.kinds, kind) : kind
  const type = item.type === 'report_filed' && words !== undefined ? undefined : common.type[item.type]
  return (
    <>
      {type}
      {type && words && ': '}
      {words}
      {place && (
        <>
          {common.comma}
          <span dir="auto">{place}</span>
        </>
      )}
    </>
  )
}

/** Something of mine, and what became of it: on its way, and in the ledger, where that is known. */
export function ItemLine({
  item,
  file,
  standing,
}: {
  item: Item
  file: AgreementFile | undefined
  standing?: ReportHead | undefined
}) {
  const { field } = useWords()
  return (
    <article class="entry item" data-state={item.state}>
      <div class="spread">
        <h3>
          <a href={`/field/outbox/${item.id}`}>
            <Title item={item} file={file} />
          </a>
        </h3>
        <State item={item} />
      </div>
      {file && (
        <p class="small faint">
          {timeWords(item.finishedAt, file.timeZone)}
          {standing && (
            <>
              {' '}
              · <Standing of={standing} />
            </>
          )}
        </p>
      )}
      {unsentFiles(item).length > 0 && (
        <p class="small">
          {count(
            unsentFiles(item).length,
            unsentFiles(item).some((upload) => upload.state === 'attention') ? field.photosNeed : field.photosWait,
          )}
        </p>
      )}
    </article>
  )
}

/** Where a report of mine stands in the ledger, whatever others found. */
export function Standing({ of }: { of: Pick<ReportHead, 'state' | 'level'> }) {
  const { common } = useWords()
  return <span class="tag">{of.state === 'live' ? common.level[of.level] : common.state[of.state]}</span>
}

export function State({ item }: { item: Sendable }) {
  const { field, common } = useWords()
  const words =
    field.state[item.state] +
    (item.receipt
      ? `${common.comma}${fill(field.positionOf, { n: number(item.receipt.position) })}`
      : item.waitsFor === 'sign-in'
        ? `: ${field.waitsForSignIn}`
        : '')
  return (
    <span class={`state ${tone[item.state]}`}>
      <span aria-hidden="true">{glyph[item.state]}</span> {words}
    </span>
  )
}
