import { useState } from 'preact/hooks'
import { post } from '../api/client'
import type { Standing, Text } from '../api/types'
import { uuid7 } from '../api/uuid'
import { VerdictMark } from '../parts/VerdictMark'
import { textOf, useWords } from '../words'
import { wordsOf } from './useAct'

interface Change {
  provision: string
  title: Text
  before?: Standing
  after?: Standing
}

type State =
  | { kind: 'ready' | 'busy' }
  | { kind: 'wrong'; words: string[] }
  | { kind: 'here'; changes: Change[]; asOf: string }

/** Which verdicts an entry would change, asked of the server, which stores nothing. */
export function Preview({
  agreement,
  suppose,
  ready,
}: {
  agreement: string
  suppose: { type: string; data: object }
  ready: boolean
}) {
  const { admin } = useWords()
  const [state, setState] = useState<State>({ kind: 'ready' })
  const [asOf, setAsOf] = useState('')
  const ask = async () => {
    setState({ kind: 'busy' })
    try {
      const { body } = await post<{ provisions: Change[] }>(
        `/agreements/${encodeURIComponent(agreement)}/what-if${asOf ? `?asOf=${asOf}` : ''}`,
        { suppose: [{ ...suppose, data: { entryId: uuid7(), ...suppose.data } }] },
      )
      setState({ kind: 'here', changes: body.provisions, asOf })
    } catch (fault) {
      setState({ kind: 'wrong', words: wordsOf(fault) })
    }
  }
  return (
    <fieldset class="choices preview">
      <legend class="field-label">{admin.preview}</legend>
      <div class="row">
        <label class="field">
          <span class="field-label">{admin.previewDay}</span>
          <input type="date" value={asOf} onInput={(event) => setAsOf(event.currentTarget.value)} />
        </label>
        <button type="button" disabled={!ready || state.kind === 'busy'} onClick={() => void ask()}>
          {admin.previewShow}
        </button>
      </div>
      <div aria-live="polite">
        {state.kind === 'wrong' && (
          <div class="notice trouble">
            {state.words.map((line) => (
              <p dir="auto">{line}</p>
            ))}
          </div>
        )}
        {state.kind === 'here' &&
          (state.changes.length === 0 ? (
            <p>{admin.previewNone}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">{admin.provision}</th>
                  <th scope="col">{admin.before}</th>
                  <th scope="col">{admin.after}</th>
                </tr>
              </thead>
              <tbody>
                {state.changes.map((change) => {
                  const title = textOf(change.title)
                  return (
                    <tr>
                      <td>
                        <code>{change.provision}</code>{' '}
                        <span lang={title.lang} dir="auto">
                          {title.words}
                        </span>
                      </td>
                      <td>{change.before ? <VerdictMark verdict={change.before.verdict} /> : '–'}</td>
                      <td>{change.after ? <VerdictMark verdict={change.after.verdict} /> : '–'}</td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          ))}
      </div>
    </fieldset>
  )
}
