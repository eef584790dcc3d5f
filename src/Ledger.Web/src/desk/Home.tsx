import type { AgreementHead, StatusAnswer, Verdict } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { dayWords, startOfDay } from '../time/zone'
import { count, fill, number, textOf, useWords } from '../words'

/** Where an auditor arrives: every agreement of this ledger. */
export function Home() {
  const { common } = useWords()
  const agreements = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  return (
    <>
      <h1 tabIndex={-1}>{common.agreements}</h1>
      <p>{common.whatItIs}</p>
      <Wait answer={agreements}>
        {(list) =>
          list.agreements.length === 0 ? (
            <div class="notice">
              <p>{common.noAgreements}</p>
              <p>{common.noAgreementsNext}</p>
            </div>
          ) : (
            list.agreements.map((head) => <Card head={head} />)
          )
        }
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
      <h2>
        <a href={`/a/${head.id}`} lang={title.lang} dir="auto">
          {title.words}
        </a>
      </h2>
      <p class="faint small">
        {fill(common.signed, { day: dayWords(startOfDay(head.signed, head.timeZone), head.timeZone) })} ·{' '}
        {count(head.position, common.entries)} · <code>{head.id}</code>
      </p>
      <Now id={head.id} />
      {others.map(([lang, words]) => (
        <p class="small">
          <bdi lang={lang}>{words}</bdi>
        </p>
      ))}
    </section>
  )
}

const worstFirst: Verdict[] = ['breached', 'pending', 'unknown', 'holding', 'fulfilled']

/** How many provisions stand how today. */
function Now({ id }: { id: string }) {
  const verdicts = valueOf(useAnswer<StatusAnswer>(`/agreements/${encodeURIComponent(id)}/verdicts`))?.verdicts
  if (!verdicts) return null
  const many = worstFirst
    .map((verdict) => [verdict, verdicts.filter((one) => one.verdict === verdict).length] as const)
    .filter(([, n]) => n > 0)
  return (
    <p class="row">
      {many.map(([verdict, n]) => (
        <span>
          {number(n)} <VerdictMark verdict={verdict} />
        </span>
      ))}
    </p>
  )
}
