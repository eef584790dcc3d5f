import { useRef, useState } from 'preact/hooks'
import type { AgreementHead, Receipt } from '../api/types'
import { uuid7 } from '../api/uuid'
import { Field } from '../parts/Field'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { count, fill, number, textOf, useWords } from '../words'
import { Preview } from './Preview'
import { ScenarioResults, type Tested } from './ScenarioResults'
import { useAct } from './useAct'
import { Wrong } from './Wrong'

interface Checked {
  id: string
  version: string
  provisions: string[]
  sourceSha256: string
  file: Record<string, unknown>
}

/** The agreements of this ledger; a file is checked, then adopted, or recorded as another version after its effect was shown. */
export function AgreementsView() {
  const { admin, common } = useWords()
  const [asked, setAsked] = useState(0)
  const answer = useAnswer<{ agreements: AgreementHead[] }>('/agreements', '', asked)
  return (
    <>
      <Wait answer={answer}>
        {({ agreements }) => (
          <>
            {agreements.length === 0 ? (
              <p>{common.noAgreements}</p>
            ) : (
              <div class="scroll" tabIndex={0} role="region" aria-label={common.agreements}>
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{common.agreements}</th>
                      <th scope="col">{admin.id}</th>
                      <th scope="col">{admin.version}</th>
                      <th scope="col" class="number">
                        {admin.size}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {agreements.map((head) => {
                      const title = textOf(head.title)
                      return (
                        <tr>
                          <td>
                            <a href={`/a/${head.id}`} lang={title.lang} dir="auto">
                              {title.words}
                            </a>
                          </td>
                          <td>
                            <code>{head.id}</code>
                          </td>
                          <td dir="auto">{head.version}</td>
                          <td class="number">{number(head.position)}</td>
                        </tr>
                      )
                    })}
                  </tbody>
                </table>
              </div>
            )}
            <FileForm key={asked} known={agreements} onDone={() => setAsked((n) => n + 1)} />
          </>
        )}
      </Wait>
    </>
  )
}

function FileForm({ known, onDone }: { known: AgreementHead[]; onDone: () => void }) {
  const { admin } = useWords()
  const [check, runCheck] = useAct<Checked>()
  const [test, runTest, forgetTest] = useAct<Tested>()
  const choose = async (event: Event) => {
    const files = [...((event.currentTarget as HTMLInputElement).files ?? [])]
    const isScenarios = (file: File) => /\.scenarios\.ya?ml$/i.test(file.name)
    const main =
      files.find((file) => /\.ya?ml$/i.test(file.name) && !isScenarios(file)) ??
      files.find((file) => !isScenarios(file))
    if (!main) return
    const texts = async (chosen: File[]) =>
      Object.fromEntries(await Promise.all(chosen.map(async (file) => [file.name, await file.text()] as const)))
    const [source, beside, scenarios] = await Promise.all([
      main.text(),
      texts(files.filter((file) => file !== main && !isScenarios(file))),
      texts(files.filter(isScenarios)),
    ])
    forgetTest()
    if (
      !(await runCheck('/agreement-checks', { source, beside: geometries(beside) })) ||
      Object.keys(scenarios).length === 0
    )
      return
    await runTest('/agreement-tests', { source, beside, scenarios })
  }
  const checked = check.kind === 'done' ? check.value : undefined
  const existing = checked && known.find((head) => head.id === checked.id)
  return (
    <>
      <h2>{admin.addFile}</h2>
      <p>{admin.addFileHint}</p>
      <Field label={admin.files} hint={admin.filesHint}>
        <input
          type="file"
          multiple
          accept=".yaml,.yml,.json,.geojson,.jsonl"
          onChange={(event) => void choose(event)}
        />
      </Field>
      <div aria-live="polite">
        {check.kind === 'busy' && <p class="faint">{admin.checking}</p>}
        <Wrong act={check} />
        {checked && (
          <div class="notice good">
            <p>
              {fill(admin.isGood, { id: checked.id, version: checked.version })}{' '}
              {count(checked.provisions.length, admin.provisions)}
            </p>
            <p class="small">
              <code>SHA-256 {checked.sourceSha256}</code>
            </p>
          </div>
        )}
        {checked && <ScenarioResults act={test} zone={String(checked.file.timeZone ?? 'UTC')} />}
      </div>
      {checked && !existing && <Adopt checked={checked} onDone={onDone} />}
      {checked && existing && <Revise checked={checked} head={existing} onDone={onDone} />}
    </>
  )
}

/** Files of entries belong to scenarios; the check knows geometries only. */
function geometries(beside: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(beside).filter(([name]) => !/\.jsonl$/i.test(name)))
}

function Adopt({ checked, onDone }: { checked: Checked; onDone: () => void }) {
  const { admin } = useWords()
  const [act, run] = useAct<Receipt>()
  const id = useRef(uuid7())
  if (act.kind === 'done') return <Recorded receipt={act.value} onDone={onDone} />
  return (
    <>
      <Wrong act={act} />
      <button
        type="button"
        class="main"
        disabled={act.kind === 'busy'}
        onClick={() =>
          void run('/agreements', { entryId: id.current, file: checked.file, sourceSha256: checked.sourceSha256 })
        }
      >
        {admin.adopt}
      </button>
    </>
  )
}

function Revise({ checked, head, onDone }: { checked: Checked; head: AgreementHead; onDone: () => void }) {
  const { admin } = useWords()
  const [act, run] = useAct<Receipt>()
  const [appliesFrom, setAppliesFrom] = useState(head.signed)
  const [reason, setReason] = useState('')
  const [by, setBy] = useState('')
  const id = useRef(uuid7())
  const data = {
    entryId: id.current,
    file: checked.file,
    sourceSha256: checked.sourceSha256,
    appliesFrom,
    reason: reason.trim(),
    ...(by.trim() && { by: by.trim() }),
  }
  if (act.kind === 'done') return <Recorded receipt={act.value} onDone={onDone} />
  return (
    <form
      class="act"
      onSubmit={(event) => {
        event.preventDefault()
        void run(`/agreements/${head.id}/versions`, data)
      }}
    >
      <Field label={admin.appliesFrom} hint={admin.appliesFromHint}>
        <input
          type="date"
          required
          value={appliesFrom}
          onInput={(event) => setAppliesFrom(event.currentTarget.value)}
        />
      </Field>
      <Field label={admin.reason} hint={admin.reasonHint}>
        <textarea required dir="auto" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </Field>
      <Field label={admin.by}>
        <input dir="auto" value={by} onInput={(event) => setBy(event.currentTarget.value)} />
      </Field>
      <Preview
        agreement={head.id}
        suppose={{ type: 'agreement_revised', data }}
        ready={reason.trim() !== '' && appliesFrom !== ''}
      />
      <Wrong act={act} />
      <button class="main" disabled={act.kind === 'busy'}>
        {admin.revise}
      </button>
    </form>
  )
}

export function Recorded({ receipt, onDone }: { receipt: Receipt; onDone: () => void }) {
  const { admin } = useWords()
  return (
    <div class="notice good" role="status">
      <p>
        {fill(admin.recorded, { n: receipt.position })} <code>{receipt.hash}</code>
      </p>
      <p>
        <a class="button" href={`/a/${receipt.agreement}`}>
          {admin.open}
        </a>{' '}
        <button type="button" onClick={onDone}>
          {admin.another}
        </button>
      </p>
    </div>
  )
}
