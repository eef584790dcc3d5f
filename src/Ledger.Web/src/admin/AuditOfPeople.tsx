import { useState } from 'preact/hooks'
import { may, useMe, type Membership } from '../api/me'
import type { AgreementHead } from '../api/types'
import { Field } from '../parts/Field'
import { Roles } from '../parts/Roles'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { timeWords } from '../time/zone'
import { textOf, useWords } from '../words'

type Held = Membership & { name: string; from: string; until?: string; givenBy?: string; takenBy?: string }
interface Opening {
  position: number
  name: string
  personName: string
  reason: string
  at: string
}

/** What an auditor asks of people: who had which role when, and who opened what was sealed. */
export function AuditOfPeople() {
  const { admin, common } = useWords()
  const me = useMe()
  const [chosen, setChosen] = useState<string>()
  return (
    <Wait answer={useAnswer<{ agreements: AgreementHead[] }>('/agreements')}>
      {({ agreements }) => {
        const mine = agreements.filter((head) => may(me, 'audit', head.id))
        const id = chosen ?? mine[0]?.id
        return id === undefined ? null : (
          <>
            <h2>{admin.history}</h2>
            {mine.length > 1 && (
              <Field label={common.agreements}>
                <select value={id} onChange={(event) => setChosen(event.currentTarget.value)}>
                  {mine.map((head) => (
                    <option value={head.id}>{textOf(head.title).words}</option>
                  ))}
                </select>
              </Field>
            )}
            <History id={id} />
            <h2>{admin.openings}</h2>
            <Openings id={id} />
          </>
        )
      }}
    </Wait>
  )
}

const time = (instant: string) => timeWords(instant, 'UTC')

function History({ id }: { id: string }) {
  const { admin, common } = useWords()
  return (
    <Wait answer={useAnswer<{ roles: Held[] }>(`/agreements/${encodeURIComponent(id)}/roles`)}>
      {({ roles }) => (
        <div class="scroll" tabIndex={0} role="region" aria-label={admin.history}>
          <table class="stacks">
            <thead>
              <tr>
                <th>{admin.name}</th>
                <th>{admin.roleOf}</th>
                <th>{admin.from} (UTC)</th>
                <th>{common.until} (UTC)</th>
              </tr>
            </thead>
            <tbody>
              {roles.map((held) => (
                <tr>
                  <th scope="row">
                    <bdi>{held.name}</bdi>
                  </th>
                  <td>
                    <Roles memberships={[held]} />
                  </td>
                  <td data-head={`${admin.from} (UTC)`}>
                    {time(held.from)}
                    {held.givenBy && (
                      <span class="small faint" dir="auto">
                        {' '}
                        · {held.givenBy}
                      </span>
                    )}
                  </td>
                  <td data-head={`${common.until} (UTC)`}>
                    {held.until ? time(held.until) : admin.stillHeld}
                    {held.takenBy && (
                      <span class="small faint" dir="auto">
                        {' '}
                        · {held.takenBy}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Wait>
  )
}

function Openings({ id }: { id: string }) {
  const { admin, common } = useWords()
  return (
    <Wait answer={useAnswer<{ openings: Opening[] }>(`/agreements/${encodeURIComponent(id)}/openings`)}>
      {({ openings }) =>
        openings.length === 0 ? (
          <p>{admin.noOpenings}</p>
        ) : (
          <ul class="plain-list">
            {openings.map((one) => (
              <li class="entry">
                <span dir="auto">{one.personName}</span> · <code>{one.name}</code> ·{' '}
                <a href={`/a/${id}/ledger/${one.position}`}>{common.position.replace('{n}', String(one.position))}</a> ·{' '}
                {time(one.at)} UTC
                <br />
                <q dir="auto">{one.reason}</q>
              </li>
            ))}
          </ul>
        )
      }
    </Wait>
  )
}
