import { Field } from '../parts/Field'
import { refine } from '../parts/router'
import { latinDigits, useWords } from '../words'
import type { View } from './view'
import { LensPicker } from './Lens'

/** Asks as of when, known when, said by when and through which lens. What is typed goes into the address, and from there everywhere. */
export function QuestionForm({ agreement, place, held }: View) {
  const { desk } = useWords()
  const value = (name: string) => place.query.get(name) ?? ''
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    refine(
      Object.fromEntries(
        ['asOf', 'saidBy', 'knownAt', 'lens'].map((name) => [name, latinDigits(String(form.get(name) ?? '')).trim()]),
      ),
    )
  }
  return (
    <>
      <form class="question no-print" onSubmit={submit}>
        <Field label={desk.asOf}>
          <input type="date" name="asOf" value={value('asOf').slice(0, 10)} />
        </Field>
        <Field label={desk.saidBy}>
          <input type="date" name="saidBy" value={value('saidBy').slice(0, 10)} />
        </Field>
        <Field label={desk.knownAt}>
          <input name="knownAt" inputMode="numeric" size={8} placeholder={String(held)} value={value('knownAt')} />
        </Field>
        <LensPicker agreement={agreement} value={value('lens')} />
        <button class="main">{desk.showIt}</button>
      </form>
      <details class="small no-print">
        <summary>{desk.questionHelp.title}</summary>
        <dl class="facts">
          {(['asOf', 'saidBy', 'knownAt', 'lens'] as const).map((name) => (
            <>
              <dt>{desk[name]}</dt>
              <dd>{desk.questionHelp[name]}</dd>
            </>
          ))}
        </dl>
      </details>
    </>
  )
}
