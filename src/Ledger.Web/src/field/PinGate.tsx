import { useState } from 'preact/hooks'
import { Field } from '../parts/Field'
import { latinDigits, useWords } from '../words'
import { unlock } from './outbox/store'
import { EraseButton } from './EraseButton'

/** Asks for the PIN before anything that this phone keeps is shown. */
export function PinGate() {
  const { field } = useWords()
  const [pin, setPin] = useState('')
  const [state, setState] = useState<'asks' | 'tries' | 'wrong'>('asks')
  const open = async (event: Event) => {
    event.preventDefault()
    setState('tries')
    if (!(await unlock(latinDigits(pin)))) {
      setState('wrong')
      setPin('')
    }
  }
  return (
    <>
      <h1 tabIndex={-1}>{field.safety.locked}</h1>
      <form class="narrow" onSubmit={(event) => void open(event)}>
        <Field label={field.safety.pin} wrong={state === 'wrong' ? field.safety.pinWrong : undefined}>
          <input
            type="password"
            inputMode="numeric"
            autocomplete="off"
            value={pin}
            onInput={(event) => setPin(event.currentTarget.value)}
            required
            autofocus
          />
        </Field>
        <p>
          <button class="main" type="submit" disabled={state === 'tries'}>
            {state === 'tries' ? field.safety.opening : field.safety.unlock}
          </button>
        </p>
      </form>
      <p class="small faint">{field.safety.lockedMeans}</p>
      <EraseButton />
    </>
  )
}
