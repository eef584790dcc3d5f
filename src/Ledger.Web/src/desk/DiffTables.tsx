import type { Cited, Clause, DiffAnswer, StandingWhole } from '../api/types'
import { CitedEntry } from '../parts/CitedEntry'
import { VerdictMark } from '../parts/VerdictMark'
import { count, fill, textOf, useWords } from '../words'
import type { View } from './view'
import { entryAddress, viewAddress } from './question'
import { boundsWords, standingWords } from './verdictWords'

/** What differs between two points: provisions as a table, and the reports behind them. */
export function DiffTables({ diff, supposed = false, ...view }: View & { diff: DiffAnswer; supposed?: boolean }) {
  const { agreement, place } = view
  const { desk } = useWords()
  const zone = agreement.timeZone
  const [before, after] = supposed ? [desk.asItIs, desk.asSupposed] : [desk.before, desk.after]
  return (
    <>
      {diff.provisions.length === 0 ? (
        <p class="faint">{desk.nothingDiffers}</p>
      ) : (
        <div class="scroll">
          <table class="stacks">
            <thead>
              <tr>
                <th scope="col">{desk.provision}</th>
                <th scope="col">{before}</th>
                <th scope="col">{after}</th>
              </tr>
            </thead>
            <tbody>
              {diff.provisions.map((change) => {
                const title = textOf(change.title)
                return (
                  <tr key={change.provision}>
                    <th scope="row">
                      <a href={viewAddress(agreement.id, `p/${change.provision}`, place)} lang={title.lang} dir="auto">
                        {title.words}
                      </a>
                    </th>
                    <Side
                      head={before}
                      standing={change.before}
                      why={change.whyBefore}
                      clause={change.clauseBefore}
                      zone={zone}
                    />
                    <Side
                      head={after}
                      standing={change.after}
                      why={change.whyAfter}
                      clause={change.clauseAfter}
                      zone={zone}
                    />
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
      {diff.unchanged.length > 0 && <p class="small faint">{count(diff.unchanged.length, desk.unchanged)}</p>}
      {(['added', 'corrected', 'reassessed', 'removed'] as const).map(
        (list) =>
          diff[list].length > 0 && (
            <details open={diff[list].length <= 12}>
              <summary>
                <strong>{desk.diff[list]}</strong> ({diff[list].length})
              </summary>
              {diff[list].map((cited: Cited) => (
                <CitedEntry
                  key={cited.entry}
                  cited={cited}
                  file={agreement.file}
                  zone={zone}
                  address={entryAddress(agreement.id, place, cited)}
                />
              ))}
            </details>
          ),
      )}
    </>
  )
}

/** How a provision stands at one of the two points, and why; the rule too, where it is the rule that differs. */
function Side({
  head,
  standing,
  why,
  clause,
  zone,
}: {
  head: string
  standing: StandingWhole | undefined
  why: string | undefined
  clause: Clause | undefined
  zone: string
}) {
  const { desk } = useWords()
  const rule = textOf(clause?.reading)
  return (
    <td data-head={head}>
      {standing && <VerdictMark verdict={standing.verdict} />}
      <div class="small faint">
        {standingWords(standing, zone)}
        {standing && <> · {boundsWords(standing)}</>}
      </div>
      {why && (
        <p class="small because" lang="en" dir="ltr">
          {why}
        </p>
      )}
      {clause && rule.words && (
        <p class="small rule">
          <strong>{fill(desk.ourReading, { version: clause.version })}:</strong>{' '}
          <span lang={rule.lang} dir="auto">
            {rule.words}
          </span>
        </p>
      )}
    </td>
  )
}
