import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Agreement, Entry, ReportHead, ReportQuestion, WaitingProposal } from '../api/types'
import { Asked } from '../parts/Asked'
import { Tabs } from '../parts/Tabs'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { withQuery, type Place } from '../parts/router'
import { inZoneWords } from '../time/zone'
import { count, fill, textOf, useWords } from '../words'
import { ProposalLine, ReportLine, ResponseLine } from './InboxLines'
import { sortOut, type Pair } from './inbox'
import { useReports } from './useReports'

const FIRST = 50

/** What waits for a reviewer: to assess, possible duplicates, conflicts, late arrivals, parties' responses. */
export function InboxView({ agreement, place }: { agreement: Agreement; place: Place }) {
  const { review, common } = useWords()
  const reports = useReports(agreement)
  const inbox = useMemo(() => sortOut(reports.list), [reports.list])
  const responses = useAnswer<{ entries: Entry[] }>(
    `/agreements/${agreement.id}/entries`,
    'type=party_responded&limit=100',
  )
  const proposals = useAnswer<{ proposals: WaitingProposal[] }>(`/agreements/${agreement.id}/proposed-assessments`)
  const questions = useAnswer<{ questions: ReportQuestion[] }>(`/agreements/${agreement.id}/questions`)
  const rooms = {
    assess: { name: review.toAssess, size: inbox.toAssess.length },
    second: { name: review.second, size: proposals.state === 'here' ? proposals.value.proposals.length : undefined },
    back: { name: review.sentBack, size: valueOf(questions)?.questions.length },
    duplicates: { name: review.duplicates, size: inbox.duplicates.length },
    conflicts: { name: review.conflicts, size: inbox.conflicts.length },
    late: { name: review.late, size: inbox.late.length },
    responses: {
      name: review.responses,
      size: responses.state === 'here' ? responses.value.entries.length : undefined,
    },
  }
  const room = place.query.get('show') ?? 'assess'
  const title = textOf(agreement.title)
  // The address of a report keeps the room, so that the way back leads into it.
  const address = (report: string, beside?: string) => {
    const query = new URLSearchParams([
      ...(beside ? [['with', beside]] : []),
      ...(room === 'assess' ? [] : [['show', room]]),
    ]).toString()
    return `/review/${agreement.id}/${report}${query && `?${query}`}`
  }
  const line = (report: ReportHead) => (
    <ReportLine report={report} agreement={agreement} address={address(report.report)} />
  )
  const pair = ({ first, second }: Pair) => (
    <section class="card">
      {line(first)}
      {line(second)}
      <p>
        <a class="button" href={address(first.report, second.report)}>
          {review.sideBySide}
        </a>
      </p>
    </section>
  )
  return (
    <>
      <h1 tabIndex={-1}>{review.title}</h1>
      <p class="faint small">
        <span lang={title.lang} dir="auto">
          {title.words}
        </span>{' '}
        · {inZoneWords(agreement.timeZone)}
      </p>
      <Tabs name={review.title} open={room}>
        {Object.entries(rooms).map(([key, { name, size }]) => (
          <a href={withQuery({ show: key })} aria-current={key === room ? 'page' : undefined}>
            {name}
            {size !== undefined && <span class="faint"> {size}</span>}
          </a>
        ))}
      </Tabs>
      {reports.failed && (
        <div class="notice trouble" role="alert">
          <p>
            {common.unreachable} {common.unreachableNext}
          </p>
          <button type="button" onClick={reports.again}>
            {common.again}
          </button>
        </div>
      )}
      {!reports.complete && !reports.failed && (
        <p class="faint" role="status">
          {common.loading}
        </p>
      )}
      {reports.complete && (
        <>
          <h2 class="visually-hidden">{Object.entries(rooms).find(([key]) => key === room)?.[1].name}</h2>
          {room === 'assess' && (
            <Room
              hint={review.toAssessHint}
              empty={review.toAssessNone}
              items={inbox.toAssess}
              show={(report) => line(report)}
            />
          )}
          {room === 'second' && (
            <Wait answer={proposals}>
              {({ proposals }) => (
                <Room
                  hint={review.secondHint}
                  empty={review.secondNone}
                  items={proposals}
                  show={(proposal) => (
                    <ProposalLine proposal={proposal} agreement={agreement} address={address(proposal.report)} />
                  )}
                />
              )}
            </Wait>
          )}
          {room === 'back' && (
            <Wait answer={questions}>
              {({ questions }) => (
                <Room
                  hint={review.sentBackHint}
                  empty={review.sentBackNone}
                  items={[...questions.filter((one) => one.answer), ...questions.filter((one) => !one.answer)]}
                  show={(one) => (
                    <Asked key={one.entry} one={one} file={agreement.file} address={address(one.report)} />
                  )}
                />
              )}
            </Wait>
          )}
          {room === 'duplicates' && (
            <Room hint={review.duplicatesHint} empty={review.duplicatesNone} items={inbox.duplicates} show={pair} />
          )}
          {room === 'conflicts' && (
            <Room hint={review.conflictsHint} empty={review.conflictsNone} items={inbox.conflicts} show={pair} />
          )}
          {room === 'late' && (
            <Room hint={review.lateHint} empty={review.lateNone} items={inbox.late} show={(report) => line(report)} />
          )}
          {room === 'responses' && (
            <Wait answer={responses}>
              {({ entries }) => (
                <Room
                  hint={review.responsesHint}
                  empty={review.responsesNone}
                  items={entries}
                  show={(entry) => (
                    <ResponseLine entry={entry} agreement={agreement} reports={reports.list} address={address} />
                  )}
                />
              )}
            </Wait>
          )}
          {reports.since > 0 && (
            <p class="small faint">
              {fill(review.window, { n: reports.since })}{' '}
              <button type="button" class="plain" onClick={reports.older}>
                {review.older}
              </button>
            </p>
          )}
        </>
      )}
    </>
  )
}

function Room<T>({
  hint,
  empty,
  items,
  show,
}: {
  hint: string
  empty: string
  items: T[]
  show: (item: T) => ComponentChildren
}) {
  const { review } = useWords()
  if (items.length === 0) return <p>{empty}</p>
  return (
    <>
      <p class="small faint">{hint}</p>
      {items.slice(0, FIRST).map(show)}
      {items.length > FIRST && <p class="faint">{count(items.length - FIRST, review.moreWaiting)}</p>}
    </>
  )
}
