import { Field } from '../../parts/Field'
import { useWords } from '../../words'
import type { Part } from './part'

/** One sentence for everybody, and everything else sealed: which is which is said before anything is typed. */
export function WordsPart({ draft, change }: Part) {
  const { field } = useWords()
  return (
    <>
      <Field label={field.words.summary} hint={field.words.summaryHint}>
        <textarea
          class="short"
          dir="auto"
          maxLength={1000}
          value={draft.summary}
          onInput={(event) => change({ summary: event.currentTarget.value })}
        />
      </Field>
      <Field label={field.words.narrative} hint={field.words.narrativeHint}>
        <textarea
          dir="auto"
          maxLength={20000}
          value={draft.narrative}
          onInput={(event) => change({ narrative: event.currentTarget.value })}
        />
      </Field>
    </>
  )
}
