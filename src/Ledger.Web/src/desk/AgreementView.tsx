import { useMemo } from 'preact/hooks'
import type { StatusAnswer, TimelineAnswer, VerdictAnswer } from '../api/types'
import { Strip, type Span } from '../parts/Strip'
import { useAnswer, valueOf } from '../parts/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { Wait } from '../parts/Wait'
import { DAY, dayWords, inZoneWords, isoDay, lastDay, startOfDay, timeWords } from '../time/zone'
import { count, fill, label, textOf, useWords } from '../words'
import type { View } from './Desk'
import { QuestionForm } from './QuestionForm'
import { questionOf, viewAddress } from './question'
import { useTimelines } from './useTimelines'

/** Every provision of the agreement and how it stands, at one point. */
export function AgreementView({ agreement, place }: View) {
  const { desk, common } = useWords()
  const question = questionOf(place).toString()
  const status = useAnswer<StatusAnswer>(`/agreements/${agreement.id}/verdicts`, question)
  const timelines = useTimelines(agreement, questionOf(place, { asOf: undefined }).toString())
  const span = useMemo(() => spanOf(agreement.signed, agreement.timeZone, Object.values(timelines)), [agreement, timelines])
  const days = useMemo(() => changedDays(agreement.signed, agreement.timeZone, Object.values(timelines)), [agreement, timelines])
  const title = textOf(agreement.title)
  const at = valueOf(status)
  return (
    <>
      <h1 tabIndex={-1} lang={title.lang} dir="auto">{title.words}</h1>
      {at && (
        <p class="faint small">
          {desk.asOf} {timeWords(at.asOf, agreement.timeZone)} · {fill(common.position, { n: at.position })} · {fill(desk.ourReading, { version: at.reading })} · {inZoneWords(agreement.timeZone)}
        </p>
      )}
      <QuestionForm agreement={agreement} place={place} />
      {days.length > 0 && (
        <p class="small no-print">
          {desk.changedDays}: {days.map(day => <><a href={viewAddress(agreement.id, '', place, { asOf: day })}>{dayWords(startOfDay(day, agreement.timeZone), agreement.timeZone)}</a>{' '}</>)}
        </p>
      )}
      <Wait answer={status}>
        {answer => (
          <>
            {answer.verdicts.map(verdict => <ProvisionCard verdict={verdict} timeline={timelines[verdict.provision]} span={span} agreement={agreement} place={place} />)}
            {answer.pinned && (
              <p class="small faint">
                <a href={viewAddress(agreement.id, '', place, pinOf(answer.pinned))}>{desk.forEver}</a> · <a href={answer.pinned} target="_blank" rel="noreferrer">{desk.asJson}</a>
              </p>
            )}
          </>
        )}
      </Wait>
    </>
  )
}

function ProvisionCard({ verdict, timeline, span, agreement, place }: View & { verdict: VerdictAnswer; timeline: TimelineAnswer | undefined; span: Span }) {
  const { desk, common } = useWords()
  const title = textOf(verdict.title)
  const zone = agreement.timeZone
  const address = viewAddress(agreement.id, `p/${verdict.provision}`, place)
  return (
    <section class="card provision" id={verdict.provision}>
      <div class="spread">
        <h3>
          {verdict.article && <span class="faint">{fill(desk.article, { n: verdict.article })}{' '}</span>}
          <a href={address} lang={title.lang} dir="auto">{title.words}</a>
        </h3>
        <VerdictMark verdict={verdict.verdict} />
      </div>
      {timeline && <Strip intervals={timeline.intervals} span={span} at={Date.parse(verdict.asOf)} zone={zone} name={title.words} />}
      <p class="small">
        {common.reason[verdict.reason as keyof typeof common.reason] ?? verdict.reason}
        {verdict.since && <>, {fill(desk.since, { day: dayWords(verdict.since, zone) })}</>}
        {verdict.deadline && <> · {fill(desk.deadline, { day: lastDay(verdict.deadline, zone) })}</>}
        {verdict.counts && <> · {count(verdict.counts.violations, desk.violations)}</>}
        {verdict.progress && <> · {fill(desk.progress, { reached: verdict.progress.reached, atLeast: verdict.progress.atLeast, quantity: label(agreement.file.codebook.quantities, verdict.progress.quantity) })}</>}
        {verdict.life !== 'in-force' && <> · {common.life[verdict.life as keyof typeof common.life]}</>}
        {' · '}
        {verdict.bounds.settled
          ? <span class="faint">{desk.settled}</span>
          : <strong>{fill(desk.contested, { best: common.verdict[verdict.bounds.best], worst: common.verdict[verdict.bounds.worst] })}</strong>}
        {' · '}<a href={address}>{desk.why}</a>
      </p>
    </section>
  )
}

/** From the signature to a month after the last change, at least a quarter of a year. */
export function spanOf(signed: string, zone: string, timelines: TimelineAnswer[]): Span {
  const from = startOfDay(signed, zone)
  const last = Math.max(from + 60 * DAY, ...timelines.flatMap(timeline => timeline.intervals.flatMap(interval => (interval.from ? [Date.parse(interval.from)] : []))))
  return { from, until: last + 30 * DAY }
}

export function changedDays(signed: string, zone: string, timelines: TimelineAnswer[]): string[] {
  const days = timelines.flatMap(timeline => timeline.intervals.flatMap(interval => (interval.from ? [isoDay(interval.from, zone)] : [])))
  return [...new Set(days)].filter(day => day >= signed).sort()
}

/** The pinned question of an answer, as this app's addresses spell it. */
export function pinOf(pinned: string): Partial<Record<'asOf' | 'knownAt' | 'saidBy', string>> {
  const query = new URL(pinned, location.origin).searchParams
  return Object.fromEntries((['asOf', 'knownAt', 'saidBy'] as const).flatMap(name => (query.get(name) ? [[name, query.get(name)!]] : [])))
}

