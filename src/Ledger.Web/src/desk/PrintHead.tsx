import { useEffect, useState } from 'preact/hooks'
import { readCheckpoint, readNote, type Checkpoint } from '../proof/note'
import { rootText } from '../proof/verify'
import { inZoneWords } from '../time/zone'
import { fill, number, textOf, useWords } from '../words'
import type { View } from './view'
import { asked, positionOf } from './question'

/** What a printed page says of itself: what was asked, of which state of the ledger, and which signed root that state had. */
export function PrintHead(view: View) {
  const { agreement } = view
  const { common, desk } = useWords()
  const [checkpoint, setCheckpoint] = useState<Checkpoint>()
  const position = positionOf(view)
  useEffect(() => {
    let current = true
    // Asked for only when somebody prints: a page on a screen does without.
    const load = () =>
      void fetch(`/log/${agreement.id}/checkpoint`)
        .then((answer) => answer.text())
        .then((note) => current && setCheckpoint(readCheckpoint(readNote(note).text)))
        .catch(() => undefined)
    const wanted = matchMedia('print')
    addEventListener('beforeprint', load)
    wanted.addEventListener('change', load)
    load()
    return () => {
      current = false
      removeEventListener('beforeprint', load)
      wanted.removeEventListener('change', load)
    }
  }, [agreement.id, position])
  const title = textOf(agreement.title)
  return (
    <header class="print-only print-head">
      <p>
        <strong lang={title.lang} dir="auto">
          {title.words}
        </strong>{' '}
        · <code>{agreement.id}</code>
      </p>
      <p>
        {desk.printQuestion} <code>{decodeURIComponent(asked(view))}</code>
      </p>
      <p>
        {fill(common.position, { n: number(position) })} · {inZoneWords(agreement.timeZone)}
      </p>
      {checkpoint && (
        <p>
          {fill(desk.printCheckpoint, { n: number(checkpoint.size) })} <code>{rootText(checkpoint.root)}</code>
        </p>
      )}
      <p>
        <code>{location.href}</code>
      </p>
    </header>
  )
}
