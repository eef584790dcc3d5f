import { useEffect, useState } from 'preact/hooks'
import { send } from '../api/client'
import { fromText, toHex } from '../proof/bytes'
import { checkSignature, readPolicy, type Checked } from '../proof/note'
import { proves, readReceipt, type Receipt } from '../proof/receipt'
import { leafHash } from '../proof/tree'
import { number, useWords, fill } from '../words'

interface Proved {
  bytes: string
  hash: string
  receipt: Receipt
  holds: boolean
  signature: Checked
}

/** That an entry is in the signed log: its hash, the way to the root and the signature are worked out in this browser. */
export function EntryProof({
  agreement,
  position,
  withBytes = false,
}: {
  agreement: string
  position: number
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
  const [lines, proof, policy] = await Promise.all(
    [
      `${base}/entries.jsonl?from=${position}&limit=1`,
      `${base}/entries/${position}/proof`,
      `/log/${agreement}/policy`,
    ].map(async (address) => (await send(address, {})).text()),
  )
  const bytes = lines!.replace(/\n$/, '')
  const receipt = readReceipt(proof!)
  const key = (await readPolicy(policy!)).logs.find((log) => log.name === receipt.checkpoint.origin)
  return {
    bytes,
    hash: toHex(await leafHash(fromText(bytes))),
    receipt,
    holds: receipt.index === position - 1 && (await proves(receipt, fromText(bytes))),
    signature: key ? await checkSignature(receipt.note, key) : 'absent',
  }
}
