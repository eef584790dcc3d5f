import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import type { Agreement, Level, Receipt, ReportWhole, WaitingProposal } from '../api/types'
import { uuid7 } from '../api/uuid'
import { Field } from '../parts/Field'
import { fill, textOf, useWords } from '../words'

/** Levels that a reviewer may find, weakest first. */
const levels: Level[] = ['refuted', 'inconclusive', 'alleged', 'corroborated', 'confirmed']

/** Says on what grounds a report is found to be what. A finding that takes two people is proposed, for somebody else to agree with. */
export function AssessForm({ agreement, report, onDone }: { agreement: Agreement; report: ReportWhole; onDone: () => void }) {
  const { review, common } = useWords()
  const [level, setLevel] = useState<Level>('corroborated')
  const takesTwo = (agreement.file.evidence?.twoPeople ?? []).includes(level)
  return (
    <Act path={`/reports/${report.report}/${takesTwo ? 'proposed-assessments' : 'assessments'}`} button={takesTwo ? review.propose : review.assess} onDone={onDone}>
      <fieldset class="choices">
        <legend class="field-label">{review.finding}</legend>
        {levels.map(one => (
          <label class="choice">
            <input type="radio" name="level" value={one} checked={one === level} onChange={() => setLevel(one)} />
            <span>{common.level[one]}<span class="hint">{common.levelMeans[one as keyof typeof common.levelMeans]}</span></span>
          </label>
        ))}
      </fieldset>
      {takesTwo && <p class="notice small">{fill(review.twoPeople, { level: common.level[level] })}</p>}
      <Field label={review.grounds} hint={review.groundsHint}><textarea name="grounds" required dir="auto" /></Field>
    </Act>
  )
}

/** What somebody proposed, with a form for another to agree. */
export function AgreeForm({ proposal, onDone }: { proposal: WaitingProposal; onDone: () => void }) {
  const { review, common } = useWords()
  return (
    <>
      <p><strong>{fill(review.proposed, { level: common.level[proposal.level] })}</strong> {proposal.by && <span class="faint" dir="auto">({proposal.by})</span>}</p>
      <p><q dir="auto">{proposal.grounds}</q></p>
      {proposal.mine ? <p class="notice small">{review.yours}</p> : (
        <Act path={`/reports/${proposal.report}/assessments`} more={{ level: proposal.level, proposal: proposal.entry }} button={review.agree} onDone={onDone}>
          <Field label={review.grounds} hint={review.agreeHint}><textarea name="grounds" required dir="auto" /></Field>
        </Act>
      )}
    </>
  )
}

/** Says that reports speak of one incident. */
export function LinkForm({ agreement, reports, onDone }: { agreement: Agreement; reports: ReportWhole[]; onDone: () => void }) {
  const { review } = useWords()
  return (
    <Act path={`/agreements/${agreement.id}/links`} more={{ reports: reports.map(report => report.report) }} button={review.link} onDone={onDone}>
      <p class="small">{review.linkMeans}</p>
      <Field label={review.reason}><textarea name="reason" required dir="auto" /></Field>
    </Act>
  )
}

/** Withdraws a report; the withdrawal is itself an entry, and can be withdrawn. */
export function RetractForm({ report, onDone }: { report: ReportWhole; onDone: () => void }) {
  const { review } = useWords()
  const mine = report.content.summary ? textOf(report.content.summary).words : ''
  return (
    <Act path={`/reports/${report.report}/retractions`} button={review.retract} onDone={onDone}>
      <p class="small">{review.retractMeans}{mine && <> <q dir="auto">{mine}</q></>}</p>
      <Field label={review.reason}><textarea name="reason" required dir="auto" /></Field>
    </Act>
  )
}

/** A form whose content becomes one entry. Its id is made once, so that pressing twice, or after a fault, records once. */
function Act({ path, more, button, onDone, children }: { path: string; more?: object; button: string; onDone: () => void; children: ComponentChildren }) {
  const { review, common } = useWords()
  const [state, setState] = useState<{ kind: 'ready' | 'sending' } | { kind: 'wrong'; words: string } | { kind: 'done'; receipt: Receipt }>({ kind: 'ready' })
  const id = useRef(uuid7())
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const given = Object.fromEntries([...new FormData(event.currentTarget as HTMLFormElement)].map(([name, value]) => [name, String(value).trim()]).filter(([, value]) => value !== ''))
    setState({ kind: 'sending' })
    try {
      const { body } = await post<Receipt>(path, { entryId: id.current, ...more, ...given })
      setState({ kind: 'done', receipt: body })
    } catch (fault) {
      if (fault instanceof Refused) {
        // What was refused is not recorded; with other words it is another entry.
        id.current = uuid7()
        setState({ kind: 'wrong', words: fault.problem.errors?.map(error => error.detail).join(' ') || fault.message })
      } else if (fault instanceof Unreachable) setState({ kind: 'wrong', words: `${common.unreachable} ${review.sendAgain}` })
      else throw fault
    }
  }
  if (state.kind === 'done')
    return (
      <div class="notice good" role="status">
        <p>{fill(review.recorded, { n: state.receipt.position })}</p>
        <p><code>{state.receipt.hash}</code></p>
        <button type="button" onClick={onDone}>{review.seeIt}</button>
      </div>
    )
  return (
    <form onSubmit={event => void submit(event)} class="act">
      {children}
      <Field label={review.by} hint={review.byHint}><input name="by" dir="auto" autoComplete="name" /></Field>
      {state.kind === 'wrong' && <p class="notice trouble" role="alert" dir="auto">{state.words}</p>}
      <button class="main" disabled={state.kind === 'sending'}>{button}</button>
    </form>
  )
}
