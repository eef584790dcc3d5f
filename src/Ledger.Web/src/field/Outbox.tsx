import { useState } from 'preact/hooks'
import type { Agreement } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { inZoneWords } from '../time/zone'
import { count, fill, number, useWords } from '../words'
import { Connection } from './Connection'
import { ItemLine } from './ItemLine'
import { agreementIn, download, outboxFiles, takeIn } from './outbox/file'
import { unsentFiles, waits, type Item } from './outbox/item'
import { sendAll } from './outbox/send'
import { items } from './outbox/store'
import { SentBack } from './SentBack'
import { Trouble, troubleOf } from './outbox/Trouble'
import { useKept } from './outbox/useKept'

const order: readonly Item['state'][] = ['attention', 'sending', 'phone', 'received']

/** Everything finished on this phone, and where it is. */
export function Outbox({ agreement }: { agreement: string | undefined }) {
  const { field, common } = useWords()
  const all = useKept(items, [])
  const [said, setSaid] = useState<string>()
  const [trouble, setTrouble] = useState<string>()
  const whole = valueOf(useAnswer<Agreement>(agreement && `/agreements/${encodeURIComponent(agreement)}`))
  const file = whole?.file
  const save = async () => {
    for (const { name, content } of await outboxFiles()) download(name, content, 'application/jsonl')
  }
  const bring = async (input: HTMLInputElement) => {
    const chosen = input.files?.[0]
    const into = chosen && (agreementIn(chosen.name) ?? agreement)
    if (!chosen || into === undefined) return
    try {
      const { taken, here, unread } = await takeIn(await chosen.text(), into)
      setSaid(
        [
          count(taken, field.outbox.taken),
          here > 0 && count(here, field.outbox.alreadyHere),
          unread.length > 0 && fill(field.outbox.unread, { lines: unread.map(number).join(common.comma) }),
        ]
          .filter(Boolean)
          .join(' '),
      )
      void sendAll('once').catch(() => undefined)
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
    input.value = ''
  }
  const unsent = all?.filter((item) => item.state !== 'received') ?? []
  return (
    <>
      <h1 tabIndex={-1}>{field.tabs.outbox}</h1>
      {whole && <p class="small faint">{inZoneWords(whole.timeZone)}</p>}
      <Connection />
      {whole && <SentBack agreement={whole} />}
      <Trouble said={trouble} />
      <div aria-live="polite">{said && <p class="notice">{said}</p>}</div>
      {all?.length === 0 && (
        <p>
          {field.outbox.empty} <a href="/field">{field.outbox.emptyNext}</a>
        </p>
      )}
      {all &&
        order
          .filter((state) => all.some((item) => item.state === state))
          .map((state) => (
            <section key={state}>
              <h2>{field.state[state]}</h2>
              <p class="small faint">{field.stateMeans[state]}</p>
              {all
                .filter((item) => item.state === state)
                .map((item) => (
                  <ItemLine key={item.id} item={item} file={file} />
                ))}
            </section>
          ))}
      <section class="no-print">
        <h2>{field.outbox.file}</h2>
        <p class="small faint">{field.outbox.fileMeans}</p>
        <p class="row">
          {all?.some((item) => waits(item) || unsentFiles(item).some(waits)) && (
            <button
              type="button"
              class="main"
              onClick={() => void sendAll('once').catch((fault) => setTrouble(troubleOf(fault)))}
            >
              {field.outbox.sendNow}
            </button>
          )}
          {unsent.length > 0 && (
            <button type="button" onClick={() => void save()}>
              {count(unsent.length, field.outbox.save)}
            </button>
          )}
          <label class="button">
            {field.outbox.bring}
            <input
              class="visually-hidden"
              type="file"
              accept=".jsonl,application/jsonl,text/plain"
              onChange={(event) => void bring(event.currentTarget)}
            />
          </label>
        </p>
      </section>
    </>
  )
}
