import type { Act } from './useAct'

/** What the server found wrong, where it did. */
export function Wrong({ act }: { act: Act<unknown> }) {
  if (act.kind !== 'wrong') return null
  return (
    <div class="notice trouble" role="alert">
      {act.words.map((line) => (
        <p dir="auto">{line}</p>
      ))}
    </div>
  )
}
