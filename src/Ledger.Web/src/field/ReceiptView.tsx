import { useState } from 'preact/hooks'
import type { Agreement, ReportHead } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { go } from '../parts/router'
import { inZoneWords, timeWords } from '../time/zone'
import { called, fill, number, textOf, useWords } from '../words'
import { InWords } from './InWords'
import { ItemLine, Standing, State, Title } from './ItemLine'
import { clean } from '../proof/canonical'
import { download, linesOf } from './outbox/file'
import { finish } from './outbox/finish'
import { aboutOf, reportIdOf, type Item } from './outbox/item'
import { sendAll } from './outbox/send'
import { dropItem, item as kept, items, thaw } from './outbox/store'
import { PhotosOf } from './PhotosOf'
import { CorrectButton } from './report/CorrectButton'
import { Said } from './report/Said'
import { Trouble, troubleOf } from './outbox/Trouble'
import { useKept } from './outbox/useKept'

/** One report, or what was said about one: where it is, its receipt once there is one, and everything it says. */
export function ReceiptView({ id }: { id: string }) {
  const { field, common } = useWords()
  const item = useKept(() => kept(id).then((found) => found ?? null), [id])
  const agreement = valueOf(
    useAnswer<Agreement>(item ? `/agreements/${encodeURIComponent(item.agreement)}` : undefined),
  )
  const file = agreement?.file
  if (item === undefined)
    return (
      <p class="faint" role="status">
        {common.loading}
      </p>
    )
  if (item === null)
    return (
      <>
        <h1 tabIndex={-1}>{common.notFound}</h1>
        <p>
          <a href="/field/outbox">{field.tabs.outbox}</a>
        </p>
      </>
    )
  return (
    <>
      <h1 tabIndex={-1}>
        <Title item={item} file={file} />
      </h1>
      <p aria-live="polite">
        <State item={item} />
      </p>
      <p class="small faint">{field.stateMeans[item.state]}</p>
      {item.state === 'phone' && (
        <p>
          <button type="button" onClick={() => void sendAll('once')}>
            {field.outbox.sendNow}
          </button>
        </p>
      )}
      {item.waitsFor === 'sign-in' && (
        <p class="notice">
          {field.signInFirst} <a href="/sign-in">{common.nav.signIn}</a>
        </p>
      )}
      {item.state === 'attention' && <Attention item={item} />}
      {item.receipt && <ReceiptCard item={item} zone={file?.timeZone ?? 'UTC'} />}
      {item.clock !== undefined && (
        <p class="notice small">{fill(field.clockSetRight, { minutes: number(Math.round(item.clock / 60_000)) })}</p>
      )}
      <h2>{field.itSays}</h2>
      {item.body.reason && (
        <p>
          <q dir="auto">{item.body.reason}</q>
        </p>
      )}
      {item.body.words && (
        <p>
          <q dir="auto">{item.body.words}</q>
        </p>
      )}
      {item.body.report && <Said report={item.body.report} before={item.draft?.corrects?.said} file={file} />}
      <PhotosOf item={item} />
      {agreement && item.state === 'received' && <Afterwards item={item} agreement={agreement} />}
      <p class="row no-print">
        <button
          type="button"
          onClick={() => download(`report.${item.agreement}.${item.id}.jsonl`, linesOf([item]), 'application/jsonl')}
        >
          {field.saveReport}
        </button>
      </p>
    </>
  )
}

/** What was said about a report since, where it stands in the ledger, and what its reporter can still do: set it right, or take it back. Neither takes anything away. */
function Afterwards({ item, agreement }: { item: Item; agreement: Agreement }) {
  const { field, common } = useWords()
  const report = reportIdOf(item)
  const later = useKept(items, [])?.filter((other) => other.id !== item.id && reportIdOf(other) === report) ?? []
  const standing = valueOf(useAnswer<ReportHead>(report && `/reports/${report}`))
  if (report === undefined) return null
  const withdraw = (words: string) =>
    finish(
      { type: 'entry_retracted', agreement: agreement.id, about: { report, ...aboutOf(item) } },
      { target: report, reason: clean(words).trim() },
      `withdraw-${report}`,
    ).then((id) => go(`/field/outbox/${id}`))
  const withdrawn =
    standing?.state === 'retracted' ||
    later.some((other) => other.type === 'entry_retracted' && other.state !== 'attention')
  return (
    <section>
      <h2>{field.afterwards.title}</h2>
      {standing && (
        <p>
          {field.afterwards.stands} <Standing of={standing} />{' '}
          {standing.state === 'live' && <span class="small faint">{common.levelMeans[standing.level]}. </span>}
          <a href={`/a/${item.agreement}/incident/${report}`}>{field.afterwards.see}</a>
        </p>
      )}
      {later.map((other) => (
        <ItemLine key={other.id} item={other} file={agreement.file} />
      ))}
      {!withdrawn && item.type !== 'entry_retracted' && (
        <div class="replies no-print">
          <CorrectButton report={report} agreement={agreement} />
          <details>
            <summary>{field.withdraw.title}</summary>
            <InWords
              id={`withdraw-${report}`}
              label={field.correct.reason}
              hint={field.withdraw.hint}
              button={field.withdraw.button}
              danger
              finish={withdraw}
            />
          </details>
        </div>
      )}
    </section>
  )
}

