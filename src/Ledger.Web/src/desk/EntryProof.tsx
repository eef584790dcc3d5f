import { useEffect, useState } from 'preact/hooks'
import { send } from '../api/client'
import type { WitnessedAnswer } from '../api/types'
import { fromText, toHex } from '../proof/bytes'
import { checkSignature, cosignedAt, readPolicy, type Checked, type VerifierKey } from '../proof/note'
import { proves, readReceipt, type Receipt } from '../proof/receipt'
import { leafHash } from '../proof/tree'
import { inZoneWords, timeWords } from '../time/zone'
import { number, useWords, fill } from '../words'

interface Proved {
  bytes: string
  hash: string
  receipt: Receipt
  holds: boolean
  signature: Checked
  /** When witnesses say that it was recorded, as far as their cosignatures hold here, in milliseconds. */
  notBefore?: Seen | undefined
  notAfter?: Seen | undefined
}

interface Seen {
  at: number
  witnesses: string[]
}

/** That an entry is in the signed log: its hash, the way to the root and the signature are worked out in this browser. */
export function EntryProof({
  agreement,
  position,
  timeZone,
  withBytes = false,
}: {
  agreement: string
  position: number
  timeZone: string
  withBytes?: boolean
}) {
  const { desk, common } = useWords()
  const [proved, setProved] = useState<Proved | { fault: string }>()
  useEffect(() => {
    let current = true
    setProved(undefined)
    prove(agreement, position)
      .then((found) => current && setProved(found))
      .catch(
        (fault: unknown) => current && setProved({ fault: fault instanceof Error ? fault.message : String(fault) }),
      )
    return () => {
      current = false
    }
  }, [agreement, position])
  const address = `/api/v1/agreements/${agreement}/entries/${position}`
  if (!proved)
    return (
      <p class="faint small" role="status">
        {common.loading}
      </p>
    )
  if ('fault' in proved)
    return (
      <p class="notice trouble" role="alert">
        {desk.proofFails}{' '}
        <span lang="en" dir="ltr">
          {proved.fault}
        </span>
      </p>
    )
  const { receipt } = proved
  const good = proved.holds && proved.signature !== 'bad' && proved.signature !== 'absent'
  return (
    <div class="proof">
      {withBytes && (
        <>
          <h2>{desk.bytes}</h2>
          <code class="bytes" dir="ltr" tabIndex={0}>
            {proved.bytes}
          </code>
        </>
      )}
      <h3>{desk.proof}</h3>
      <p class={good ? 'kept' : 'broken'}>
        {good ? `✓ ${fill(desk.proofHolds, { n: number(receipt.checkpoint.size) })}` : `✗ ${desk.proofBad}`}
      </p>
      {proved.signature === 'unsupported' && <p class="small">{desk.noEd25519}</p>}
      <h3>{desk.witnessedTimes}</h3>
      {proved.notBefore || proved.notAfter ? (
        <>
          <dl class="facts small">
            {proved.notBefore && (
              <>
                <dt>{desk.notBefore}</dt>
                <dd>
                  {timeWords(proved.notBefore.at, timeZone)} ({inZoneWords(timeZone)}){' '}
                  <span class="faint" dir="auto">
                    {proved.notBefore.witnesses.join(', ')}
                  </span>
                </dd>
              </>
            )}
            {proved.notAfter && (
              <>
                <dt>{desk.notAfter}</dt>
                <dd>
                  {timeWords(proved.notAfter.at, timeZone)} ({inZoneWords(timeZone)}){' '}
                  <span class="faint" dir="auto">
                    {proved.notAfter.witnesses.join(', ')}
                  </span>
                </dd>
              </>
            )}
          </dl>
          <p class="small faint">{desk.witnessedTimesMean}</p>
        </>
      ) : (
        <p class="small">{desk.witnessedTimesNone}</p>
      )}
      <dl class="facts small">
        <dt>{desk.leaf}</dt>
        <dd>
          <code>{proved.hash}</code>
        </dd>
        <dt>{desk.root}</dt>
        <dd>
          <code>{toHex(receipt.checkpoint.root)}</code>
        </dd>
      </dl>
      <p class="small no-print">
        <a href={`${address}/proof`} download={`${agreement}-${position}.tlog-proof`}>
          {desk.receipt}
        </a>{' '}
        ·{' '}
        <a href={address} target="_blank" rel="noreferrer">
          {desk.asJson}
        </a>
      </p>
    </div>
  )
}

async function prove(agreement: string, position: number): Promise<Proved> {
  const base = `/api/v1/agreements/${agreement}`
  const [lines, proof, policy, witnessed] = await Promise.all(
    [
      `${base}/entries.jsonl?from=${position}&limit=1`,
      `${base}/entries/${position}/proof`,
      `/log/${agreement}/policy`,
      `${base}/entries/${position}/witnessed`,
    ].map(async (address) => (await send(address, {})).text()),
  )
  const bytes = lines!.replace(/\n$/, '')
  const receipt = readReceipt(proof!)
  const { logs, witnesses } = await readPolicy(policy!)
  const key = logs.find((log) => log.name === receipt.checkpoint.origin)
  const { notBefore, notAfter } = JSON.parse(witnessed!) as WitnessedAnswer
  const seen = (of: number, size: number, entry?: string) =>
    seenBy(`${base}/entries/${of}/proof?size=${size}`, witnesses, entry)
  const [before, after] = await Promise.all([
    notBefore && seen(notBefore.size, notBefore.size),
    notAfter && seen(position, notAfter.size, bytes),
  ])
  return {
    bytes,
    hash: toHex(await leafHash(fromText(bytes))),
    receipt,
    holds: receipt.index === position - 1 && (await proves(receipt, fromText(bytes))),
    signature: key ? await checkSignature(receipt.note, key) : 'absent',
    notBefore:
      before && before.length > 0 ? { at: Math.min(...before.map((one) => one.at)), ...named(before) } : undefined,
    notAfter: after && after.length > 0 ? { at: Math.max(...after.map((one) => one.at)), ...named(after) } : undefined,
  }
}

const named = (seen: { name: string }[]) => ({ witnesses: seen.map((one) => one.name) })

/** Who cosigned the checkpoint of a receipt and when, as far as it holds: of an entry, only where the receipt leads from it to that checkpoint. */
async function seenBy(
  address: string,
  witnesses: { name: string; key: VerifierKey }[],
  entry: string | undefined,
): Promise<{ name: string; at: number }[]> {
  const receipt = readReceipt(await (await send(address, {})).text())
  if (entry !== undefined && !(await proves(receipt, fromText(entry)))) return []
  const checked = await Promise.all(
    witnesses.map(async ({ name, key }) => ({
      name,
      at: cosignedAt(receipt.note, key),
      holds: (await checkSignature(receipt.note, key)) === 'good',
    })),
  )
  return checked.flatMap(({ name, at, holds }) => (holds && at !== undefined ? [{ name, at }] : []))
}
