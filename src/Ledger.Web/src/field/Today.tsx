import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Agreement, ReportHead } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { go } from '../parts/router'
import { inZoneWords, timeWords } from '../time/zone'
import { count, label, textOf, useWords } from '../words'
import { Connection } from './Connection'
import { ItemLine } from './ItemLine'
import { uuid7 } from '../api/uuid'
import { aboutOf, reportIdOf } from './outbox/item'
import { drafts, items, saveDraft } from './outbox/store'
import { keepForLater } from './offline'
import { emptyDraft } from './draft/draft'
import { SentBack } from './SentBack'
import { Trouble, troubleOf } from './outbox/Trouble'
import { useKept } from './outbox/useKept'
import type { Zones } from './report/zones'

const BIG = 6

/** Where a monitor begins: what happened? And what became of what I said before. */
export function Today({ agreement, chooser }: { agreement: Agreement; chooser: ComponentChildren }) {
  const { field, common } = useWords()
  const [ready, setReady] = useState(false)
  const [more, setMore] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const path = `/agreements/${encodeURIComponent(agreement.id)}`
  const reports = valueOf(useAnswer<{ reports: ReportHead[] }>(`${path}/reports`, 'limit=1000'))?.reports ?? []
  const zones = valueOf(useAnswer<Zones>(`${path}/zones`))
  const mine = (useKept(items, []) ?? []).filter((item) => item.agreement === agreement.id)
  const open = (useKept(drafts, []) ?? []).filter((draft) => draft.agreement === agreement.id)
  // What the form will need without a network is fetched while there is one.
  useEffect(() => (zones ? keepForLater(agreement.id, zones, () => setReady(true)) : undefined), [agreement.id, zones])
  const kinds = byUse(agreement, [
    ...reports.map((report) => report.content.kind),
    ...mine.flatMap((item) => aboutOf(item).kind ?? []),
  ])
  const begin = async (kind: string) => {
    const draft = emptyDraft(uuid7(), agreement.id, kind)
    try {
      await saveDraft(draft)
      go(`/field/report/${draft.id}`)
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
  }
  return (
    <>
      <div class="spread">
        <h1 tabIndex={-1}>{field.whatHappened}</h1>
        {chooser || (
          <span class="faint small" lang={textOf(agreement.title).lang}>
            {textOf(agreement.title).words}
          </span>
        )}
      </div>
      <Connection>{ready && <span class="faint"> · {field.readyAlone}</span>}</Connection>
      <SentBack agreement={agreement} />
      <Trouble said={trouble} />
      <div class="kinds">
        {kinds.slice(0, more ? undefined : BIG).map((kind) => (
          <button type="button" class="kind" onClick={() => void begin(kind)}>
            {label(agreement.file.codebook.kinds, kind)}
          </button>
        ))}
      </div>
      {kinds.length > BIG && (
        <p>
          <button type="button" class="plain" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? field.fewerKinds : count(kinds.length - BIG, field.moreKinds)}
          </button>
        </p>
      )}
      {open.length > 0 && (
        <section>
          <h2>{field.drafts}</h2>
          {open.map((draft) => (
            <p class="line">
              <a href={`/field/report/${draft.id}`}>
                {draft.corrects && `${common.type.report_corrected}: `}
                {label(agreement.file.codebook.kinds, draft.kind)}
                {draft.where.name && (
                  <>
                    {common.comma}
                    <span dir="auto">{draft.where.name}</span>
                  </>
                )}
              </a>{' '}
              <span class="faint small">
                {field.changedAt.replace('{time}', timeWords(draft.changedAt, agreement.timeZone))}
              </span>
            </p>
          ))}
        </section>
      )}
      <section>
        <h2>{field.lastReports}</h2>
        {mine.length > 0 && <p class="small faint">{inZoneWords(agreement.timeZone)}</p>}
        {mine.length === 0 ? (
          <p class="faint">{field.noReports}</p>
        ) : (
          mine
            .slice(0, 5)
            .map((item) => (
              <ItemLine
                key={item.id}
                item={item}
                file={agreement.file}
                standing={
                  item.type === 'report_filed'
                    ? reports.find((report) => report.report === reportIdOf(item))
                    : undefined
                }
              />
            ))
        )}
        {mine.length > 5 && (
          <p>
            <a href="/field/outbox">{common.all}</a>
          </p>
        )}
      </section>
    </>
  )
}

/** The kinds of the codebook, the most used first and otherwise in its order. */
function byUse(agreement: Agreement, used: readonly string[]): string[] {
  const times = new Map<string, number>()
  for (const kind of used) times.set(kind, (times.get(kind) ?? 0) + 1)
  return Object.keys(agreement.file.codebook.kinds).sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
}
