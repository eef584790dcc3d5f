import type { ComponentChildren } from 'preact'
import { useWords } from '../words'
import { valueOf, type Answer } from '../api/useAnswer'
import { SignInFirst } from './SignInHere'

/** Shows an answer when it is there, and in words what stands in its way when it is not. */
export function Wait<T>({ answer, children }: { answer: Answer<T>; children: (value: T) => ComponentChildren }) {
  const { common } = useWords()
  const value = valueOf(answer)
  return (
    <>
      {answer.state === 'refused' && (
        <div class="notice trouble" role="alert">
          <p dir="auto">{answer.refused.problem.detail ?? answer.refused.problem.title}</p>
          {answer.refused.problem.errors?.map((error) => (
            <p class="small" dir="auto">
              {error.detail}
            </p>
          ))}
          {[401, 403, 404].includes(answer.refused.problem.status) && <SignInFirst />}
        </div>
      )}
      {answer.state === 'unreachable' && (
        <div class="notice trouble" role="alert">
          <p>
            {common.unreachable} {common.unreachableNext}
          </p>
          <button type="button" onClick={answer.again}>
            {common.again}
          </button>
        </div>
      )}
      {value !== undefined
        ? children(value)
        : answer.state === 'loading' && (
            <p class="faint" role="status">
              {common.loading}
            </p>
          )}
    </>
  )
}
