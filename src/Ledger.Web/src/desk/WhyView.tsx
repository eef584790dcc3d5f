import { useMe } from '../api/me'
import type { FlipsAnswer, HistoryAnswer, WhoSaysAnswer, WhyAnswer } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { withQuery } from '../parts/router'
import { dayWords, inZoneWords, timeWords } from '../time/zone'
import { count, fill, number, spoken, textOf, useWords } from '../words'
import { formsOf } from '../record/who'
import type { View } from './view'
import { Knowledge } from './Knowledge'
import { QuestionForm } from './QuestionForm'
import { asked, pinOf, positionOf, viewAddress } from './question'
import { StatementList } from './StatementList'
import { conclusionWords } from './verdictWords'
import { Flips, History } from './WhyChanges'
import { Clause, Duty } from './WhyClause'
import { Entries, NearMisses } from './WhyEntries'
import { WhatIf } from './WhatIf'

/** Why a verdict is what it is: clause, reading, deadline, entries, people, near misses; what would change it, and what was said of it before. */
export function WhyView(view: View) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const provision = place.path[3] ?? ''
  const base = `/agreements/${agreement.id}/verdicts/${encodeURIComponent(provision)}`
  const question = asked(view)
  const answer = useAnswer<WhyAnswer>(`${base}/why`, question)
  const flips = useAnswer<FlipsAnswer>(`${base}/flips`, question)
  const history = useAnswer<HistoryAnswer>(`${base}/history`, question)
  const says = useAnswer<WhoSaysAnswer>(`/agreements/${agreement.id}/who-says`, question)
  const zone = agreement.timeZone
  const claims = valueOf(says)?.provisions.find((one) => one.provision === provision)
  return (
    <Wait answer={answer}>
      {(why) => {
        const title = textOf(why.clause.title)
        return (
          <>
            <h1 tabIndex={-1}>
              {why.clause.article && <span class="faint">{fill(desk.article, { n: why.clause.article })} </span>}
              <span lang={title.lang} dir="auto">
                {title.words}
              </span>
            </h1>
            <p>
              <VerdictMark verdict={why.answer.verdict} />{' '}
              <span class="faint">
                · {desk.asOf} {timeWords(why.answer.asOf, zone)} ·{' '}
                {fill(common.position, { n: number(why.answer.position) })} · {inZoneWords(zone)}
              </span>
            </p>
            <QuestionForm {...view} />
            <Knowledge {...view} only={provision} />
            {spoken() !== 'en' && (
              <p class="conclusion">
                <strong>{conclusionWords(agreement, why)}</strong>
              </p>
            )}
            <p class={spoken() === 'en' ? 'conclusion' : 'conclusion faint small'} lang="en" dir="ltr">
              {spoken() === 'en' ? <strong>{why.conclusion}</strong> : why.conclusion}
            </p>
            <div class="columns">
              <div>
                <Clause {...view} why={why} />
                <h2>{desk.decided}</h2>
                {why.entries.length === 0 ? (
                  <p class="faint">{desk.decidedByNone}</p>
                ) : (
                  <Entries {...view} entries={why.entries} />
                )}
                <Violations {...view} why={why} />
                {why.separatedBy.length > 0 && (
                  <>
                    <h2>{desk.separates}</h2>
                    <Entries {...view} entries={why.separatedBy} />
                    {why.answer.bounds.separatedByOmitted && (
                      <p class="faint">{count(why.answer.bounds.separatedByOmitted, desk.moreSeparating)}</p>
                    )}
                  </>
                )}
                <NearMisses {...view} why={why} />
              </div>
              <aside>
                <Duty {...view} why={why} />
                <h2>{desk.whoSays}</h2>
                {claims && claims.statements.length + claims.responses.length > 0 ? (
                  <StatementList {...view} statements={claims.statements} responses={claims.responses} />
                ) : (
                  <p class="faint small">{desk.nobodySays}</p>
                )}
                <RecordLinks {...view} provision={provision} />
                <Flips {...view} answer={flips} />
                <History {...view} answer={history} />
                <p class="small no-print">
                  <a href={withQuery(pinOf(why.pinned))}>{desk.forEver}</a> ·{' '}
                  <a href={why.pinned} target="_blank" rel="noreferrer">
                    {desk.asJson}
                  </a>
                </p>
              </aside>
            </div>
            <WhatIf key={`${provision} ${positionOf(view)}`} {...view} why={why} />
          </>
        )
      }}
    </Wait>
  )
}

/** From a provision to what its reader may record about it. */
function RecordLinks({ agreement, place, provision }: View & { provision: string }) {
  const { record } = useWords()
  const forms = formsOf(useMe(), agreement.file)
  const open = (form: 'statement' | 'power') => {
    const address = viewAddress(agreement.id, 'record', place)
    return `${address}${address.includes('?') ? '&' : '?'}open=${form}&provision=${encodeURIComponent(provision)}`
  }
  return (
    <p class="row small no-print">
      {forms.statement && <a href={open('statement')}>{record.statement}</a>}
      {forms.power && <a href={open('power')}>{record.power}</a>}
    </p>
  )
}

/** More days than these are folded, so that what comes after them is found. */
const MOST_IN_SIGHT = 60

/** Every violation that counts, where there are more than the first and the last, which stand above. */
function Violations({ why, ...view }: View & { why: WhyAnswer }) {
  const { agreement, place } = view
  const { desk } = useWords()
  const all = why.answer.instances.flatMap((instance) => instance.violations ?? [])
  const earlier = why.answer.instances.reduce((sum, instance) => sum + (instance.violationsOmitted ?? 0), 0)
  if (all.length <= why.entries.length) return null
  const links = (
    <>
      {all.map((one, at) => (
        <>
          {at > 0 && ' · '}
          <a class="whole" href={viewAddress(agreement.id, `incident/${one.entry}`, place)}>
            {dayWords(one.at, agreement.timeZone)}
          </a>
        </>
      ))}
      {earlier > 0 && (
        <>
          {' '}
          · {count(earlier, desk.earlierViolations)}{' '}
          <a href={viewAddress(agreement.id, 'charts', place)}>{desk.tabs.charts}</a>
        </>
      )}
    </>
  )
  return all.length <= MOST_IN_SIGHT ? (
    <p class="small">
      {desk.everyViolation}: {links}
    </p>
  ) : (
    <details class="small">
      <summary>
        {desk.everyViolation} ({number(all.length + earlier)})
      </summary>
      <p>{links}</p>
    </details>
  )
}
