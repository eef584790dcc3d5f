import { useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import { words } from '../words'

export type Act<T> = { kind: 'ready' | 'busy' } | { kind: 'wrong'; words: string[] } | { kind: 'done'; value: T }

/** One thing that the server is asked to do, and what became of it, in words. */
export function useAct<T>(): [Act<T>, (path: string, body: unknown) => Promise<T | undefined>, () => void] {
  const [act, setAct] = useState<Act<T>>({ kind: 'ready' })
  const run = async (path: string, body: unknown) => {
    setAct({ kind: 'busy' })
    try {
      const { body: value } = await post<T>(path, body)
      setAct({ kind: 'done', value })
      return value
    } catch (fault) {
      setAct({ kind: 'wrong', words: wordsOf(fault) })
      return undefined
    }
  }
  return [act, run, () => setAct({ kind: 'ready' })]
}

/** What went wrong, a sentence each, with line and column where a file has them. */
export function wordsOf(fault: unknown): string[] {
  const { common, admin } = words()
  if (fault instanceof Refused) {
    const errors = fault.problem.errors as { detail: string; line?: number; column?: number }[] | undefined
    return errors && errors.length > 0
      ? errors.map((error) =>
          error.line
            ? `${admin.line.replace('{line}', String(error.line)).replace('{column}', String(error.column ?? 1))} \u2068${error.detail}\u2069`
            : error.detail,
        )
      : [fault.message]
  }
  if (fault instanceof Unreachable) return [`${common.unreachable} ${admin.onlyOnce}`]
  throw fault
}
