import { useMemo, useState } from 'preact/hooks'
import type { ReportHead } from '../../api/types'
import { Field } from '../../parts/Field'
import { useAnswer, valueOf } from '../../api/useAnswer'
import { label, textOf, useWords } from '../../words'
import type { Draft } from '../draft/draft'
import type { Part } from './part'
import { wantedBy } from './wanted'

const nothing = { low: '', best: '', high: '' }
const bounds = ['low', 'best', 'high'] as const
const FEW = 4

/** Counts as the source gives them, attributes, and what ties reports together: first what the agreement looks at in this kind of report, the rest on request. */
export function WhatPart({ draft, file, change, wrong }: Part) {
  const { field, common } = useWords()
  const [all, setAll] = useState(false)
  const wanted = useMemo(() => wantedBy(file, draft.kind), [file, draft.kind])
  const reports =
    valueOf(
      useAnswer<{ reports: ReportHead[] }>(`/agreements/${encodeURIComponent(draft.agreement)}/reports`, 'limit=1000'),
    )?.reports ?? []
  const alike = reports.filter((report) => report.content.kind === draft.kind)
  const used = (name: string) => alike.filter((report) => report.content.quantities?.[name]).length
  const quantities = Object.keys(file.codebook.quantities ?? {}).sort(
    (a, b) => Number(wanted.quantities.has(b)) - Number(wanted.quantities.has(a)) || used(b) - used(a),
  )
  const attributes = Object.keys(file.codebook.attributes ?? {})
  const shown = quantities.filter((name, i) => all || i < FEW || draft.quantities[name])
  const asked = attributes.filter((name) => all || wanted.attributes.has(name) || draft.attributes[name])
  const wantsSubject = wanted.followed || wanted.subjects.length > 0
  const asksSubject = all || wantsSubject || draft.subject !== ''
  const known = [
    ...new Set([
      ...wanted.subjects,
      ...(wanted.followed ? reports : alike).flatMap((report) => report.content.subject ?? []),
    ]),
  ]
  const set = (name: string, changes: Partial<Draft['quantities'][string]>) =>
    change({ quantities: { ...draft.quantities, [name]: { ...(draft.quantities[name] ?? nothing), ...changes } } })
  return (
    <>
      {asksSubject && (
        <Field label={field.what.subject} hint={wantsSubject ? field.what.subjectWanted : field.what.subjectHint}>
          <input
            dir="auto"
            autocomplete="off"
            list="known-subjects"
            value={draft.subject}
            onInput={(event) => change({ subject: event.currentTarget.value })}
            maxLength={200}
          />
          <datalist id="known-subjects">
            {known.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        </Field>
      )}
      {asked.length > 0 && (
        <div class="fields">
          {asked.map((name) => (
            <Field label={textOf(file.codebook.attributes![name]!.label).words || name}>
              <select
                value={draft.attributes[name] ?? ''}
                onChange={(event) => change({ attributes: { ...draft.attributes, [name]: event.currentTarget.value } })}
              >
                <option value="">{field.what.notSaid}</option>
                {Object.keys(file.codebook.attributes![name]!.values).map((value) => (
                  <option value={value}>{label(file.codebook.attributes![name]!.values, value)}</option>
                ))}
              </select>
            </Field>
          ))}
        </div>
      )}
      {quantities.length > 0 && <p class="small faint">{field.what.countsHint}</p>}
      <div class="counts">
        {quantities.length > 0 && (
          <div class="count-line head" aria-hidden="true">
            <span />
            {bounds.map((bound) => (
              <span class="faint small">{common.quantity[bound]}</span>
            ))}
          </div>
        )}
        {shown.map((name) => (
          <div
            role="group"
            aria-label={label(file.codebook.quantities, name)}
            class={wrong(name) ? 'count-line wrong' : 'count-line'}
          >
            <span>{label(file.codebook.quantities, name)}</span>
            {bounds.map((bound) => (
              <input
                aria-label={`${label(file.codebook.quantities, name)}: ${common.quantity[bound]}`}
                inputMode="numeric"
                autocomplete="off"
                value={draft.quantities[name]?.[bound] ?? ''}
                onInput={(event) => set(name, { [bound]: event.currentTarget.value })}
              />
            ))}
            {wrong(name) && (
              <span class="problem" role="alert">
                {wrong(name)}
              </span>
            )}
          </div>
        ))}
      </div>
      {!all && (shown.length < quantities.length || asked.length < attributes.length || !asksSubject) && (
        <p>
          <button type="button" class="plain" onClick={() => setAll(true)}>
            {field.what.more}
          </button>
        </p>
      )}
    </>
  )
}