function ReceiptCard({ item, zone }: { item: Item; zone: string }) {
  const { field } = useWords()
  const receipt = item.receipt!
  return (
    <section class="card receipt">
      <h2>{field.receipt.title}</h2>
      <dl class="facts">
        <dt>{field.receipt.position}</dt>
        <dd>{number(receipt.position)}</dd>
        <dt>{field.receipt.recorded}</dt>
        <dd>
          {timeWords(receipt.recordedAt, zone)} <span class="faint small">{inZoneWords(zone)}</span>
        </dd>
        <dt>{field.receipt.id}</dt>
        <dd>
          <code>{receipt.entryId}</code>
        </dd>
        <dt>{field.receipt.hash}</dt>
        <dd>
          <code>{receipt.hash}</code>
        </dd>
      </dl>
      {receipt.warnings && (
        <div class="notice">
          <h3>{field.receipt.odd}</h3>
          <ul class="plain-list">
            {receipt.warnings.map((warning) => (
              <li>
                {called(field.oddities, warning.code, '')}{' '}
                <span class="small" dir="auto">
                  {warning.detail}
                </span>
              </li>
            ))}
          </ul>
          <p class="small">{field.receipt.oddMeans}</p>
        </div>
      )}
      {item.touched &&
        (item.touched.length === 0 ? (
          <p>{field.receipt.touchedNone}</p>
        ) : (
          <>
            <p>{field.receipt.touched}</p>
            <ul class="plain-list">
              {item.touched.map((change) => (
                <li>
                  <a href={`/a/${item.agreement}/p/${change.provision}`}>{textOf(change.title).words}</a>:{' '}
                  <VerdictMark verdict={change.before} /> → <VerdictMark verdict={change.after} />
                </li>
              ))}
            </ul>
          </>
        ))}
      {receipt.proof && (
        <details>
          <summary>{field.receipt.proof}</summary>
          <p class="small faint">{field.receipt.proofMeans}</p>
          <pre class="mono" tabIndex={0}>
            {receipt.proof}
          </pre>
          <p>
            <button
              type="button"
              onClick={() => download(`${item.agreement}.${receipt.position}.tlog-proof`, receipt.proof, 'text/plain')}
            >
              {field.receipt.downloadProof}
            </button>
          </p>
        </details>
      )}
      <p>
        <button
          type="button"
          onClick={() =>
            download(
              `receipt.${item.agreement}.${receipt.position}.json`,
              JSON.stringify(receipt, null, 2),
              'application/json',
            )
          }
        >
          {field.receipt.download}
        </button>
      </p>
    </section>
  )
}

/** Why the server refused it, and the way on. */
function Attention({ item }: { item: Item }) {
  const { field } = useWords()
  const [trouble, setTrouble] = useState<string>()
  const { problem, draft } = item
  const told =
    problem && (called(field.problems, problem.code, problem.status === 403 ? field.problems.denied : '') || undefined)
  const edit = async () => {
    try {
      // A new id: the refused one stays free, and nobody can confuse the two.
      const next = {
        ...draft!,
        changedAt: Date.now(),
        ...(problem?.code.startsWith('report/handle-') && { freshHandles: true }),
      }
      await thaw(item, next)
      go(`/field/report/${next.id}`)
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
  }
  return (
    <div class="notice trouble" role="alert">
      {told && <p>{told}</p>}
      {problem && (
        <p dir="auto" class={told ? 'small' : ''}>
          {problem.detail ?? problem.title}
        </p>
      )}
      {problem?.errors?.map((error) => (
        <p class="small" dir="auto">
          {error.detail}
        </p>
      ))}
      <Trouble said={trouble} />
      {draft ? (
        <p>
          <button type="button" class="main" onClick={() => void edit()}>
            {field.editAgain}
          </button>
        </p>
      ) : item.body.report ? (
        <p class="small">{field.fromFile}</p>
      ) : (
        <p>
          <button
            type="button"
            onClick={() =>
              void dropItem(item.id).then(
                () => go('/field'),
                (fault) => setTrouble(troubleOf(fault)),
              )
            }
          >
            {field.dropSaid}
          </button>
        </p>
      )}
    </div>
  )
}
