import type { Cited, FlipsAnswer, HistoryAnswer, WhoSaysAnswer, WhyAnswer } from '../api/types'
import { CitedEntry } from '../parts/CitedEntry'
import { useAnswer, valueOf } from '../api/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { withQuery } from '../parts/router'
import { dayWords, inZoneWords, timeWords } from '../time/zone'
import { called, count, fill, number, spoken, textOf, useWords } from '../words'
import type { View } from './view'
import { namedIn, partyName, zoneName } from '../parts/names'
import { QuestionForm } from './QuestionForm'
import { asked, entryAddress, pinOf, positionOf, viewAddress } from './question'
import { StatementList } from './StatementList'
import { boundsWords, conclusionWords, standingWords } from './verdictWords'
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
  const address = (cited: Cited) => entryAddress(agreement.id, place, cited)
  const list = (entries: Cited[]) =>
    entries.map((cited) => (
      <CitedEntry key={cited.entry} cited={cited} file={agreement.file} zone={zone} address={address(cited)} />
    ))
  const claims = valueOf(says)?.provisions.find((one) => one.provision === provision)
  return (
    <Wait answer={answer}>
      {(why) => {
        const [title, article, reading] = [
          textOf(why.clause.title),
          textOf(why.clause.words),
          textOf(why.clause.reading),
        ]
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
                {article.words && (
                  <>
                    <h2>{desk.theArticle}</h2>
                    <blockquote lang={article.lang} dir="auto">
                      {article.words}
                    </blockquote>
                  </>
                )}
                {reading.words && (
                  <>
                    <h2>{fill(desk.ourReading, { version: why.clause.version })}</h2>
                    <p lang={reading.lang} dir="auto">
                      {reading.words}
                    </p>
                  </>
                )}
                {why.deadlines.length > 0 && (
                  <>
                    <h2>{desk.deadlineArithmetic}</h2>
                    {why.deadlines.map((deadline) => (
                      <div>
                        {deadline.tooLate && (
                          <p class="small">
                            {deadline.key && <strong>{deadline.key}: </strong>}
                            {fill(desk.deadlineTimes, {
                              starts: timeWords(deadline.starts.utc, zone),
                              late: timeWords(deadline.tooLate.utc, zone),
                            })}
                          </p>
                        )}
                        <p class="small faint" lang="en" dir="ltr">
                          {deadline.arithmetic}
                        </p>
                      </div>
                    ))}
                  </>
                )}
                <h2>{desk.decided}</h2>
                {why.entries.length === 0 ? <p class="faint">{desk.decidedByNone}</p> : list(why.entries)}
                <Violations {...view} why={why} />
                {why.separatedBy.length > 0 && (
                  <>
                    <h2>{desk.separates}</h2>
                    {list(why.separatedBy)}
                  </>
                )}
                <h2>{desk.nearMisses}</h2>
                {why.nearMisses.length === 0 && <p class="faint">{desk.nearMissesNone}</p>}
                {why.nearMisses.map((miss) => (
                  <div class="near-miss" key={miss.entry.entry}>
                    <p class="small">
                      <strong>{called(desk.failed, miss.failed)}</strong>{' '}
                      <em class="faint" lang="en" dir="ltr">
                        {namedIn(agreement.file, miss.words)}
                      </em>
                    </p>
                    {list([miss.entry])}
                  </div>
                ))}
                {why.nearMissesOmitted > 0 && <p class="faint">{count(why.nearMissesOmitted, desk.moreNearMisses)}</p>}
              </div>
              <aside>
                <h2>{desk.duty}</h2>
                <ul>
                  {why.clause.duty.map((party) => (
                    <li dir="auto">{partyName(agreement.file, party)}</li>
                  ))}
                </ul>
                {why.activation && (
                  <p class="small">
                    {fill(desk.activatedBy, { provision: why.activation.provision })}{' '}
                    {why.activation.at ? timeWords(why.activation.at.utc, zone) : desk.notYet}
                  </p>
                )}
                {why.coverage.length > 0 && (
                  <>
                    <h2>{desk.coverage}</h2>
                    <ul class="says">
                      {why.coverage.map((watch) => (
                        <li>
                          <span dir="auto">{watch.by}</span>
                          {common.comma}
                          {dayWords(watch.from, zone)} – {dayWords(watch.until, zone)}
                          {watch.zones.length > 0 && (
                            <> · {watch.zones.map((one) => zoneName(agreement.file, one)).join(common.comma)}</>
                          )}
                        </li>
                      ))}
                    </ul>
                  </>
                )}
                <h2>{desk.whoSays}</h2>
                {claims && claims.statements.length + claims.responses.length > 0 ? (
                  <StatementList {...view} statements={claims.statements} responses={claims.responses} />
                ) : (
                  <p class="faint small">{desk.nobodySays}</p>
                )}
                <h2>{desk.flips}</h2>
                <Wait answer={flips}>
                  {({ sets, complete }) =>
                    sets.length === 0 ? (
                      <p class="faint small">{complete ? desk.flipsNone : desk.flipsIncomplete}</p>
                    ) : (
                      <ul class="says">
                        {sets.map((set) => (
                          <li>
                            {desk.without}{' '}
                            {set.entries.map((entry, at) => (
                              <>
                                {at > 0 && ' + '}
                                <a href={address(entry)}>
                                  {entry.kind
                                    ? textOf(agreement.file.codebook.kinds[entry.kind]).words || entry.kind
                                    : entry.type}
                                  {entry.from && `${common.comma}${dayWords(entry.from.utc, zone)}`}
                                </a>
                                {entry.author && (
                                  <span class="faint" dir="auto">
                                    {' '}
                                    ({entry.author})
                                  </span>
                                )}
                              </>
                            ))}
                            : {standingWords(set.without, zone)}{' '}
                            <a
                              href={
                                viewAddress(agreement.id, `p/${provision}`, place) +
                                (viewAddress(agreement.id, '', place).includes('?') ? '&' : '?') +
                                set.entries.map((entry) => `leave=${entry.entry}`).join('&')
                              }
                            >
                              {desk.tryIt}
                            </a>
                          </li>
                        ))}
                      </ul>
                    )
                  }
                </Wait>
                <h2>{desk.history}</h2>
                <Wait answer={history}>
                  {({ steps }) => (
                    <ol class="says">
                      {steps.map((step) => (
                        <li>
                          <a
                            href={viewAddress(agreement.id, `p/${provision}`, place, {
                              knownAt: String(step.position),
                            })}
                          >
                            {fill(common.position, { n: number(step.position) })}
                          </a>
                          : {standingWords(step.standing, zone)}
                          <span class="faint">
                            {' '}
                            · {boundsWords(step.standing)} · {called(common.type, step.entry.type)}
                            {step.entry.saidAt && (
                              <>
                                {common.comma}
                                {fill(desk.saidOn, { day: dayWords(step.entry.saidAt, zone) })}
                              </>
                            )}
                          </span>
                        </li>
                      ))}
                    </ol>
                  )}
                </Wait>
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
