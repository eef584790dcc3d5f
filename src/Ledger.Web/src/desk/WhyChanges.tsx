import type { FlipsAnswer, HistoryAnswer } from '../api/types'
import type { Answer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords } from '../time/zone'
import { called, fill, number, textOf, useWords } from '../words'
import { entryAddress, viewAddress } from './question'
import { boundsWords, standingWords } from './verdictWords'
import type { View } from './view'

/** Reports without which the verdict would be another. */
export function Flips({ answer, ...view }: View & { answer: Answer<FlipsAnswer> }) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const zone = agreement.timeZone
  const provision = place.path[3] ?? ''
  return (
    <>
      <h2>{desk.flips}</h2>
      <Wait answer={answer}>
        {({ sets, complete }) =>
          sets.length === 0 ? (
            <p class="faint small">{complete ? desk.flipsNone : desk.flipsIncomplete}</p>
          ) : (
            <ul class="says">
              {sets.map((set) => (
                <li>
                  {desk.without}{' '}
                  {set.entries.map((entry, at) => (
                    <>
                      {at > 0 && ' + '}
                      <a href={entryAddress(agreement.id, place, entry)}>
                        {entry.kind
                          ? textOf(agreement.file.codebook.kinds[entry.kind]).words || entry.kind
                          : entry.type}
                        {entry.from && `${common.comma}${dayWords(entry.from.utc, zone)}`}
                      </a>
                      {entry.author && (
                        <span class="faint" dir="auto">
                          {' '}
                          ({entry.author})
                        </span>
                      )}
                    </>
                  ))}
                  : {standingWords(set.without, zone)}{' '}
                  <a
                    href={
                      viewAddress(agreement.id, `p/${provision}`, place) +
                      (viewAddress(agreement.id, '', place).includes('?') ? '&' : '?') +
                      set.entries.map((entry) => `leave=${entry.entry}`).join('&')
                    }
                  >
                    {desk.tryIt}
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  )
}

/** What this ledger answered to the same question as it grew. */
export function History({ answer, ...view }: View & { answer: Answer<HistoryAnswer> }) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const zone = agreement.timeZone
  const provision = place.path[3] ?? ''
  return (
    <>
      <h2>{desk.history}</h2>
      <Wait answer={answer}>
        {({ steps }) => (
          <ol class="says">
            {steps.map((step) => (
              <li>
                <a
                  href={viewAddress(agreement.id, `p/${provision}`, place, {
                    knownAt: String(step.position),
                  })}
                >
                  {fill(common.position, { n: number(step.position) })}
                </a>
                : {standingWords(step.standing, zone)}
                <span class="faint">
                  {' '}
                  · {boundsWords(step.standing)} · {called(common.type, step.entry.type)}
                  {step.entry.saidAt && (
                    <>
                      {common.comma}
                      {fill(desk.saidOn, { day: dayWords(step.entry.saidAt, zone) })}
                    </>
                  )}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Wait>
    </>
  )
}
