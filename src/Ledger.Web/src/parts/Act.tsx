import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import type { Receipt } from '../api/types'
import { uuid7 } from '../api/uuid'
import { fill, useWords } from '../words'
import { Field } from './Field'
import { Troubles, troublesOf, troubleWords, type Trouble } from './problems'
import { signInAddress } from './router'

type State =
  | { kind: 'ready' | 'sending' | 'unreachable' }
  | { kind: 'wrong'; troubles: readonly Trouble[] }
  | { kind: 'done'; receipt: Receipt }

/**
 * A form whose content becomes one entry. Its id is made once, so that pressing twice, or after a fault, records once. What is wrong is said at the field that
 * has its name, and otherwise below them; what was written stays.
 */
export function Act({
  path,
  more,
  type,
  button,
  onDone,
  seeIt,
  author = true,
  children,
}: {
  path: string
  /** What is sent beside the fields of the form; what is undefined is not. */
  more?: object
  /** The type of the entry, where the address takes several. */
  type?: string
  button: string
  onDone: (receipt: Receipt) => void
  seeIt?: string
  /** Whether it is asked who says so. */
  author?: boolean
  children: ComponentChildren
}) {
  const { review, common } = useWords()
  const [state, setState] = useState<State>({ kind: 'ready' })
  const id = useRef(uuid7())
  const form = useRef<HTMLFormElement>(null)
  const memberOf = (name: string) =>
    name === '' ? null : form.current?.querySelector<HTMLElement>(`[data-member="${CSS.escape(name)}"]`)
  // Once for each refusal: what is put right afterwards moves nobody.
  const [refusals, setRefusals] = useState(0)
  useEffect(() => {
    if (state.kind !== 'wrong') return
    const first = state.troubles.map(({ name }) => memberOf(name)).find(Boolean)
    first?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  }, [refusals])
  const putRight = (event: InputEvent) => {
    const member = (event.target as Element).closest<HTMLElement>('[data-member]')?.dataset['member']
    if (state.kind === 'wrong' && member !== undefined)
      setState({ ...state, troubles: state.troubles.filter(({ name }) => name !== member) })
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (state.kind === 'sending') return
    const given = Object.fromEntries(
      [...new FormData(event.currentTarget as HTMLFormElement)]
        .map(([name, value]) => [name, String(value).trim()])
        .filter(([, value]) => value !== ''),
    )
    setState({ kind: 'sending' })
    try {
      const data = { entryId: id.current, ...more, ...given }
      const { body } = await post<Receipt>(path, type === undefined ? data : { type, data })
      setState({ kind: 'done', receipt: body })
    } catch (fault) {
      if (fault instanceof Refused) {
        // What was refused is not recorded; with other words it is another entry.
        id.current = uuid7()
        setState({ kind: 'wrong', troubles: troublesOf(fault) })
        setRefusals((n) => n + 1)
      } else if (fault instanceof Unreachable) setState({ kind: 'unreachable' })
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
        <button type="button" onClick={() => onDone(state.receipt)}>
          {seeIt ?? review.seeIt}
        </button>
      </div>
    )
  const troubles = state.kind === 'wrong' ? state.troubles : []
  const elsewhere = troubles.filter(({ name }) => !memberOf(name))
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} class="act" noValidate onInput={putRight}>
      <Troubles.Provider value={troubles}>
        {children}
        {author && (
          <Field label={review.by} hint={review.byHint} name="by">
            <input name="by" dir="auto" autoComplete="name" />
          </Field>
        )}
      </Troubles.Provider>
      {(elsewhere.length > 0 || state.kind === 'unreachable') && (
        <div class="notice trouble" role="alert" dir="auto">
          {state.kind === 'unreachable' && (
            <p>
              {common.unreachable} {review.sendAgain}
            </p>
          )}
          {elsewhere.map((one) => (
            <p>
              {troubleWords(one, one.name)}{' '}
              {one.code === 'permission/sign-in' && (
                <a href={signInAddress()} target="_blank" rel="noreferrer">
                  {common.nav.signIn}
                </a>
              )}
            </p>
          ))}
        </div>
      )}
      <button class="main" disabled={state.kind === 'sending'}>
        {button}
      </button>
    </form>
  )
}
