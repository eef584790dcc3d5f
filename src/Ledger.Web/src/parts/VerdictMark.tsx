import type { Verdict } from '../api/types'
import { useWords } from '../words'

/** A verdict by shape, word and colour, so that no one of them is needed. */
export const glyphs: Record<Verdict, string> = {
  fulfilled: '✓',
  holding: '●',
  pending: '◷',
  breached: '✗',
  unknown: '?',
}

export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { common } = useWords()
  return (
    <span class={`verdict ${verdict}`}>
      <span aria-hidden="true">{glyphs[verdict]}</span> {common.verdict[verdict]}
    </span>
  )
}
