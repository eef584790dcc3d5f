import { useState } from 'preact/hooks'
import { useWords } from '../words'
import { leave } from '../parts/leave'
import { eraseAll } from './outbox/erase'

/** One tap, and one more that confirms it. */
export function EraseButton() {
  const { field, common } = useWords()
  const [asks, setAsks] = useState(false)
  const erase = async () => {
    await eraseAll()
    await leave()
  }
  if (!asks)
    return (
      <p>
        <button type="button" class="danger" onClick={() => setAsks(true)}>
          {field.safety.erase}
        </button>
      </p>
    )
  return (
    <div class="notice trouble" role="alertdialog" aria-label={field.safety.erase}>
      <p>{field.safety.eraseMeans}</p>
      <p class="row">
        <button type="button" class="danger" ref={(button) => button?.focus()} onClick={() => void erase()}>
          {field.safety.eraseNow}
        </button>
        <button type="button" onClick={() => setAsks(false)}>
          {common.cancel}
        </button>
      </p>
    </div>
  )
}
