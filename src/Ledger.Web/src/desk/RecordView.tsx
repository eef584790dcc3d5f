import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useMe } from '../api/me'
import type { Entry, Receipt, ReportHead } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { partyName } from '../parts/names'
import { SignInHere } from '../parts/SignInHere'
import { Wait } from '../parts/Wait'
import { CoverageForm } from '../record/CoverageForm'
import { ErasureForm } from '../record/ErasureForm'
import { PowerForm } from '../record/PowerForm'
import { StatementForm } from '../record/StatementForm'
import { formsOf, spokenFor } from '../record/who'
import { occurredWords } from '../time/zone'
import { label, useWords } from '../words'
import { viewAddress } from './question'
import type { View } from './view'

/** What the reader may record of this agreement, form by form, and nothing that would be refused. */
export function RecordView(view: View) {
  const { agreement, place, hold } = view
  const { record, common } = useWords()
  const me = useMe()
  const forms = formsOf(me, agreement.file)
  const parties = spokenFor(me, agreement.file)
  const about = agreement.file.provisions.find(({ id }) => id === place.query.get('provision'))?.id
  const opened = place.query.get('open')
  const done = (receipt: Receipt) => hold(receipt.position)
  return (
    <>
      <h1 tabIndex={-1}>{record.title}</h1>
      {me === undefined ? (
        <p class="faint" role="status">
          {common.loading}
        </p>
      ) : !Object.values(forms).includes(true) ? (
        me.person ? (
          <p class="notice">{record.nothing}</p>
        ) : (
          <SignInHere>{record.signInFirst}</SignInHere>
        )
      ) : (
        <>
          <p>{record.means}</p>
          {parties.length === 1 && <ToAnswer {...view} party={parties[0]!} />}
          {parties.length > 1 && (
            <Form name={record.toAnswer} open={opened === 'respond'}>
              {parties.map((party) => (
                <ToAnswer key={party} {...view} party={party} heading />
              ))}
            </Form>
          )}
          {forms.statement && (
            <Form name={record.statement} open={opened === 'statement'}>
              <StatementForm agreement={agreement} about={about} onDone={done} />
            </Form>
          )}
          {forms.power && (
            <Form name={record.power} open={opened === 'power'}>
              <PowerForm agreement={agreement} about={about} onDone={done} />
            </Form>
          )}
          {forms.coverage && (
            <Form name={record.coverage} open={opened === 'coverage'}>
              <CoverageForm agreement={agreement} onDone={done} />
            </Form>
          )}
          {forms.erasure && (
            <Form name={record.erasure} open={opened === 'erasure'}>
              <ErasureForm agreement={agreement} onDone={done} />
            </Form>
          )}
        </>
      )}
    </>
  )
}

function Form({ name, open, children }: { name: string; open: boolean; children: ComponentChildren }) {
  const details = useRef<HTMLDetailsElement>(null)
  // What the address names is open at first; after that it is the reader's.
  useEffect(() => {
    if (open) details.current!.open = true
  }, [open])
  return (
    <details class="card" ref={details}>
      <summary>{name}</summary>
      {children}
    </details>
  )
}

/** How many positions back it is looked for reports, and how many are shown. */
const WINDOW = 2_000
const FIRST = 50

/** Reports in which a party of the reader's is named, the latest first, and before them those that it has not answered. */
function ToAnswer({ party, heading = false, ...view }: View & { party: string; heading?: boolean }) {
  const { agreement, place, held } = view
  const { record, common } = useWords()
  const after = Math.max(0, held - WINDOW)
  const reports = useAnswer<{ reports: ReportHead[] }>(
    `/agreements/${agreement.id}/reports`,
    new URLSearchParams({ actor: party, state: 'live', limit: '1000', after: String(after) }).toString(),
    held,
  )
  const responses = valueOf(
    useAnswer<{ entries: Entry[] }>(
      `/agreements/${agreement.id}/entries`,
      `type=party_responded&limit=1000&from=${after + 1}`,
      held,
    ),
  )
  const answered = new Set(
    (responses?.entries ?? []).filter(({ data }) => data.party === party).map(({ data }) => data.target),
  )
  return (
    <section class="card">
      <h2>
        {record.toAnswer}
        {heading && (
          <span class="faint">
            {common.comma}
            <bdi>{partyName(agreement.file, party)}</bdi>
          </span>
        )}
      </h2>
      <Wait answer={reports}>
        {({ reports }) =>
          reports.length === 0 ? (
            <p>{record.toAnswerNone}</p>
          ) : (
            <>
              <p class="small faint">{record.toAnswerHint}</p>
              <ul class="says">
                {[...reports]
                  .reverse()
                  .sort((one, other) => Number(answered.has(one.report)) - Number(answered.has(other.report)))
                  .slice(0, FIRST)
                  .map(({ report, content }) => (
                    <li key={report}>
                      <a href={`${viewAddress(agreement.id, `incident/${report}`, place)}#respond`}>
                        {label(agreement.file.codebook.kinds, content.kind)}
                      </a>
                      {common.comma}
                      {occurredWords(content.occurred, agreement.timeZone)}
                      {content.place?.name && (
                        <>
                          {' '}
                          · <span dir="auto">{content.place.name}</span>
                        </>
                      )}
                      {answered.has(report) && (
                        <>
                          {' '}
                          <span class="tag">{record.answered}</span>
                        </>
                      )}
                    </li>
                  ))}
              </ul>
            </>
          )
        }
      </Wait>
    </section>
  )
}
