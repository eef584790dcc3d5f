import { useEffect, useRef, useState } from 'preact/hooks'
import { get, Refused, Unreachable } from './client'

export type Answer<T> =
  | { state: 'loading'; before?: T }
  | { state: 'here'; value: T }
  | { state: 'refused'; refused: Refused; before?: T }
  | { state: 'unreachable'; before?: T; again: () => void }

/** Asks the server, and again when the question or the count changes. What was there stays until the new answer comes, so that nothing flickers. */
export function useAnswer<T>(path: string | undefined, query = '', asked = 0): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const last = useRef<{ path: string; value: T }>(undefined)
  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    const before = last.current?.path === path ? { before: last.current.value } : {}
    setAnswer({ state: 'loading', ...before })
    get<T>(path, query, stop.signal)
      .then((value) => {
        last.current = { path, value }
        setAnswer({ state: 'here', value })
      })
      .catch((fault: unknown) => {
        if (stop.signal.aborted) return
        if (fault instanceof Refused) setAnswer({ state: 'refused', refused: fault, ...before })
        else if (fault instanceof Unreachable)
          setAnswer({ state: 'unreachable', ...before, again: () => setAttempt((n) => n + 1) })
        else throw fault
      })
    return () => stop.abort()
  }, [path, query, attempt, asked])
  useEffect(() => {
    const again = () => setAttempt((n) => n + 1)
    if (answer.state !== 'unreachable') return
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [answer.state])
  return answer
}

/** What there is to show: the answer, or the one before it. */
export const valueOf = <T>(answer: Answer<T>): T | undefined => (answer.state === 'here' ? answer.value : answer.before)
