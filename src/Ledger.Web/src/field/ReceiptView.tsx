import { useState } from 'preact/hooks'
import type { Agreement } from '../api/types'
import { useAnswer, valueOf } from '../parts/useAnswer'
import { VerdictMark } from '../parts/VerdictMark'
import { go } from '../router'
import { timeWords } from '../time/zone'
import { fill, label, number, textOf, useWords } from '../words'
import { State } from './ItemLine'
import { download, linesOf } from './outbox/file'
import type { Item } from './outbox/item'
import { sendAll } from './outbox/send'
import { item as kept, thaw } from './outbox/store'
import { PhotosOf } from './PhotosOf'
import { Said } from './report/Said'
import { Trouble, troubleOf } from './Trouble'
import { useKept } from './useKept'

/** One report: where it is, its receipt once there is one, and everything it says. */
export function ReceiptView({ id }: { id: string }) {
  const { field, common } = useWords()
  const item = useKept(() => kept(id).then(found => found ?? null), [id])
  const file = valueOf(useAnswer<Agreement>(item ? `/agreements/${encodeURIComponent(item.agreement)}` : undefined))?.file
  if (item === undefined) return <p class="faint" role="status">{common.loading}</p>
  if (item === null) return <><h1 tabIndex={-1}>{common.notFound}</h1><p><a href="/field/outbox">{field.tabs.outbox}</a></p></>
  const kind = String(item.body.report.kind)
  return (
    <>
      <h1 tabIndex={-1}>{file ? label(file.codebook.kinds, kind) : kind}</h1>
      <p aria-live="polite"><State item={item} /></p>
      <p class="small faint">{field.stateMeans[item.state]}</p>
      {item.state === 'phone' && <p><button type="button" onClick={() => void sendAll('once')}>{field.outbox.sendNow}</button></p>}
      {item.waitsFor === 'sign-in' && <p class="notice">{field.signInFirst} <a href="/sign-in">{common.nav.signIn}</a></p>}
      {item.state === 'attention' && <Attention item={item} />}
      {item.receipt && <ReceiptCard item={item} zone={file?.timeZone ?? 'UTC'} />}
      {item.clock !== undefined && <p class="notice small">{fill(field.clockSetRight, { minutes: number(Math.round(item.clock / 60_000)) })}</p>}
      <h2>{field.itSays}</h2>
      <Said report={item.body.report} file={file} />
      <PhotosOf item={item} />
      <p class="row no-print">
        <button type="button" onClick={() => download(`report.${item.agreement}.${item.id}.jsonl`, linesOf([item]), 'application/jsonl')}>{field.saveReport}</button>
      </p>
    </>
  )
}

function ReceiptCard({ item, zone }: { item: Item; zone: string }) {
  const { field } = useWords()
  const receipt = item.receipt!
  return (
    <section class="card receipt">
      <h2>{field.receipt.title}</h2>
      <dl class="facts">
        <dt>{field.receipt.position}</dt><dd>{number(receipt.position)}</dd>
        <dt>{field.receipt.recorded}</dt><dd>{timeWords(receipt.recordedAt, zone)}</dd>
        <dt>{field.receipt.id}</dt><dd><code>{receipt.entryId}</code></dd>
        <dt>{field.receipt.hash}</dt><dd><code>{receipt.hash}</code></dd>
      </dl>
      {item.touched && (item.touched.length === 0
        ? <p>{field.receipt.touchedNone}</p>
        : <><p>{field.receipt.touched}</p><ul class="plain-list">{item.touched.map(change => <li><a href={`/a/${item.agreement}/p/${change.provision}`}>{textOf(change.title).words}</a>: <VerdictMark verdict={change.before} /> → <VerdictMark verdict={change.after} /></li>)}</ul></>)}
      {receipt.proof && (
        <details>
          <summary>{field.receipt.proof}</summary>
          <p class="small faint">{field.receipt.proofMeans}</p>
          <pre class="mono" tabIndex={0}>{receipt.proof}</pre>
          <p><button type="button" onClick={() => download(`${item.agreement}.${receipt.position}.tlog-proof`, receipt.proof, 'text/plain')}>{field.receipt.downloadProof}</button></p>
        </details>
      )}
      <p><button type="button" onClick={() => download(`receipt.${item.agreement}.${receipt.position}.json`, JSON.stringify(receipt, null, 2), 'application/json')}>{field.receipt.download}</button></p>
    </section>
  )
}

/** Why the server refused it, and the way on. */
function Attention({ item }: { item: Item }) {
  const { field } = useWords()
  const [trouble, setTrouble] = useState<string>()
  const { problem, draft } = item
  const told = problem && (field.problems[problem.code as keyof typeof field.problems] ?? (problem.status === 403 ? field.problems.denied : undefined))
  const edit = async () => {
    try {
      // A new id: the refused one stays free, and nobody can confuse the two.
      const next = { ...draft!, changedAt: Date.now(), ...(problem?.code.startsWith('report/handle-') && { freshHandles: true }) }
      await thaw(item, next)
      go(`/field/report/${next.id}`)
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
  }
  return (
    <div class="notice trouble" role="alert">
      {told && <p>{told}</p>}
      {problem && <p dir="auto" class={told ? 'small' : ''}>{problem.detail ?? problem.title}</p>}
      {problem?.errors?.map(error => <p class="small" dir="auto">{error.detail}</p>)}
      <Trouble said={trouble} />
      {draft ? <p><button type="button" class="main" onClick={() => void edit()}>{field.editAgain}</button></p> : <p class="small">{field.fromFile}</p>}
    </div>
  )
}
