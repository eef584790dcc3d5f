import type { AgreementFile, VerdictAnswer } from '../api/types'
import { VerdictMark } from '../parts/VerdictMark'
import { dayWords } from '../time/zone'
import { fill, label, number, percent, textOf, useWords } from '../words'

/** How far each provision that asks for a total has come: a bar for each, full at what is asked, and the same numbers as a table. */
export function ProgressBars({
  verdicts,
  file,
  zone,
}: {
  verdicts: VerdictAnswer[]
  file: AgreementFile
  zone: string
}) {
  const { desk } = useWords()
  return (
    <div class="card">
      {verdicts.map((verdict) => (
        <Progress key={verdict.provision} verdict={verdict} file={file} zone={zone} />
      ))}
      <details>
        <summary>{desk.asTable}</summary>
        <div class="scroll">
          <table class="progress-table">
            <thead>
              <tr>
                <th scope="col">{desk.provision}</th>
                <th scope="col" class="number">
                  {desk.reached}
                </th>
                <th scope="col" class="number">
                  {desk.askedFor}
                </th>
                <th scope="col" class="number">
                  {desk.share}
                </th>
              </tr>
            </thead>
            <tbody>
              {verdicts.map((verdict) => {
                const { reached, atLeast } = verdict.progress!
                const title = textOf(verdict.title)
                return (
                  <tr key={verdict.provision}>
                    <th scope="row">
                      <bdi lang={title.lang}>{title.words}</bdi>
                    </th>
                    <td class="number">{number(reached)}</td>
                    <td class="number">{number(atLeast)}</td>
                    <td class="number">{percent(reached, atLeast)}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  )
}

function Progress({ verdict, file, zone }: { verdict: VerdictAnswer; file: AgreementFile; zone: string }) {
  const { desk } = useWords()
  const { quantity, reached, atLeast } = verdict.progress!
  const title = textOf(verdict.title)
  return (
    <figure class="progress">
      <figcaption>
        <VerdictMark verdict={verdict.verdict} />{' '}
        <span lang={title.lang} dir="auto">
          {title.words}
        </span>
        <div class="small faint">
          {fill(desk.progress, {
            reached: number(reached),
            atLeast: number(atLeast),
            quantity: label(file.codebook.quantities, quantity),
          })}
          {verdict.lateAt && <> · {fill(desk.sum.late, { day: dayWords(verdict.lateAt, zone) })}</>}
        </div>
      </figcaption>
      <svg
        class="chart reached"
        viewBox="0 0 600 16"
        preserveAspectRatio="none"
        role="img"
        aria-label={`${number(reached)} / ${number(atLeast)}`}
      >
        <rect class="axis" x="0.5" y="0.5" width="599" height="15" fill="none" />
        <rect
          class={reached >= atLeast ? 'c' : 'a'}
          x="0.5"
          y="0.5"
          width={599 * Math.min(1, reached / atLeast)}
          height="15"
        />
      </svg>
    </figure>
  )
}
