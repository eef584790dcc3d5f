import { useState } from 'preact/hooks'
import type { Agreement, Level, ReportPart, ReportWhole, WaitingProposal } from '../api/types'
import { Act } from '../parts/Act'
import { Field } from '../parts/Field'
import { fill, textOf, useWords } from '../words'

/** Levels that a reviewer may find, weakest first. */
const levels: Level[] = ['refuted', 'inconclusive', 'alleged', 'corroborated', 'confirmed']

/** Says on what grounds a report is found to be what. A finding that takes two people is proposed, for somebody else to agree with. */
export function AssessForm({
  agreement,
  report,
  onDone,
}: {
  agreement: Agreement
  report: ReportWhole
  onDone: () => void
}) {
  const { review, common } = useWords()
  const [level, setLevel] = useState<Level>('corroborated')
  const takesTwo = (agreement.file.evidence?.twoPeople ?? []).includes(level)
  return (
    <Act
      path={`/reports/${report.report}/${takesTwo ? 'proposed-assessments' : 'assessments'}`}
      button={takesTwo ? review.propose : review.assess}
      onDone={onDone}
    >
      <fieldset class="choices">
        <legend class="field-label">{review.finding}</legend>
        {levels.map((one) => (
          <label class="choice">
            <input type="radio" name="level" value={one} checked={one === level} onChange={() => setLevel(one)} />
            <span>
              {common.level[one]}
              <span class="hint">{common.levelMeans[one]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {takesTwo && <p class="notice small">{fill(review.twoPeople, { level: common.level[level] })}</p>}
      <Field label={review.grounds} hint={review.groundsHint}>
        <textarea name="grounds" required dir="auto" />
      </Field>
    </Act>
  )
}

/** What somebody proposed, with a form for another to agree. */
export function AgreeForm({ proposal, onDone }: { proposal: WaitingProposal; onDone: () => void }) {
  const { review, common } = useWords()
  return (
    <>
      <p>
        <strong>{fill(review.proposed, { level: common.level[proposal.level] })}</strong>{' '}
        {proposal.by && (
          <span class="faint" dir="auto">
            ({proposal.by})
          </span>
        )}
      </p>
      <p>
        <q dir="auto">{proposal.grounds}</q>
      </p>
      {proposal.mine ? (
        <p class="notice small">{review.yours}</p>
      ) : (
        <Act
          path={`/reports/${proposal.report}/assessments`}
          more={{ level: proposal.level, proposal: proposal.entry }}
          button={review.agree}
          onDone={onDone}
        >
          <Field label={review.grounds} hint={review.agreeHint}>
            <textarea name="grounds" required dir="auto" />
          </Field>
        </Act>
      )}
    </>
  )
}

/** Asks whoever filed the report something. It finds nothing, and so changes no verdict. */
export function SendBackForm({ report, onDone }: { report: ReportWhole; onDone: () => void }) {
  const { review, common } = useWords()
  const [fields, setFields] = useState<ReportPart[]>([])
  return (
    <Act
      path={`/reports/${report.report}/questions`}
      more={fields.length > 0 ? { fields } : {}}
      button={review.sendBack}
      onDone={onDone}
    >
      <p class="small">{review.sendBackMeans}</p>
      <Field label={review.question}>
        <textarea name="question" required dir="auto" />
      </Field>
      <fieldset class="choices">
        <legend class="field-label">{common.sentBack.concerns}</legend>
        {(Object.keys(common.reportPart) as ReportPart[]).map((part) => (
          <label class="choice">
            <input
              type="checkbox"
              checked={fields.includes(part)}
              onChange={(event) =>
                setFields(event.currentTarget.checked ? [...fields, part] : fields.filter((one) => one !== part))
              }
            />
            <span>{common.reportPart[part]}</span>
          </label>
        ))}
      </fieldset>
    </Act>
  )
}

/** Says that reports describe one incident. */
export function LinkForm({
  agreement,
  reports,
  onDone,
}: {
  agreement: Agreement
  reports: ReportWhole[]
  onDone: () => void
}) {
  const { review } = useWords()
  return (
    <Act
      path={`/agreements/${agreement.id}/links`}
      more={{ reports: reports.map((report) => report.report) }}
      button={review.link}
      onDone={onDone}
    >
      <p class="small">{review.linkMeans}</p>
      <Field label={review.reason}>
        <textarea name="reason" required dir="auto" />
      </Field>
    </Act>
  )
}

/** Withdraws a report; the withdrawal is itself an entry, and can be withdrawn. */
export function RetractForm({ report, onDone }: { report: ReportWhole; onDone: () => void }) {
  const { review } = useWords()
  const mine = report.content.summary ? textOf(report.content.summary).words : ''
  return (
    <Act path={`/reports/${report.report}/retractions`} button={review.retract} onDone={onDone}>
      <p class="small">
        {review.retractMeans}
        {mine && (
          <>
            {' '}
            <q dir="auto">{mine}</q>
          </>
        )}
      </p>
      <Field label={review.reason}>
        <textarea name="reason" required dir="auto" />
      </Field>
    </Act>
  )
}
