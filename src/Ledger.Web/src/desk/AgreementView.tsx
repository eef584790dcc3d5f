import { useMemo } from 'preact/hooks'
import type { NextAnswer, StatusAnswer, TimelineAnswer, VerdictAnswer, WhoSaysAnswer } from '../api/types'
import { Strip, type Span } from '../parts/Strip'
import { useAnswer, valueOf } from '../api/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { DAY, dayWords, inZoneWords, isoDay, lastDay, startOfDay, timeWords } from '../time/zone'
import { called, count, fill, label, number, textOf, useWords } from '../words'
import { turns } from './course'
import type { View } from './view'
import { Knowledge } from './Knowledge'
import { QuestionForm } from './QuestionForm'
import { asked, pinOf, viewAddress } from './question'
import { Recent } from './Recent'
import { StatementList } from './StatementList'
import { useTimelines } from './useTimelines'

/** Every provision of the agreement and how it stands, at one point. */
export function AgreementView(view: View) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const question = asked(view)
  const status = useAnswer<StatusAnswer>(`/agreements/${agreement.id}/verdicts`, question)
  const says = useAnswer<WhoSaysAnswer>(`/agreements/${agreement.id}/who-says`, question)
  const next = useAnswer<NextAnswer>(`/agreements/${agreement.id}/next`, question)
  const timelines = useTimelines(agreement, asked(view, { asOf: undefined }))
  const span = useMemo(
    () => spanOf(agreement.signed, agreement.timeZone, Object.values(timelines)),
    [agreement, timelines],
  )
  const days = useMemo(
    () =>
      turns(Object.values(timelines).map((one) => one.intervals))
        .map((at) => isoDay(at, agreement.timeZone))
        .filter((day, at, all) => day >= agreement.signed && day !== all[at - 1]),
    [agreement, timelines],
  )
  const title = textOf(agreement.title)
  const at = valueOf(status)
  return (
    <>
      <h1 tabIndex={-1} lang={title.lang} dir="auto">
        {title.words}
      </h1>
      {at && (
        <p class="faint small">
          {desk.asOf} {timeWords(at.asOf, agreement.timeZone)} · {fill(common.position, { n: number(at.position) })} ·{' '}
          {fill(desk.ourReading, { version: at.reading })} · {inZoneWords(agreement.timeZone)}
        </p>
      )}
      <QuestionForm {...view} />
      <Knowledge {...view} />
      {days.length > 0 && (
        <p class="small no-print">
          {desk.changedDays}:{' '}
          {days.map((day, at) => (
            <>
              {at > 0 && ' · '}
              <a class="whole" href={viewAddress(agreement.id, '', place, { asOf: day })}>
                {dayWords(startOfDay(day, agreement.timeZone), agreement.timeZone)}
              </a>
            </>
          ))}
        </p>
      )}
      <Wait answer={status}>
        {(answer) => (
          <div class="columns">
            <div>
              {answer.verdicts.map((verdict) => (
                <ProvisionCard
                  key={verdict.provision}
                  {...view}
                  verdict={verdict}
                  timeline={timelines[verdict.provision]}
                  span={span}
                  claims={valueOf(says)?.provisions.find((one) => one.provision === verdict.provision)}
                />
              ))}
            </div>
            <aside>
              <h2>{desk.ahead}</h2>
              <Ahead {...view} next={valueOf(next)} />
              <h2>{desk.recent}</h2>
              <Recent {...view} />
              {answer.pinned && (
                <p class="small no-print">
                  <a href={viewAddress(agreement.id, '', place, pinOf(answer.pinned))}>{desk.forEver}</a> ·{' '}
                  <a href={answer.pinned} target="_blank" rel="noreferrer">
                    {desk.asJson}
                  </a>
                </p>
              )}
            </aside>
          </div>
        )}
      </Wait>
    </>
  )
}

interface CardProps extends View {
  verdict: VerdictAnswer
  timeline: TimelineAnswer | undefined
  span: Span
  claims: WhoSaysAnswer['provisions'][number] | undefined
}

