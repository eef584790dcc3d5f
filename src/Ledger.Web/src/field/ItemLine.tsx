import type { AgreementFile } from '../api/types'
import { timeWords } from '../time/zone'
import { count, fill, label, number, useWords } from '../words'
import { unsentFiles, type Item, type Sendable } from './outbox/item'

const glyph: Record<Item['state'], string> = { phone: '◔', sending: '↑', received: '✓', attention: '!' }
const tone: Record<Item['state'], string> = { phone: 'open-mark', sending: 'open-mark', received: 'kept-mark', attention: 'broken-mark' }

/** One report of mine, and what became of it. */
export function ItemLine({ item, file }: { item: Item; file: AgreementFile | undefined }) {
  const { field } = useWords()
  const place = (item.body.report.place as { name?: string } | undefined)?.name
  const kind = String(item.body.report.kind)
  return (
    <article class="entry item" data-state={item.state}>
      <div class="spread">
        <h3><a href={`/field/outbox/${item.id}`}>{file ? label(file.codebook.kinds, kind) : kind}{place && <>, <span dir="auto">{place}</span></>}</a></h3>
        <State item={item} />
      </div>
      {file && <p class="small faint">{timeWords(item.finishedAt, file.timeZone)}</p>}
      {unsentFiles(item).length > 0 && <p class="small">{count(unsentFiles(item).length, unsentFiles(item).some(upload => upload.state === 'attention') ? field.photosNeed : field.photosWait)}</p>}
    </article>
  )
}

export function State({ item }: { item: Sendable }) {
  const { field } = useWords()
  const words = field.state[item.state] + (item.receipt ? `, ${fill(field.positionOf, { n: number(item.receipt.position) })}` : item.waitsFor === 'sign-in' ? `: ${field.waitsForSignIn}` : '')
  return <span class={`state ${tone[item.state]}`}><span aria-hidden="true">{glyph[item.state]}</span> {words}</span>
}
