import { useEffect, useState } from 'preact/hooks'
import { send } from '../api/client'
import type { WitnessesAnswer } from '../api/types'
import { toHex } from '../proof/bytes'
import { keep, keptCheckpoint } from '../proof/kept'
import { readCheckpoint, readNote, readPolicy, type VerifierKey } from '../proof/note'
import { verifyLog, type Verified } from '../proof/verify'
import { timeWords, zoneName } from '../time/zone'
import { fill, number, useWords } from '../words'
import type { View } from './view'
import { viewAddress } from './question'

interface Signed {
  note: string
  origin: string
  size: number
  root: string
  key: VerifierKey | undefined
  policy: string
  witnesses: WitnessesAnswer['witnesses']
}

/** Whether anybody has touched the record: what is signed, who has seen it, and the whole of it checked anew in this browser. */
export function IntegrityView({ agreement, place }: View) {
  const { desk, common } = useWords()
  const [signed, setSigned] = useState<Signed | { fault: string }>()
  useEffect(() => {
    let current = true
    load(agreement.id)
      .then((found) => current && setSigned(found))
      .catch(
        (fault: unknown) => current && setSigned({ fault: fault instanceof Error ? fault.message : String(fault) }),
      )
    return () => {
      current = false
    }
  }, [agreement.id])
  return (
    <>
      <h1 tabIndex={-1}>{desk.tabs.integrity}</h1>
      <p>{desk.integrityMeans}</p>
      {!signed ? (
        <p class="faint" role="status">
          {common.loading}
        </p>
      ) : 'fault' in signed ? (
        <p class="notice trouble" role="alert">
          {signed.fault}
        </p>
      ) : (
        <>
          <section class="card">
            <h2>{desk.checkpoint}</h2>
            <dl class="facts">
              <dt>{desk.log}</dt>
              <dd>
                <code>{signed.origin}</code>
              </dd>
              <dt>{desk.size}</dt>
              <dd>{number(signed.size)}</dd>
              <dt>{desk.root}</dt>
              <dd>
                <code>{signed.root}</code>
              </dd>
              <dt>{desk.key}</dt>
              <dd>
                {signed.key ? (
                  <>
                    <code>{signed.key.text}</code>
                    <br />
                    <span class="small faint">
                      {desk.fingerprint} <code>{toHex(signed.key.keyId)}</code>
                    </span>
                  </>
                ) : (
                  '—'
                )}
              </dd>
            </dl>
            <p class="small faint">{desk.keyMeans}</p>
            <h3>{desk.witnesses}</h3>
            {signed.witnesses.length === 0 ? (
              <p class="small">{desk.witnessesNone}</p>
            ) : (
              <>
                {signed.witnesses.some((witness) => witness.refuses) && (
                  <p class="notice trouble" role="alert">
                    <strong>✗ {desk.witnessesRefuse}</strong> {desk.witnessesRefuseMeans}
                  </p>
                )}
                <table>
                  <thead>
                    <tr>
                      <th scope="col">{desk.witness}</th>
                      <th scope="col" class="number">
                        {desk.size}
                      </th>
                      <th scope="col">
                        {desk.cosigned} <span class="faint small">({zoneName(agreement.timeZone)})</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {signed.witnesses.map((witness) => (
                      <tr>
                        <th scope="row">
                          <span dir="auto">{witness.name}</span>
                          <br />
                          <code class="small">{witness.key}</code>
                        </th>
                        <td class="number">{witness.size === undefined ? '—' : number(witness.size)}</td>
                        <td>
                          {witness.cosignedAt ? timeWords(witness.cosignedAt, agreement.timeZone) : desk.notYet}
                          {witness.refuses && (
                            <>
                              <br />
                              <strong class="broken">✗ {desk.witnessRefuses}</strong>
                            </>
                          )}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </>
            )}
          </section>
          <Verify
            agreement={agreement.id}
            origin={signed.origin}
            entryAddress={(position) => viewAddress(agreement.id, `ledger/${position}`, place)}
          />
          <section class="card">
            <h2>{desk.withoutUs}</h2>
            <p>{desk.withoutUsMeans}</p>
            <p class="row no-print">
              <a class="button" href={`/log/${agreement.id}/bundle.zip`} download>
                {desk.bundle}
              </a>
              <a class="button" href={`/log/${agreement.id}/checkpoint`} download={`${agreement.id}.checkpoint`}>
                {desk.checkpointFile}
              </a>
              <a class="button" href={`/log/${agreement.id}/policy`} download={`${agreement.id}.policy`}>
                {desk.policyFile}
              </a>
            </p>
            <pre class="command">{`./ledger verify ${location.origin} --agreement ${agreement.id}\n./ledger verify bundle.zip`}</pre>
          </section>
        </>
      )}
    </>
  )
}

async function load(agreement: string): Promise<Signed> {
  const [note, policy, witnesses] = await Promise.all(
    ['checkpoint', 'policy', 'witnesses'].map(async (name) => (await send(`/log/${agreement}/${name}`, {})).text()),
  )
  const checkpoint = readCheckpoint(readNote(note!).text)
  const key = (await readPolicy(policy!)).logs.find((log) => log.name === checkpoint.origin)
  return {
    note: note!,
    origin: checkpoint.origin,
    size: checkpoint.size,
    root: toHex(checkpoint.root),
    key,
    policy: policy!,
    witnesses: (JSON.parse(witnesses!) as WitnessesAnswer).witnesses,
  }
}

type Run =
  | { state: 'idle' }
  | { state: 'running'; done: number; of: number }
  | { state: 'done'; result: Verified; took: number }
  | { state: 'failed'; fault: string }

function Verify({
  agreement,
  origin,
  entryAddress,
}: {
  agreement: string
  origin: string
  entryAddress: (position: number) => string
}) {
  const { desk } = useWords()
  const [run, setRun] = useState<Run>({ state: 'idle' })
  const start = async () => {
    const began = performance.now()
    setRun({ state: 'running', done: 0, of: 0 })
    try {
      // Nothing that a cache kept: what is checked is what the server gives now.
      const result = await verifyLog(
        agreement,
        (path) => send(`/log/${agreement}/${path}`, { cache: 'no-store' }),
        keptCheckpoint(origin),
        (done, of) => setRun({ state: 'running', done, of }),
      )
      setRun({ state: 'done', result, took: performance.now() - began })
      if (isGood(result)) keep(result.note)
    } catch (fault) {
      setRun({ state: 'failed', fault: fault instanceof Error ? fault.message : String(fault) })
    }
  }
  return (
    <section class={run.state === 'idle' ? 'card no-print' : 'card'} id="verify">
      <h2>{desk.verifyHere}</h2>
      <p>{desk.verifyMeans}</p>
      <p class="no-print">
        <button type="button" class="main" disabled={run.state === 'running'} onClick={() => void start()}>
          {desk.verifyNow}
        </button>
      </p>
      <div aria-live="polite">
        {run.state === 'running' && (
          <p>
            <progress max={run.of || 1} value={run.done} aria-label={desk.verifyHere} />{' '}
            {fill(desk.verifying, { done: number(run.done), of: number(run.of) })}
          </p>
        )}
        {run.state === 'failed' && (
          <p class="notice trouble">
            <strong>✗ {desk.verifyFailed}</strong>{' '}
            <span lang="en" dir="ltr">
              {run.fault}
            </span>
          </p>
        )}
        {run.state === 'done' && <Result result={run.result} took={run.took} entryAddress={entryAddress} />}
      </div>
    </section>
  )
}

const isGood = (result: Verified) =>
  result.rootHolds &&
  result.tampered.length === 0 &&
  (result.signature === 'good' || result.signature === 'unsupported') &&
  (result.since?.continues ?? true)

function Result({
  result,
  took,
  entryAddress,
}: {
  result: Verified
  took: number
  entryAddress: (position: number) => string
}) {
  const { desk } = useWords()
  const good = isGood(result)
  const line = (holds: boolean | undefined, words: string) => (
    <li>
      <span class={`glyph ${holds === undefined ? 'unknown' : holds ? 'kept' : 'broken'}`} aria-hidden="true">
        {holds === undefined ? '?' : holds ? '✓' : '✗'}
      </span>
      {words}
    </li>
  )
  return (
    <div class={good ? 'notice good' : 'notice trouble'}>
      <p>
        <strong class={good ? 'kept' : 'broken'}>{good ? `✓ ${desk.verified}` : `✗ ${desk.tampered}`}</strong>{' '}
        <span class="faint small">{fill(desk.took, { n: number(result.entries), ms: number(Math.round(took)) })}</span>
      </p>
      <ul class="checks">
        {line(
          result.tampered.length === 0,
          result.tampered.length === 0
            ? fill(desk.check.entries, { n: number(result.entries) })
            : desk.check.entriesBad,
        )}
        {line(result.rootHolds, result.rootHolds ? desk.check.root : desk.check.rootBad)}
        {line(
          result.signature === 'unsupported' ? undefined : result.signature === 'good',
          result.signature === 'good'
            ? desk.check.signature
            : result.signature === 'unsupported'
              ? desk.noEd25519
              : desk.check.signatureBad,
        )}
        {result.since
          ? line(
              result.since.continues,
              fill(result.since.continues ? desk.check.since : desk.check.sinceBad, {
                n: number(result.since.kept.size),
              }),
            )
          : line(undefined, desk.check.first)}
      </ul>
      {result.tampered.map((one) => (
        <p>
          <strong>
            <a href={entryAddress(one.position)}>{fill(desk.tamperedEntry, { n: number(one.position) })}</a>
          </strong>
          : {desk.tamperedBy[one.reason]} {one.entry && <code>{one.entry}</code>}
        </p>
      ))}
      <dl class="facts small">
        <dt>{desk.rootHere}</dt>
        <dd>
          <code>{toHex(result.root)}</code>
        </dd>
        <dt>{desk.rootSigned}</dt>
        <dd>
          <code>{toHex(result.checkpoint.root)}</code>
        </dd>
      </dl>
    </div>
  )
}
