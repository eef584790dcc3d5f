import { Refused } from '../../api/client'
import type { Sendable } from './item'

/** What follows a failed attempt, for reports and their files alike. */

const MOST_WAIT = 300_000

export function afterFault<T extends Sendable>(sent: T, fault: unknown): T {
  // An answer that breaks off in its middle is no answer.
  if (!(fault instanceof Refused)) return later(sent)
  const { status } = fault.problem
  if (status === 401) return { ...later(sent), waitsFor: 'sign-in' }
  if (status >= 500 || status === 408 || status === 425 || status === 429) return later(sent)
  return { ...sent, state: 'attention', problem: fault.problem, attempts: sent.attempts + 1 }
}

/** Waits longer after each failure, and never in step with other phones that lost the same network. */
export const later = <T extends Sendable>(sent: T): T => ({
  ...sent,
  state: 'phone',
  waitsFor: 'network',
  attempts: sent.attempts + 1,
  nextTry: Date.now() + Math.min(MOST_WAIT, 4_000 * 2 ** Math.min(sent.attempts, 10)) * (0.5 + Math.random() / 2),
})
