import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import type { Receipt } from '../api/types'
import { uuid7 } from '../api/uuid'
import { fill, useWords } from '../words'
import { Field } from './Field'

/** A form whose content becomes one entry. Its id is made once, so that pressing twice, or after a fault, records once. */
export function Act({
  path,
  more,
  button,
  onDone,
  children,
}: {
  path: string
  more?: object
  button: string
  onDone: () => void
  children: ComponentChildren
}) {
  const { review, common } = useWords()
  const [state, setState] = useState<
    { kind: 'ready' | 'sending' } | { kind: 'wrong'; words: string } | { kind: 'done'; receipt: Receipt }
  >({ kind: 'ready' })
  const id = useRef(uuid7())
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const given = Object.fromEntries(
      [...new FormData(event.currentTarget as HTMLFormElement)]
        .map(([name, value]) => [name, String(value).trim()])
        .filter(([, value]) => value !== ''),
    )
    setState({ kind: 'sending' })
    try {
      const { body } = await post<Receipt>(path, { entryId: id.current, ...more, ...given })
      setState({ kind: 'done', receipt: body })
    } catch (fault) {
      if (fault instanceof Refused) {
        // What was refused is not recorded; with other words it is another entry.
        id.current = uuid7()
        setState({
          kind: 'wrong',
          words: fault.problem.errors?.map((error) => error.detail).join(' ') || fault.message,
        })
      } else if (fault instanceof Unreachable)
        setState({ kind: 'wrong', words: `${common.unreachable} ${review.sendAgain}` })
      else throw fault
    }
  }
  if (state.kind === 'done')
    return (
      <div class="notice good" role="status">
        <p>{fill(review.recorded, { n: state.receipt.position })}</p>
        <p>
          <code>{state.receipt.hash}</code>
        </p>
        <button type="button" onClick={onDone}>
          {review.seeIt}
        </button>
      </div>
    )
  return (
    <form onSubmit={(event) => void submit(event)} class="act">
      {children}
      <Field label={review.by} hint={review.byHint}>
        <input name="by" dir="auto" autoComplete="name" />
      </Field>
      {state.kind === 'wrong' && (
        <p class="notice trouble" role="alert" dir="auto">
          {state.words}
        </p>
      )}
      <button class="main" disabled={state.kind === 'sending'}>
        {button}
      </button>
    </form>
  )
}
