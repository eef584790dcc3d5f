import type { Cited, WhyAnswer } from '../api/types'
import { CitedEntry } from '../parts/CitedEntry'
import { useAnswer } from '../parts/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { inZoneWords } from '../time/zone'
import { count, fill, textOf, useWords } from '../words'
import type { View } from './Desk'
import { QuestionForm } from './QuestionForm'
import { questionOf, viewAddress } from './question'

/** Why a verdict is what it is: clause, reading, deadline, entries, people, near misses. */
export function WhyView({ agreement, place }: View) {
  const { desk } = useWords()
  const provision = place.path[3] ?? ''
  const answer = useAnswer<WhyAnswer>(`/agreements/${agreement.id}/verdicts/${encodeURIComponent(provision)}/why`, questionOf(place).toString())
  const name = (party: string) => textOf(agreement.file.parties.find(one => one.id === party)?.name).words || party
  const entryAddress = (cited: Cited) => viewAddress(agreement.id, cited.type === 'report_filed' ? `incident/${cited.entry}` : `ledger/${cited.position ?? ''}`, place)
  const list = (entries: Cited[]) => entries.map(cited => <CitedEntry cited={cited} file={agreement.file} zone={agreement.timeZone} address={entryAddress(cited)} />)
  return (
    <Wait answer={answer}>
      {why => {
        const [title, article, reading] = [textOf(why.clause.title), textOf(why.clause.words), textOf(why.clause.reading)]
        return (
          <>
            <h1 tabIndex={-1}>
              {why.clause.article && <span class="faint">{fill(desk.article, { n: why.clause.article })}{' '}</span>}
              <span lang={title.lang} dir="auto">{title.words}</span>
            </h1>
            <p><VerdictMark verdict={why.answer.verdict} /> <span class="faint">· {inZoneWords(agreement.timeZone)}</span></p>
            <QuestionForm agreement={agreement} place={place} />
            <p lang="en" dir="ltr"><strong>{why.conclusion}</strong></p>
            <div class="columns">
              <div>
                {article.words && <><h2>{desk.theArticle}</h2><blockquote lang={article.lang} dir="auto">{article.words}</blockquote></>}
                {reading.words && <><h2>{fill(desk.ourReading, { version: why.clause.version })}</h2><p lang={reading.lang} dir="auto">{reading.words}</p></>}
                <h2>{desk.decided}</h2>
                {why.entries.length === 0 ? <p class="faint">{desk.decidedByNone}</p> : list(why.entries)}
                {why.separatedBy.length > 0 && <><h2>{desk.separates}</h2>{list(why.separatedBy)}</>}
                {why.nearMisses.length > 0 && (
                  <>
                    <h2>{desk.nearMisses}</h2>
                    {why.nearMisses.map(miss => <div><p lang="en" dir="ltr"><em>{miss.words}</em></p>{list([miss.entry])}</div>)}
                    {why.nearMissesOmitted > 0 && <p class="faint">{count(why.nearMissesOmitted, desk.moreNearMisses)}</p>}
                  </>
                )}
              </div>
              <aside>
                <h2>{desk.duty}</h2>
                <ul>{why.clause.duty.map(party => <li dir="auto">{name(party)}</li>)}</ul>
                {why.deadlines.length > 0 && <><h2>{desk.deadlineArithmetic}</h2>{why.deadlines.map(deadline => <p class="small" lang="en" dir="ltr">{deadline.key && <strong>{deadline.key}: </strong>}{deadline.arithmetic}</p>)}</>}
                <p class="small"><a href={why.pinned} target="_blank" rel="noreferrer">{desk.asJson}</a></p>
              </aside>
            </div>
          </>
        )
      }}
    </Wait>
  )
}
