import { useState } from 'preact/hooks'
import { Field } from '../../parts/Field'
import { number, textOf, useWords } from '../../words'
import type { Draft } from '../draft/draft'
import type { Part } from './part'

const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const
const digits = ['1', '2', '3', '4', '5', '6'] as const

/** On whose word: the kind of source, how reliable it is, and, apart from that, how credible this one claim is. */
export function SourcePart({ draft, file, change }: Part) {
  const { field, common } = useWords()
  const { source } = draft
  const set = (changes: Partial<Draft['source']>) => change({ source: { ...source, ...changes } })
  const own = source.class === 'own-observation'
  // Who grades themselves does so on request; once opened it stays so.
  const [graded] = useState(source.reliability !== '' || source.credibility !== '')
  return (
    <>
      <Field label={field.source.class}>
        <select
          value={source.class}
          onChange={(event) =>
            set({
              class: event.currentTarget.value,
              protect: ['own-observation', 'witness'].includes(event.currentTarget.value),
            })
          }
        >
          {Object.entries(common.sourceClass).map(([name, words]) => (
            <option value={name}>{words}</option>
          ))}
        </select>
      </Field>
      {!own && (
        <>
          <Field label={field.source.who} hint={source.protect ? field.source.protected : field.source.open}>
            <input
              dir="auto"
              autocomplete="off"
              value={source.who}
              onInput={(event) => set({ who: event.currentTarget.value })}
              maxLength={source.protect ? 500 : 200}
            />
          </Field>
          <label class="tick">
            <input
              type="checkbox"
              checked={source.protect}
              onChange={(event) => set({ protect: event.currentTarget.checked })}
            />{' '}
            {field.source.protect}
          </label>
          <Field label={field.source.party}>
            <select value={source.party} onChange={(event) => set({ party: event.currentTarget.value })}>
              <option value="">{field.source.noParty}</option>
              {file.parties.map((party) => (
                <option value={party.id}>{textOf(party.name).words}</option>
              ))}
            </select>
          </Field>
        </>
      )}
      {own && !graded ? (
        <details>
          <summary>{field.source.grading}</summary>
          <Grades {...{ source, set }} />
        </details>
      ) : (
        <Grades {...{ source, set }} />
      )}
    </>
  )
}

function Grades({ source, set }: { source: Draft['source']; set: (changes: Partial<Draft['source']>) => void }) {
  const { field } = useWords()
  return (
    <>
      <div class="fields wide">
        <Field label={field.source.reliability}>
          <select value={source.reliability} onChange={(event) => set({ reliability: event.currentTarget.value })}>
            <option value="">{field.source.notGraded}</option>
            {letters.map((letter) => (
              <option value={letter}>
                {letter}: {field.reliability[letter]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={field.source.credibility}>
          <select value={source.credibility} onChange={(event) => set({ credibility: event.currentTarget.value })}>
            <option value="">{field.source.notGraded}</option>
            {digits.map((digit) => (
              <option value={digit}>
                {number(Number(digit))}: {field.credibility[digit]}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <p class="small faint">{field.source.axes}</p>
    </>
  )
}
