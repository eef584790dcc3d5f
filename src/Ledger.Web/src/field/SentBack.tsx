import { useEffect } from 'preact/hooks'
import type { Agreement, ReportQuestion } from '../api/types'
import { Asked } from '../parts/Asked'
import { useAnswer, valueOf } from '../api/useAnswer'
import { count, useWords } from '../words'
import { InWords } from './InWords'
import { ItemLine } from './ItemLine'
import { finish } from './outbox/finish'
import { clean } from '../proof/canonical'
import { reportIdOf, type Item } from './outbox/item'
import { items, keepNote, note } from './outbox/store'
import { CorrectButton } from './report/CorrectButton'
import { useKept } from './outbox/useKept'

/**
 * Reports of mine about which a reviewer asks something, above everything else; nothing at all where nothing is asked. What was asked stays on this phone, so that it can
 * be read and answered without a network.
 */
export function SentBack({ agreement }: { agreement: Agreement }) {
  const { field } = useWords()
  const all = useKept(items, [])
  const received = all?.filter((item) => item.state === 'received').length ?? 0
  const told = valueOf(
    useAnswer<{ questions: ReportQuestion[] }>(
      `/agreements/${encodeURIComponent(agreement.id)}/questions`,
      '',
      received,
    ),
  )?.questions.filter((one) => one.mine && !one.answer)
  const id = `questions-${agreement.id}`
  const kept = useKept(() => note<ReportQuestion[]>(id).then((found) => found ?? []), [id])
  const [now, then] = [told && JSON.stringify(told), kept && JSON.stringify(kept)]
  useEffect(() => {
    if (now !== undefined && then !== undefined && now !== then) void keepNote(id, told).catch(() => undefined)
  }, [now, then])
  const open = told ?? kept ?? []
  if (open.length === 0 || !all) return null
  return (
    <section class="notice trouble" aria-label={field.sentBack.title}>
      <h2>{count(open.length, field.sentBack.many)}</h2>
      {open.map((one) => (
        <Asked
          key={one.entry}
          one={one}
          file={agreement.file}
          address={
            all.some((item) => item.id === one.report)
              ? `/field/outbox/${one.report}`
              : `/a/${agreement.id}/incident/${one.report}`
          }
        >
          <Reply one={one} agreement={agreement} said={all.find((item) => repliesTo(item, one))} />
        </Asked>
      ))}
    </section>
  )
}

/** An answer, or a correction that was finished after the question. */
const repliesTo = (item: Item, { entry, report, recordedAt }: ReportQuestion): boolean =>
  item.type === 'question_answered'
    ? item.body.target === entry
    : item.type !== 'report_filed' && reportIdOf(item) === report && item.finishedAt > Date.parse(recordedAt)

function Reply({ one, agreement, said }: { one: ReportQuestion; agreement: Agreement; said: Item | undefined }) {
  const { field } = useWords()
  if (said) return <ItemLine item={said} file={agreement.file} />
  const answer = (words: string) => {
    const about = { report: one.report, kind: one.kind, place: one.place }
    return finish(
      { type: 'question_answered', agreement: agreement.id, about },
      { target: one.entry, words: clean(words).trim() },
      one.entry,
    )
  }
  return (
    <div class="replies">
      <CorrectButton report={one.report} agreement={agreement} />
      <details>
        <summary>{field.sentBack.answer}</summary>
        <InWords
          id={one.entry}
          label={field.sentBack.words}
          hint={field.sentBack.hint}
          button={field.sentBack.finish}
          finish={answer}
        />
      </details>
    </div>
  )
}
