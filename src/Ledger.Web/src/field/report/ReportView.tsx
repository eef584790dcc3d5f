import { useEffect, useRef, useState } from 'preact/hooks'
import type { Agreement } from '../../api/types'
import { useAnswer } from '../../api/useAnswer'
import { Wait } from '../../parts/Wait'
import { useWords } from '../../words'
import { Check } from './Check'
import type { Draft } from '../draft/draft'
import { Form } from './Form'
import { Keeper, latestOf } from './keeper'
import type { Part } from './part'
import { useSole } from './useSole'

/** A report that is being written. It is kept at every change, so that closing, a crash or an update of the app costs nothing. */
export function ReportView({ id, checking }: { id: string; checking: boolean }) {
  const { field, common } = useWords()
  const [draft, setDraft] = useState<Draft | null>()
  const [sole, take] = useSole(id)
  useEffect(() => {
    // Another tab may have written on, or finished it.
    if (sole === 'mine') void latestOf(id).then((found) => setDraft(found ?? null))
    else setDraft(undefined)
  }, [id, sole])
  if (sole === 'elsewhere' || sole === 'taken')
    return (
      <>
        <h1 tabIndex={-1}>{field.openElsewhere}</h1>
        <p>{sole === 'taken' ? field.tookOver : field.oneWriter}</p>
        <p class="row">
          <button type="button" class="main" onClick={take}>
            {field.writeHere}
          </button>
          <a class="button" href="/field">
            {field.tabs.today}
          </a>
        </p>
      </>
    )
  if (draft === undefined)
    return (
      <p class="faint" role="status">
        {common.loading}
      </p>
    )
  if (draft === null)
    return (
      <>
        <h1 tabIndex={-1}>{field.noDraft}</h1>
        <p>
          <a href="/field">{field.tabs.today}</a> · <a href="/field/outbox">{field.tabs.outbox}</a>
        </p>
      </>
    )
  return <Writing draft={draft} checking={checking} />
}

function Writing({ draft: first, checking }: { draft: Draft; checking: boolean }) {
  const [draft, setDraft] = useState(first)
  const [keptAt, setKept] = useState<number | string>()
  const keeper = useRef<Keeper>(undefined)
  keeper.current ??= new Keeper(setKept)
  useEffect(() => {
    if (typeof keptAt !== 'string') return
    // Closing the tab would lose what could not be kept; within the app it is not lost.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [keptAt])
  const answer = useAnswer<Agreement>(`/agreements/${encodeURIComponent(draft.agreement)}`)
  const change: Part['change'] = (changes) =>
    setDraft((before) => {
      const next = {
        ...before,
        ...(typeof changes === 'function' ? changes(before) : changes),
        changedAt: Date.now(),
      }
      keeper.current!.keep(next)
      return next
    })
  return (
    <Wait answer={answer}>
      {({ file }) =>
        checking ? (
          <Check draft={draft} file={file} kept={() => keeper.current!.done()} />
        ) : (
          <Form draft={draft} file={file} change={change} keptAt={keptAt} />
        )
      }
    </Wait>
  )
}