function ProvisionCard({ verdict, timeline, span, claims, ...view }: CardProps) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const provision = agreement.file.provisions.find((one) => one.id === verdict.provision)
  const [title, article] = [textOf(verdict.title), textOf(provision?.words)]
  const zone = agreement.timeZone
  const address = viewAddress(agreement.id, `p/${verdict.provision}`, place)
  return (
    <section class="card provision" id={verdict.provision}>
      <div class="spread">
        <h3>
          {verdict.article && <span class="faint">{fill(desk.article, { n: verdict.article })} </span>}
          <a href={address} lang={title.lang} dir="auto">
            {title.words}
          </a>
        </h3>
        <VerdictMark verdict={verdict.verdict} />
      </div>
      {article.words && (
        <p class="small faint" lang={article.lang} dir="auto">
          “{article.words}”
        </p>
      )}
      {timeline && (
        <Strip
          intervals={timeline.intervals}
          span={span}
          at={Date.parse(verdict.asOf)}
          zone={zone}
          name={title.words}
        />
      )}
      <p class="small">
        {called(common.reason, verdict.reason)}
        {verdict.since && (
          <>
            {common.comma}
            {fill(desk.since, { day: dayWords(verdict.since, zone) })}
          </>
        )}
        {verdict.deadline && <> · {fill(desk.deadline, { day: lastDay(verdict.deadline, zone) })}</>}
        {verdict.counts && <> · {count(verdict.counts.violations, desk.violations)}</>}
        {verdict.life !== 'in-force' && <> · {called(common.life, verdict.life)}</>}
        {' · '}
        {verdict.bounds.settled ? (
          <span class="faint">{desk.settled}</span>
        ) : (
          <strong>
            {fill(desk.contested, {
              best: common.verdict[verdict.bounds.best],
              worst: common.verdict[verdict.bounds.worst],
            })}
          </strong>
        )}
        <span class="no-print">
          {' · '}
          <a href={address}>{desk.why}</a>
        </span>
      </p>
      {verdict.progress && (
        <p class="small">
          {fill(desk.progress, {
            reached: number(verdict.progress.reached),
            atLeast: number(verdict.progress.atLeast),
            quantity: label(agreement.file.codebook.quantities, verdict.progress.quantity),
          })}{' '}
          <progress
            value={verdict.progress.reached}
            max={verdict.progress.atLeast}
            aria-label={label(agreement.file.codebook.quantities, verdict.progress.quantity)}
          />
        </p>
      )}
      {claims && (
        <StatementList {...view} statements={claims.statements.slice(0, 3)} responses={claims.responses.slice(0, 2)} />
      )}
    </section>
  )
}

function Ahead({ agreement, place, next }: View & { next: NextAnswer | undefined }) {
  const { desk } = useWords()
  if (!next) return null
  if (next.ahead.length === 0) return <p class="faint small">{desk.aheadNone}</p>
  return (
    <ul class="says">
      {next.ahead.slice(0, 8).map((ahead) => {
        const title = textOf(ahead.title)
        // A deadline is met while its last day lasts; anything else begins with the day that is named.
        const day =
          ahead.coming === 'deadline' || ahead.coming === 'overdue'
            ? lastDay(ahead.when.utc, agreement.timeZone)
            : dayWords(ahead.when.utc, agreement.timeZone)
        return (
          <li>
            <strong>{day}</strong>: {desk.coming[ahead.coming]} ·{' '}
            <a href={viewAddress(agreement.id, `p/${ahead.provision}`, place)} lang={title.lang} dir="auto">
              {title.words}
            </a>
            {ahead.key && <> · {ahead.key}</>}
          </li>
        )
      })}
    </ul>
  )
}

/** From the signature to a month after the last change, at least a quarter of a year. */
export function spanOf(signed: string, zone: string, timelines: TimelineAnswer[]): Span {
  const from = startOfDay(signed, zone)
  const last = Math.max(
    from + 60 * DAY,
    ...timelines.flatMap((timeline) =>
      timeline.intervals.flatMap((interval) => (interval.from ? [Date.parse(interval.from)] : [])),
    ),
  )
  return { from, until: last + 30 * DAY }
}
