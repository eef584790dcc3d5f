import type { ComponentChildren } from 'preact'
import type { AgreementFile, ReportQuestion } from '../api/types'
import { dayWords } from '../time/zone'
import { called, fill, label, useWords } from '../words'

/** A question about a report, and what was answered. */
export function Asked({
  one,
  file,
  address,
  children,
}: {
  one: ReportQuestion
  file: AgreementFile
  address: string
  children?: ComponentChildren
}) {
  const { common } = useWords()
  return (
    <article class="entry">
      <div class="spread">
        <h3>
          <a href={address}>
            {label(file.codebook.kinds, one.kind)}
            {one.place && (
              <>
                {common.comma}
                <span dir="auto">{one.place}</span>
              </>
            )}
          </a>
        </h3>
        <span class="tag">{one.answer ? common.sentBack.answered : common.sentBack.waits}</span>
      </div>
      <p>
        <q dir="auto">{one.question}</q>
      </p>
      {one.fields.length > 0 && (
        <p class="small">
          {common.sentBack.concerns}: {one.fields.map((part) => common.reportPart[part] ?? part).join(common.comma)}
        </p>
      )}
      <p class="small faint">
        {one.by && (
          <>
            <span dir="auto">{one.by}</span> ·{' '}
          </>
        )}
        {dayWords(one.recordedAt, file.timeZone)} · {fill(common.position, { n: one.position })}
      </p>
      {one.answer && (
        <>
          <p>
            <strong>{called(common.type, one.answer.type)}</strong>: <q dir="auto">{one.answer.words}</q>
          </p>
          <p class="small faint">
            {dayWords(one.answer.recordedAt, file.timeZone)} · {fill(common.position, { n: one.answer.position })}
          </p>
        </>
      )}
      {children}
    </article>
  )
}
