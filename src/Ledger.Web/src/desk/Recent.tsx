import type { EntriesPage, Entry } from '../api/types'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { timeWords } from '../time/zone'
import { called, fill, number, useWords } from '../words'
import type { View } from './view'
import { entryWords } from './entryWords'
import { positionOf, viewAddress } from './question'

const SHOWN = 6

/** What was recorded last, up to what the reader sees. */
export function Recent(view: View) {
  const { agreement, place } = view
  const { common } = useWords()
  const position = positionOf(view)
  const page = useAnswer<EntriesPage>(
    `/agreements/${agreement.id}/entries`,
    `from=${Math.max(1, position - SHOWN + 1)}&limit=${SHOWN}`,
  )
  return (
    <Wait answer={page}>
      {({ entries }) => (
        <ul class="says">
          {entries
            .filter((entry: Entry) => entry.position <= position)
            .reverse()
            .map((entry) => (
              <li>
                <a href={viewAddress(agreement.id, `ledger/${entry.position}`, place)}>
                  {called(common.type, entry.type)}
                </a>{' '}
                {entryWords(agreement.file, entry)}
                <span class="faint">
                  {' '}
                  · {fill(common.position, { n: number(entry.position) })} ·{' '}
                  {timeWords(entry.recorded, agreement.timeZone)}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Wait>
  )
}
