import { useState } from 'preact/hooks'
import type { HandlesPage, HandleSummary } from '../api/described'
import type { Agreement, Entry, Receipt } from '../api/types'
import { useAnswer } from '../api/useAnswer'
import { Act } from '../parts/Act'
import { Field } from '../parts/Field'
import { Wait } from '../parts/Wait'
import { called, fill, latinDigits, useWords } from '../words'

/** Erases what is sealed of one person, who is found by an entry of theirs: first it is requested, then confirmed, which nobody can undo. */
export function ErasureForm({ agreement, onDone }: { agreement: Agreement; onDone: (receipt: Receipt) => void }) {
  const { record } = useWords()
  const [position, setPosition] = useState('')
  const [done, setDone] = useState(0)
  const find = (event: SubmitEvent) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget as HTMLFormElement).get('position')
    setPosition(latinDigits(String(given ?? '')).trim())
  }
  const recorded = (receipt: Receipt) => {
    setDone((n) => n + 1)
    onDone(receipt)
  }
  return (
    <>
      <p class="small">{record.erasureMeans}</p>
      <form class="act" onSubmit={find}>
        <Field label={record.erasurePosition}>
          <input name="position" inputMode="numeric" size={8} required />
        </Field>
        <button>{record.erasureFind}</button>
      </form>
      {position !== '' && (
        <Found key={position} agreement={agreement} position={position} asked={done} onDone={recorded} />
      )}
    </>
  )
}

function Found({
  agreement,
  position,
  asked,
  onDone,
}: {
  agreement: Agreement
  position: string
  asked: number
  onDone: (receipt: Receipt) => void
}) {
  const { record } = useWords()
  const query = new URLSearchParams({ position }).toString()
  const handles = useAnswer<HandlesPage>(`/agreements/${agreement.id}/handles`, query, asked)
  return (
    <Wait answer={handles}>
      {({ handles }) =>
        handles.length === 0 ? (
          <p role="status">{record.erasureNone}</p>
        ) : (
          <>
            {handles.map((one) => (
              <Handle key={`${one.handle} ${one.state}`} agreement={agreement} handle={one} onDone={onDone} />
            ))}
          </>
        )
      }
    </Wait>
  )
}

function Handle({
  agreement,
  handle,
  onDone,
}: {
  agreement: Agreement
  handle: HandleSummary
  onDone: (receipt: Receipt) => void
}) {
  const { record, desk, common } = useWords()
  const request = useAnswer<Entry>(
    handle.state === 'requested' ? `/agreements/${agreement.id}/entries/${handle.requestedAt}` : undefined,
  )
  return (
    <section class="entry">
      <p>
        {handle.positions.length > 0 && (
          <>
            {fill(record.erasureOf, {
              positions: handle.positions.join(common.comma),
              names: handle.names.map((name) => called(desk.field as Record<string, string>, name)).join(common.comma),
            })}{' '}
          </>
        )}
        <span class="tag">{called(record.erasureState, handle.state)}</span>
      </p>
      {handle.state === 'open' && (
        <Act
          path={`/agreements/${agreement.id}/erasures`}
          more={{ handle: handle.handle }}
          button={record.requestErasure}
          seeIt={record.asItStands}
          author={false}
          onDone={onDone}
        >
          <Authority />
        </Act>
      )}
      {handle.state === 'requested' && (
        <Wait answer={request}>
          {({ entry }) => (
            <Act
              path={`/erasures/${entry}/confirmations`}
              button={record.confirmErasure}
              seeIt={record.asItStands}
              author={false}
              onDone={onDone}
            >
              <p class="notice trouble">{record.confirmMeans}</p>
              <Authority />
            </Act>
          )}
        </Wait>
      )}
    </section>
  )
}

function Authority() {
  const { record } = useWords()
  return (
    <Field label={record.authority} hint={record.authorityHint} name="authority">
      <textarea name="authority" dir="auto" />
    </Field>
  )
}
