import { useEffect, useState } from 'preact/hooks'
import { Field } from '../parts/Field'
import { fill, latinDigits, number, useWords } from '../words'
import { EraseButton } from './EraseButton'
import { Install } from './Install'
import { fingerprint } from './outbox/deviceKey'
import { isLocked, lockNow, setPin } from './outbox/store'
import { Trouble, troubleOf } from './outbox/Trouble'
import { useKept } from './outbox/useKept'

/** What protects the person who holds this phone, and what it does not do. */
export function Safety(_: { agreement: string | undefined }) {
  const { field } = useWords()
  const key = useKept(fingerprint, [])
  return (
    <>
      <h1 tabIndex={-1}>{field.tabs.safety}</h1>
      <Pin />
      <section>
        <h2>{field.safety.eraseTitle}</h2>
        <p>{field.safety.eraseHint}</p>
        <EraseButton />
      </section>
      <Storage />
      <Install />
      <section>
        <h2>{field.safety.keyTitle}</h2>
        <p>{field.safety.keyMeans}</p>
        <p>
          <code>{key ?? ''}</code>
        </p>
      </section>
    </>
  )
}

function Pin() {
  const { field } = useWords()
  const state = useKept(isLocked, [])
  const [pin, setTyped] = useState('')
  const [again, setAgain] = useState('')
  const [working, setWorking] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const set = async (next: string | undefined) => {
    setWorking(true)
    try {
      await setPin(next)
      setTyped('')
      setAgain('')
    } catch (fault) {
      setTrouble(troubleOf(fault))
    }
    setWorking(false)
  }
  const typed = latinDigits(pin)
  const save = (event: Event) => {
    event.preventDefault()
    if (typed.length < 6) setTrouble(field.safety.pinShort)
    else if (typed !== latinDigits(again)) setTrouble(field.safety.pinDiffers)
    else {
      setTrouble(undefined)
      void set(typed)
    }
  }
  return (
    <section>
      <h2>{field.safety.pin}</h2>
      <p role="status">{state === 'open' ? field.safety.pinIsSet : field.safety.pinIsNot}</p>
      <p class="small faint">{field.safety.pinMeans}</p>
      <Trouble said={trouble} />
      {state === 'open' ? (
        <p class="row">
          <button type="button" onClick={lockNow}>
            {field.safety.lockNow}
          </button>
          <button type="button" disabled={working} onClick={() => void set(undefined)}>
            {field.safety.pinRemove}
          </button>
        </p>
      ) : (
        <form class="row bottom" onSubmit={save}>
          <Field label={field.safety.pinNew}>
            <input
              type="password"
              inputMode="numeric"
              autocomplete="off"
              value={pin}
              onInput={(event) => setTyped(event.currentTarget.value)}
              required
            />
          </Field>
          <Field label={field.safety.pinAgain}>
            <input
              type="password"
              inputMode="numeric"
              autocomplete="off"
              value={again}
              onInput={(event) => setAgain(event.currentTarget.value)}
              required
            />
          </Field>
          <button type="submit" disabled={working}>
            {field.safety.pinSet}
          </button>
        </form>
      )}
    </section>
  )
}

function Storage() {
  const { field } = useWords()
  const [state, setState] = useState<{ used: number; quota: number; persisted: boolean }>()
  const look = async () => {
    const { usage = 0, quota = 0 } = await navigator.storage.estimate()
    setState({ used: usage, quota, persisted: await navigator.storage.persisted() })
  }
  useEffect(() => void look(), [])
  const megabytes = (bytes: number) => number(Math.max(1, Math.round(bytes / 1_000_000)))
  return (
    <section>
      <h2>{field.safety.storage}</h2>
      {state && (
        <>
          <p>{fill(field.safety.used, { used: megabytes(state.used), quota: megabytes(state.quota) })}</p>
          <p role="status">{state.persisted ? field.safety.persisted : field.safety.notPersisted}</p>
          {!state.persisted && (
            <p>
              <button type="button" onClick={() => void navigator.storage.persist().then(look)}>
                {field.safety.persist}
              </button>
            </p>
          )}
        </>
      )}
    </section>
  )
}
