import { useEffect, useRef, useState } from 'preact/hooks'
import { get, Refused, Unreachable } from './client'

export type Answer<T> =
  | { state: 'loading'; before?: T }
  | { state: 'here'; value: T }
  | { state: 'refused'; refused: Refused; before?: T }
  | { state: 'unreachable'; before?: T; again: () => void }

/** Milliseconds until the next attempt, after one, two and more that came to nothing. */
const PAUSES = [1_000, 2_000, 5_000, 15_000, 30_000]

/** Nobody answered, or the server has too much to do: the same question can be answered a moment later. */
const mayPass = (fault: unknown) =>
  fault instanceof Unreachable || (fault instanceof Refused && [408, 425, 429].includes(fault.problem.status))

/**
 * Asks the server, and again when the question or the count changes, and by itself as long as nobody answers. What was there stays until the new answer comes, so
 * that nothing flickers.
 */
export function useAnswer<T>(path: string | undefined, query = '', asked = 0): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const last = useRef<{ path: string; value: T }>(undefined)
  const failed = useRef({ question: '', times: 0 })
  useEffect(() => {
    if (path === undefined) return
    const stop = new AbortController()
    const before = last.current?.path === path ? { before: last.current.value } : {}
    const question = `${path}?${query}#${asked}`
    if (failed.current.question !== question) failed.current = { question, times: 0 }
    // An attempt of its own changes nothing that is seen or heard until it is answered.
    if (failed.current.times === 0) setAnswer({ state: 'loading', ...before })
    const again = () => setAttempt((n) => n + 1)
    let pause: number | undefined
    get<T>(path, query, stop.signal)
      .then((value) => {
        failed.current.times = 0
        last.current = { path, value }
        setAnswer({ state: 'here', value })
      })
      .catch((fault: unknown) => {
        if (stop.signal.aborted) return
        if (fault instanceof Refused) setAnswer({ state: 'refused', refused: fault, ...before })
        else if (fault instanceof Unreachable)
          setAnswer({
            state: 'unreachable',
            ...before,
            again: () => {
              failed.current.times = 0
              again()
            },
          })
        else throw fault
        if (!mayPass(fault)) return
        addEventListener('online', again)
        // Without a network the browser says when there is one.
        if (navigator.onLine)
          pause = window.setTimeout(again, PAUSES[Math.min(failed.current.times, PAUSES.length - 1)])
        failed.current.times++
      })
    return () => {
      stop.abort()
      clearTimeout(pause)
      removeEventListener('online', again)
    }
  }, [path, query, attempt, asked])
  return answer
}

/** What there is to show: the answer, or the one before it. */
export const valueOf = <T>(answer: Answer<T>): T | undefined => (answer.state === 'here' ? answer.value : answer.before)
