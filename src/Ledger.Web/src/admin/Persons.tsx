import { useState } from 'preact/hooks'
import { may, useMe, type Membership } from '../api/me'
import type { AgreementHead } from '../api/types'
import { Role } from '../parts/Roles'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords } from '../time/zone'
import { fill, useWords } from '../words'
import { membershipOf, RoleFields } from './RoleFields'
import { useAct } from './useAct'
import { Wrong } from './Wrong'

interface Device {
  id: string
  name: string
  enrolledAt: string
  lastSeenAt?: string
  revokedAt?: string
}
interface Person {
  id: string
  name: string
  revocable: boolean
  revokedAt?: string
  memberships: Membership[]
  proposed: { membership: Membership; by: string; mine: boolean }[]
  devices: Device[]
}

/** Days that belong to no agreement are those of UTC. */
const day = (instant: string) => dayWords(instant, 'UTC')

/** Who there is; their roles are given and taken here, and their doors closed. */
export function Persons({ again }: { again: () => void }) {
  const answer = useAnswer<{ people: Person[] }>('/people')
  const agreements = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  const [act, run] = useAct<unknown>()
  const change = async (path: string, body?: unknown) => {
    if (await run(path, body)) again()
  }
  return (
    <Wait answer={answer}>
      {({ people }) => (
        <>
          <Wrong act={act} />
          <Wait answer={agreements}>
            {(list) => (
              <>
                {people.map((person) => (
                  <PersonCard
                    person={person}
                    agreements={list.agreements}
                    change={(path, body) => void change(path, body)}
                  />
                ))}
              </>
            )}
          </Wait>
        </>
      )}
    </Wait>
  )
}

function PersonCard({
  person,
  agreements,
  change,
}: {
  person: Person
  agreements: AgreementHead[]
  change: (path: string, body?: unknown) => void
}) {
  const { admin } = useWords()
  const [sure, setSure] = useState(false)
  const me = useMe()
  // Whoever keeps the ledger may close every door but that of who runs the machine, who would lock themselves out.
  const isOperator = may(me, 'keep') && !person.revocable
  const here = `/people/${person.id}`
  const give = (event: SubmitEvent) => {
    event.preventDefault()
    change(`${here}/memberships`, membershipOf(new FormData(event.currentTarget as HTMLFormElement)))
  }
  return (
    <section class="card">
      <div class="spread">
        <h3 dir="auto">{person.name}</h3>
        {person.revokedAt ? (
          <span class="tag">{fill(admin.revokedOn, { day: day(person.revokedAt) })}</span>
        ) : !person.revocable ? null : sure ? (
          <span class="row">
            <button type="button" onClick={() => change(`${here}/revocation`)}>
              {admin.revokeSure}
            </button>
            <button type="button" class="plain" onClick={() => setSure(false)}>
              {admin.keep}
            </button>
          </span>
        ) : (
          <button type="button" class="plain" onClick={() => setSure(true)}>
            {admin.revoke}
          </button>
        )}
      </div>
      <p>
        {person.memberships.map((held) => (
          <span class="held">
            <Role held={held} />
            {!isOperator && !person.revokedAt && (
              <button type="button" class="plain small" onClick={() => change(`${here}/memberships/withdrawals`, held)}>
                {admin.takeAway}
              </button>
            )}
          </span>
        ))}
      </p>
      {person.proposed.map((waiting) => (
        <p class="notice">
          <Role held={waiting.membership} /> <span dir="auto">{fill(admin.roleProposed, { name: waiting.by })}</span>{' '}
          {!waiting.mine && (
            <button type="button" onClick={() => change(`${here}/memberships`, waiting.membership)}>
              {admin.agreeToRole}
            </button>
          )}
        </p>
      ))}
      {person.devices.map((device) => (
        <p class="small">
          <span dir="auto">{device.name}</span> · {fill(admin.enrolledOn, { day: day(device.enrolledAt) })}
          {device.lastSeenAt && <> · {fill(admin.seenOn, { day: day(device.lastSeenAt) })}</>}
          {device.revokedAt ? (
            <> · {fill(admin.revokedOn, { day: day(device.revokedAt) })}</>
          ) : (
            person.revocable && (
              <button type="button" class="plain" onClick={() => change(`${here}/devices/${device.id}/revocation`)}>
                {admin.revokeDevice}
              </button>
            )
          )}
        </p>
      ))}
      {!isOperator && !person.revokedAt && (
        <details>
          <summary>{admin.giveRole}</summary>
          <form class="act" onSubmit={give}>
            <RoleFields agreements={agreements} />
            <button>{admin.giveRole}</button>
          </form>
        </details>
      )}
    </section>
  )
}
