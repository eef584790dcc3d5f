import { useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import { may, useMe } from '../api/me'
import type { ReportWhole, Signature } from '../api/types'
import { Field } from '../parts/Field'
import { useWords } from '../words'

type State =
  | { kind: 'closed' | 'opening' }
  | { kind: 'wrong'; words: string }
  | { kind: 'open'; signature: Signature | undefined }

/** What the key that signed a report was to its reporter. The signature is sealed, so that it is opened for a reason, which is recorded. */
export function WhoSigned({ report }: { report: ReportWhole }) {
  const { review, common } = useWords()
  const me = useMe()
  const [state, setState] = useState<State>({ kind: 'closed' })
  const filed = report.filing.data.report as { sealed?: Record<string, string> } | undefined
  if (!filed?.sealed?.signature) return null
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget as HTMLFormElement).get('reason') ?? '').trim()
    setState({ kind: 'opening' })
    try {
      const { filing } = (await post<ReportWhole>(`/reports/${report.report}/openings`, { reason })).body
      setState({ kind: 'open', signature: filing.signature })
    } catch (fault) {
      if (fault instanceof Refused)
        setState({
          kind: 'wrong',
          words: fault.problem.errors?.map((error) => error.detail).join(' ') || fault.message,
        })
      else if (fault instanceof Unreachable) setState({ kind: 'wrong', words: common.unreachable })
      else throw fault
    }
  }
  return (
    <details class="card">
      <summary>{review.signed}</summary>
      {state.kind === 'open' ? (
        <p role="status" class={`signed ${state.signature?.standing ?? ''}`}>
          {state.signature ? review.standing[state.signature.standing ?? 'none'] : review.standing.erased}
        </p>
      ) : !may(me, 'opensealed', report.agreement) ? (
        <p class="small">{review.signedSealed}</p>
      ) : (
        <form class="act" onSubmit={(event) => void submit(event)}>
          <Field label={review.reason} hint={review.signedMeans}>
            <input name="reason" required maxLength={500} dir="auto" />
          </Field>
          {state.kind === 'wrong' && (
            <p class="notice trouble" role="alert" dir="auto">
              {state.words}
            </p>
          )}
          <button class="main" disabled={state.kind === 'opening'}>
            {review.openSignature}
          </button>
        </form>
      )}
    </details>
  )
}
