import { useState } from 'preact/hooks'
import { Field } from '../../parts/Field'
import { label, textOf, useWords } from '../../words'
import type { Draft } from './draft'
import type { Part } from './Form'

const nothing = { low: '', best: '', high: '' }
const bounds = ['low', 'best', 'high'] as const

/** Counts as the source gives them, attributes, and what ties reports together. */
export function WhatPart({ draft, file, change, wrong }: Part) {
  const { field, common } = useWords()
  const names = Object.keys(file.codebook.quantities ?? {})
  const [all, setAll] = useState(false)
  const shown = all ? names : names.filter((name, i) => i < 4 || draft.quantities[name])
  const set = (name: string, changes: Partial<Draft['quantities'][string]>) => change({ quantities: { ...draft.quantities, [name]: { ...(draft.quantities[name] ?? nothing), ...changes } } })
  return (
    <>
      {names.length > 0 && <p class="small faint">{field.what.countsHint}</p>}
      <div class="counts">
        {names.length > 0 && <div class="count-line head" aria-hidden="true"><span />{bounds.map(bound => <span class="faint small">{common.quantity[bound]}</span>)}</div>}
        {shown.map(name => (
          <div role="group" aria-label={label(file.codebook.quantities, name)} class={wrong(name) ? 'count-line wrong' : 'count-line'}>
            <span>{label(file.codebook.quantities, name)}</span>
            {bounds.map(bound => <input aria-label={`${label(file.codebook.quantities, name)}: ${common.quantity[bound]}`} inputMode="numeric" autocomplete="off" value={draft.quantities[name]?.[bound] ?? ''} onInput={event => set(name, { [bound]: event.currentTarget.value })} />)}
            {wrong(name) && <span class="problem" role="alert">{wrong(name)}</span>}
          </div>
        ))}
      </div>
      {shown.length < names.length && <p><button type="button" class="plain" onClick={() => setAll(true)}>{field.what.moreCounts}</button></p>}
      <div class="fields">
        {Object.entries(file.codebook.attributes ?? {}).map(([name, attribute]) => (
          <Field label={textOf(attribute.label).words || name}>
            <select value={draft.attributes[name] ?? ''} onChange={event => change({ attributes: { ...draft.attributes, [name]: event.currentTarget.value } })}>
              <option value="">{field.what.notSaid}</option>
              {Object.keys(attribute.values).map(value => <option value={value}>{label(attribute.values, value)}</option>)}
            </select>
          </Field>
        ))}
      </div>
      <Field label={field.what.subject} hint={field.what.subjectHint}>
        <input dir="auto" autocomplete="off" value={draft.subject} onInput={event => change({ subject: event.currentTarget.value })} maxLength={200} />
      </Field>
    </>
  )
}
