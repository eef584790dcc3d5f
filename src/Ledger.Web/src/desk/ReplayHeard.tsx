import { useEffect, useRef, useState } from 'preact/hooks'
import type { Interval } from '../api/types'
import { dayWords } from '../time/zone'
import { called, count, textOf, useWords } from '../words'
import { differs, intervalAt } from './course'
import type { View } from './view'

/** A slider that moves on within this time is not told of: nobody can listen to that. */
const REST = 700

/** What the map and the strips show at the day where the slider rests, for those who hear it: how many incidents, and which verdicts changed since the day told before. */
export function ReplayHeard({
  agreement,
  shown,
  at,
  total,
}: View & { shown: Record<string, Interval[]>; at: number; total: number }) {
  const { desk, common } = useWords()
  const [told, setTold] = useState('')
  // What stands there when the page opens is read with the page.
  const before = useRef(at)
  useEffect(() => {
    const wait = setTimeout(() => {
      const last = before.current
      before.current = at
      if (last === at) return
      const turned = Object.entries(shown).flatMap(([id, intervals]) => {
        const now = intervalAt(intervals, at)
        if (!now || !differs(now, intervalAt(intervals, last))) return []
        const { title } = agreement.file.provisions.find((provision) => provision.id === id) ?? {}
        const verdict = now.life === 'in-force' ? common.verdict[now.verdict] : called(common.life, now.life)
        return [`${textOf(title).words || id}: ${verdict}`]
      })
      setTold(
        [
          `${dayWords(at, agreement.timeZone)}: ${count(total, desk.happened)}`,
          ...(turned.length > 0 ? turned : [desk.noTurn]),
        ].join('. '),
      )
    }, REST)
    return () => clearTimeout(wait)
  }, [at, total, shown])
  return (
    <p class="visually-hidden" role="status">
      {told}
    </p>
  )
}
