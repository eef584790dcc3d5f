import type { AgreementHead } from '../api/types'
import { useAnswer } from '../parts/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords, startOfDay } from '../time/zone'
import { count, fill, textOf, useWords } from '../words'

/** Where an auditor arrives: every agreement of this ledger. */
export function Home() {
  const { common } = useWords()
  const agreements = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  return (
    <>
      <h1 tabIndex={-1}>{common.agreements}</h1>
      <Wait answer={agreements}>
        {list => list.agreements.length === 0
          ? <div class="notice"><p>{common.noAgreements}</p><p>{common.noAgreementsNext}</p></div>
          : list.agreements.map(head => <Card head={head} />)}
      </Wait>
    </>
  )
}

function Card({ head }: { head: AgreementHead }) {
  const { common } = useWords()
  const title = textOf(head.title)
  const others = Object.entries(head.title).filter(([lang]) => lang !== title.lang)
  return (
    <section class="card">
      <h2><a href={`/a/${head.id}`} lang={title.lang} dir="auto">{title.words}</a></h2>
      <p class="faint small">{fill(common.signed, { day: dayWords(startOfDay(head.signed, head.timeZone), head.timeZone) })} · {count(head.position, common.entries)} · <code>{head.id}</code></p>
      {others.map(([lang, words]) => <p class="small"><bdi lang={lang}>{words}</bdi></p>)}
    </section>
  )
}
