import type { Entry } from '../api/types'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords, inZoneWords, timeWords } from '../time/zone'
import { called, fill, number, useWords } from '../words'
import type { View } from './view'
import { EntryProof } from './EntryProof'
import { entryWords } from './entryWords'
import { viewAddress } from './question'

/** One entry: what it says, its very bytes, its place in the tree, and the ledger after it. */
export function EntryPage(view: View) {
  const { agreement, place, held } = view
  const { desk, common } = useWords()
  const position = Number(place.path[3])
  const entry = useAnswer<Entry>(`/agreements/${agreement.id}/entries/${encodeURIComponent(place.path[3] ?? '')}`)
  return (
    <Wait answer={entry}>
      {(found) => {
        const report =
          found.type === 'report_filed' ? found.entry : ((found.data.target ?? found.data.report) as string | undefined)
        return (
          <>
            <h1 tabIndex={-1}>
              {fill(common.position, { n: number(position) })}{' '}
              <span class="faint">{called(common.type, found.type)}</span>
            </h1>
            <p class="faint small">
              {desk.field.recorded} {timeWords(found.recorded, agreement.timeZone)}
              {typeof found.data.saidAt === 'string' && (
                <> · {fill(desk.saidOn, { day: dayWords(found.data.saidAt, agreement.timeZone) })}</>
              )}{' '}
              · {inZoneWords(agreement.timeZone)} · <code>{found.entry}</code>
            </p>
            <p>{entryWords(agreement.file, found)}</p>
            {Array.isArray(found.data.reports) && (
              <p class="small">
                {desk.linkedHere}:{' '}
                {(found.data.reports as string[]).map((id, at) => (
                  <>
                    {at > 0 && ' · '}
                    <a href={viewAddress(agreement.id, `incident/${id}`, place)}>
                      <code>{id}</code>
                    </a>
                  </>
                ))}
              </p>
            )}
            <p class="row no-print">
              {typeof report === 'string' && (
                <a class="button" href={viewAddress(agreement.id, `incident/${report}`, place)}>
                  {desk.theIncident}
                </a>
              )}
              <a class="button" href={viewAddress(agreement.id, '', place, { knownAt: String(position) })}>
                {desk.stateAfter}
              </a>
              {position > 1 && (
                <a
                  class="button"
                  href={`${viewAddress(agreement.id, 'compare', place, { knownAt: String(position) })}&fromKnownAt=${position - 1}`}
                >
                  {desk.whatItChanged}
                </a>
              )}
              {position > 1 && (
                <a class="button" href={viewAddress(agreement.id, `ledger/${position - 1}`, place)}>
                  {desk.entryBefore}
                </a>
              )}
              {position < held && (
                <a class="button" href={viewAddress(agreement.id, `ledger/${position + 1}`, place)}>
                  {desk.entryAfter}
                </a>
              )}
            </p>
            <EntryProof agreement={agreement.id} position={position} timeZone={agreement.timeZone} withBytes />
          </>
        )
      }}
    </Wait>
  )
}
