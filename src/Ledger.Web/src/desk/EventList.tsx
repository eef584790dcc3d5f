import { occurredWords } from '../time/zone'
import { count, label, useWords } from '../words'
import type { Seen } from './course'
import type { View } from './view'
import { partyName } from '../parts/names'
import { Unlike } from '../parts/Unlike'
import { viewAddress } from './question'

/** What had happened, the latest first; and what of it was known otherwise at the time. */
export function EventList({
  agreement,
  place,
  seen,
  then,
  tone,
  more,
}: View & { seen: Seen[]; then: boolean; tone: Map<string, 'kept' | 'broken'>; more: number }) {
  const { desk, common } = useWords()
  if (seen.length === 0) return <p class="faint">{then ? desk.noEventsThen : desk.noEvents}</p>
  return (
    <>
      <ol class="events">
        {seen.map(({ happening: { incident }, mark }) => {
          const counted = incident.reports.map((report) => tone.get(report)).find(Boolean)
          return (
            <li key={`${incident.report}${incident.since ?? ''}`} class={mark === 'same' ? undefined : 'marked'}>
              <a href={viewAddress(agreement.id, `incident/${incident.report}`, place)}>
                <span class={counted ?? 'plain'} aria-hidden="true">
                  {counted === 'broken' ? '■' : '●'}
                </span>{' '}
                {label(agreement.file.codebook.kinds, incident.kind)}
              </a>{' '}
              <span class="faint">{occurredWords(incident, agreement.timeZone)}</span>
              {incident.place && (
                <>
                  {' '}
                  · <span dir="auto">{incident.place}</span>
                </>
              )}
              {incident.actors.map((actor) => (
                <>
                  {' '}
                  · {common.actorRole[actor.role]}{' '}
                  <span dir="auto">{partyName(agreement.file, actor.party ?? actor.name)}</span>
                </>
              ))}
              {incident.reports.length > 1 && <> · {count(incident.reports.length, common.reports)}</>}{' '}
              <span class="tag">{common.level[incident.level]}</span>
              {mark !== 'same' && (
                <span class="mark">
                  <Unlike /> {desk.mark[mark]}
                </span>
              )}
            </li>
          )
        })}
      </ol>
      {more > 0 && <p class="faint small">{count(more, desk.moreEvents)}</p>}
    </>
  )
}
