import { useState } from 'preact/hooks'
import { get, post, Refused } from '../api/client'
import { meChanged, type Me } from '../api/me'
import { makePasskey, passkeysHere } from '../api/passkeys'
import { newKey, publicKey } from '../field/outbox/deviceKey'
import { Field } from '../parts/Field'
import { fill, useWords } from '../words'
import { Trouble, troubleOf } from './Trouble'

export interface Device {
  id: string
  name: string
  publicKey: { x: string }
  fingerprint: string
  enrolledAt: string
  lastSeenAt?: string
  revokedAt?: string
}

/** The words of the browser for what it runs on; nobody has to keep them. */
const usualName = () =>
  (navigator as { userAgentData?: { platform?: string } }).userAgentData?.platform || navigator.platform || ''

/** Ties the session to this device where its key was enrolled before, as after coming in with a passkey. */
export async function recognise(): Promise<void> {
  const [{ x }, { devices }] = [await publicKey(), await get<{ devices: Device[] }>('/devices')]
  const known = devices.find((device) => device.publicKey.x === x && !device.revokedAt)
  if (known) await post('/devices', { name: known.name, publicKey: await publicKey() })
}

/** Makes this device its person's: its key signs what they file, and a passkey lets them in again. */
export function ThisDevice({ me, changed }: { me: Me; changed?: () => void }) {
  const { account } = useWords()
  const [name, setName] = useState(usualName)
  const [said, setSaid] = useState<string>()
  const [revoked, setRevoked] = useState(false)
  const [passkey, setPasskey] = useState(false)
  const [busy, setBusy] = useState(false)
  const act = async (what: () => Promise<void>) => {
    setBusy(true)
    setSaid(undefined)
    try {
      await what()
      changed?.()
    } catch (fault) {
      setRevoked(fault instanceof Refused && fault.problem.code === 'device/key-revoked')
      setSaid(troubleOf(fault))
    }
    setBusy(false)
  }
  const enrol = () =>
    act(async () => {
      await post('/devices', { name: name.trim() || usualName() || '?', publicKey: await publicKey() })
      setRevoked(false)
      meChanged()
    })
  return (
    <>
      <p>
        {account.thisDeviceMeans} {account.shared}
      </p>
      <Trouble said={said} />
      <form class="act" onSubmit={(event) => event.preventDefault()}>
        <Field label={account.deviceName}>
          <input value={name} onInput={(event) => setName(event.currentTarget.value)} maxLength={200} dir="auto" />
        </Field>
        <div>
          {me.device ? (
            <p role="status">✓ {account.enrolled}</p>
          ) : revoked ? (
            <button type="button" class="main" disabled={busy} onClick={() => void newKey().then(enrol)}>
              {account.newKey}
            </button>
          ) : (
            <button type="button" class="main" disabled={busy} onClick={() => void enrol()}>
              {account.enrol}
            </button>
          )}
          <p class="small faint">{account.enrolMeans}</p>
        </div>
        <div>
          {passkey ? (
            <p role="status">✓ {account.madePasskey}</p>
          ) : (
            <PasskeyButton
              busy={busy}
              label={account.makePasskey}
              hint={`${account.makePasskeyMeans} ${account.passkeyMeans}`}
              act={() =>
                void act(async () => {
                  await makePasskey(name.trim() || usualName() || '?')
                  setPasskey(true)
                })
              }
            />
          )}
        </div>
      </form>
    </>
  )
}

/** The button, or why there cannot be one. */
export function PasskeyButton({
  busy,
  label,
  hint,
  act,
  main = false,
}: {
  busy: boolean
  label: string
  hint: string
  act: () => void
  main?: boolean
}) {
  const { account } = useWords()
  const [here] = useState(passkeysHere)
  const byName = `http://localhost:${location.port}`
  return here === 'yes' ? (
    <>
      <button type="button" class={main ? 'main' : undefined} disabled={busy} onClick={act}>
        {label}
      </button>
      <p class="small faint">{hint}</p>
    </>
  ) : here === 'no' ? (
    <p>{account.noPasskeys}</p>
  ) : (
    <p>
      {fill(account.noPasskeyName, { host: `\u2066${location.host}\u2069` })}{' '}
      <a href={byName} dir="ltr">
        {byName}
      </a>
    </p>
  )
}
