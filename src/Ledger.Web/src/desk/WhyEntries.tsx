import type { Cited, WhyAnswer } from '../api/types'
import { CitedEntry } from '../parts/CitedEntry'
import { namedIn } from '../parts/names'
import { called, count, useWords } from '../words'
import { entryAddress } from './question'
import type { View } from './view'

/** Entries that an answer cites, each with the way to it. */
export function Entries({ entries, agreement, place }: View & { entries: readonly Cited[] }) {
  return (
    <>
      {entries.map((cited) => (
        <CitedEntry
          key={cited.entry}
          cited={cited}
          file={agreement.file}
          zone={agreement.timeZone}
          address={entryAddress(agreement.id, place, cited)}
        />
      ))}
    </>
  )
}

/** What would have counted but for one condition. */
export function NearMisses({ why, ...view }: View & { why: WhyAnswer }) {
  const { agreement } = view
  const { desk } = useWords()
  return (
    <>
      <h2>{desk.nearMisses}</h2>
      {why.nearMisses.length === 0 && <p class="faint">{desk.nearMissesNone}</p>}
      {why.nearMisses.map((miss) => (
        <div class="near-miss" key={miss.entry.entry}>
          <p class="small">
            <strong>{called(desk.failed, miss.failed)}</strong>{' '}
            <em class="faint" lang="en" dir="ltr">
              {namedIn(agreement.file, miss.words)}
            </em>
          </p>
          <Entries {...view} entries={[miss.entry]} />
        </div>
      ))}
      {why.nearMissesOmitted ? <p class="faint">{count(why.nearMissesOmitted, desk.moreNearMisses)}</p> : null}
    </>
  )
}
