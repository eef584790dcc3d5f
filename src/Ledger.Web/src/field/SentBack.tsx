import { useState } from 'preact/hooks'
import type { Agreement, ReportQuestion } from '../api/types'
import { Act } from '../parts/Act'
import { Asked } from '../parts/Asked'
import { Field } from '../parts/Field'
import { useAnswer, valueOf } from '../parts/useAnswer'
import { count, useWords } from '../words'

/** Reports of mine about which a reviewer asks something, above everything else. Nothing at all where nothing is asked, or nobody can be reached. */
export function SentBack({ agreement }: { agreement: Agreement }) {
  const { field } = useWords()
  const [done, setDone] = useState(0)
  const asked = valueOf(useAnswer<{ questions: ReportQuestion[] }>(`/agreements/${encodeURIComponent(agreement.id)}/questions`, '', done))?.questions ?? []
  const open = asked.filter(one => one.mine && !one.answer)
  if (open.length === 0) return null
  return (
    <section class="notice trouble" aria-label={field.sentBack.title}>
      <h2>{count(open.length, field.sentBack.many)}</h2>
      {open.map(one => (
        <Asked key={one.entry} one={one} file={agreement.file} address={`/a/${agreement.id}/incident/${one.report}`}>
          <details>
            <summary>{field.sentBack.answer}</summary>
            <Act path={`/questions/${one.entry}/answers`} button={field.sentBack.answer} onDone={() => setDone(n => n + 1)}>
              <Field label={field.sentBack.words} hint={field.sentBack.hint}><textarea name="words" required dir="auto" /></Field>
            </Act>
          </details>
        </Asked>
      ))}
    </section>
  )
}
