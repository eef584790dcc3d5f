import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { may, useMe } from '../api/me'
import type { Agreement, ReportWhole, WaitingProposal } from '../api/types'
import { Beside, fieldsOf, type Field } from '../parts/Beside'
import { Pictures } from '../parts/Pictures'
import { SignInHere } from '../parts/SignInHere'
import { useAnswer, valueOf } from '../api/useAnswer'
import { RespondForm } from '../record/RespondForm'
import { spokenFor } from '../record/who'
import { Wait } from '../parts/Wait'
import type { Place } from '../parts/router'
import { inZoneWords, occurredWords, timeWords } from '../time/zone'
import { called, count, fill, label, useWords } from '../words'
import { AgreeForm, AssessForm, LinkForm, RetractForm, SendBackForm } from './actions'
import { WhoSigned } from './WhoSigned'

/** One report, beside others if the address names them, with what a reviewer can do about it. */
export function ReviewView({ agreement, report, place }: { agreement: Agreement; report: string; place: Place }) {
  const [done, setDone] = useState(0)
  const others = place.query.getAll('with')
  const room = place.query.get('show')
  return (
    <Columns
      key={[report, ...others, done].join()}
      back={`/review/${agreement.id}${room ? `?show=${encodeURIComponent(room)}` : ''}`}
      agreement={agreement}
      ids={[report, ...others].slice(0, 4)}
      onDone={() => setDone((n) => n + 1)}
    />
  )
}

function Columns({
  agreement,
  ids,
  back,
  onDone,
}: {
  agreement: Agreement
  ids: string[]
  back: string
  onDone: () => void
}) {
  // Hooks are called in one order: at most four reports fit side by side.
  const answers = [0, 1, 2, 3].map((i) =>
    useAnswer<ReportWhole>(ids[i] ? `/reports/${encodeURIComponent(ids[i])}` : undefined),
  )
  const shown = answers.flatMap((answer) => valueOf(answer) ?? [])
  return (
    <>
      <p class="small">
        <a href={back}>{useWords().review.title}</a>
      </p>
      {shown.length === 0 ? (
        <Wait answer={answers[0]!}>{() => null}</Wait>
      ) : (
        <Reports agreement={agreement} reports={shown} onDone={onDone} />
      )}
    </>
  )
}

function Reports({ agreement, reports, onDone }: { agreement: Agreement; reports: ReportWhole[]; onDone: () => void }) {
  const { review, desk, common, record } = useWords()
  const me = useMe()
  const reviews = me !== undefined && may(me, 'review', agreement.id)
  const parties = spokenFor(me, agreement.file)
  const first = reports[0]!
  const waiting =
    valueOf(
      useAnswer<{ proposals: WaitingProposal[] }>(`/agreements/${agreement.id}/proposed-assessments`),
    )?.proposals.filter((one) => one.report === first.report) ?? []
  const columns = reports.map((report): Field[] => [
    ...fieldsOf(agreement, report.content),
    [desk.field.said, timeWords(report.saidAt, agreement.timeZone)],
    [desk.field.level, `${common.level[report.level]} (${common.state[report.state]})`],
  ])
  return (
    <>
      <h1 tabIndex={-1}>
        {label(agreement.file.codebook.kinds, first.content.kind)}
        {common.comma}
        {occurredWords(first.content.occurred, agreement.timeZone)}
      </h1>
      <p class="faint small">{inZoneWords(agreement.timeZone)}</p>
      <Beside
        columns={columns}
        heads={reports.map((report) => (
          <a href={`/a/${agreement.id}/incident/${report.report}`}>{fill(common.position, { n: report.position })}</a>
        ))}
      />
      <div class="pictures-beside">
        {reports.map((report) => (
          <Pictures key={report.report} report={report} />
        ))}
      </div>
      {first.linkedWith.slice(0, 3).some((id) => !reports.some((report) => report.report === id)) && (
        <p>
          <a
            class="button"
            href={`/review/${agreement.id}/${first.report}?${first.linkedWith.map((id) => `with=${id}`).join('&')}`}
          >
            {count(first.linkedWith.length, review.besideLinked)}
          </a>
        </p>
      )}
      <h2>{review.actions}</h2>
      {reports.length > 1 && (
        <p class="small">{fill(review.concernsFirst, { position: fill(common.position, { n: first.position }) })}</p>
      )}
      {reviews &&
        waiting.map((proposal) => (
          <section class="card" key={proposal.entry}>
            <h3>{review.second}</h3>
            <AgreeForm proposal={proposal} onDone={onDone} />
          </section>
        ))}
      {me !== undefined &&
        !reviews &&
        parties.length === 0 &&
        (me.person ? <p class="notice">{review.notYours}</p> : <SignInHere>{review.signInFirst}</SignInHere>)}
      <div class="actions">
        {parties.length > 0 && (
          <Action name={record.respond}>
            <RespondForm agreement={agreement} report={first.report} parties={parties} onDone={onDone} />
          </Action>
        )}
        {reviews && (
          <>
            <Action name={review.assess}>
              <AssessForm agreement={agreement} report={first} onDone={onDone} />
            </Action>
            <Action name={review.sendBack}>
              <SendBackForm report={first} onDone={onDone} />
            </Action>
            {reports.slice(1).some((report) => !first.linkedWith.includes(report.report)) && (
              <Action name={review.link}>
                <LinkForm agreement={agreement} reports={reports} onDone={onDone} />
              </Action>
            )}
            <Action name={review.retract}>
              <RetractForm report={first} onDone={onDone} />
            </Action>
          </>
        )}
      </div>
      <WhoSigned report={first} />
      <History report={first} agreement={agreement} />
    </>
  )
}

function Action({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <details class="card">
      <summary>{name}</summary>
      {children}
    </details>
  )
}

function History({ report, agreement }: { report: ReportWhole; agreement: Agreement }) {
  const { review, common } = useWords()
  const said = [
    report.filing,
    ...report.corrections,
    ...report.questions,
    ...report.answers,
    ...report.proposals,
    ...report.assessments,
    ...report.responses,
    ...report.links,
    ...report.evidence,
    ...report.retractions,
  ].sort((a, b) => a.position - b.position)
  return (
    <>
      <h2>{review.history}</h2>
      <ol class="plain-list">
        {said.map((one) => {
          const data = one.data as {
            level?: keyof typeof common.level
            grounds?: string
            question?: string
            reason?: string
            by?: string
            stance?: keyof typeof common.stance
            words?: string
          }
          return (
            <li class="entry">
              <strong>{called(common.type, one.type)}</strong>
              {data.level && <>: {common.level[data.level]}</>}
              {data.stance && <>: {common.stance[data.stance]}</>}
              {!one.live && <span class="tag"> {common.state.retracted}</span>}
              {(data.grounds ?? data.question ?? data.reason ?? data.words) && (
                <p dir="auto">{data.grounds ?? data.question ?? data.reason ?? data.words}</p>
              )}
              <p class="small faint">
                {data.by && (
                  <>
                    <span dir="auto">{data.by}</span> ·{' '}
                  </>
                )}
                {timeWords(one.recordedAt, agreement.timeZone)} ·{' '}
                <a href={`/a/${agreement.id}/ledger/${one.position}`}>{fill(common.position, { n: one.position })}</a>
              </p>
            </li>
          )
        })}
      </ol>
    </>
  )
}
