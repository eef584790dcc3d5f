import { words } from '../../words'
import { Locked } from './store'

/** Why something could not be kept, in plain words. */
export function troubleOf(fault: unknown): string {
  const { trouble } = words().field
  if (fault instanceof DOMException && fault.name === 'QuotaExceededError') return trouble.full
  if (fault instanceof Locked) return trouble.locked
  return `${trouble.notKept} (${fault instanceof Error ? fault.message : String(fault)})`
}

export function Trouble({ said }: { said: string | undefined }) {
  return said === undefined ? null : (
    <div class="notice trouble" role="alert">
      <p>{said}</p>
    </div>
  )
}
