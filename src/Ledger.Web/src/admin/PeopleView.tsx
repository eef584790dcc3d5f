import { useState } from 'preact/hooks'
import { may, useMe, type Membership } from '../api/me'
import type { AgreementHead } from '../api/types'
import { Field } from '../parts/Field'
import { Roles } from '../parts/Roles'
import { useAnswer } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords } from '../time/zone'
import { fill, useWords } from '../words'
import { AuditOfPeople } from './AuditOfPeople'
import { Persons } from './Persons'
import { membershipOf, RoleFields } from './RoleFields'
import { useAct } from './useAct'
import { Wrong } from './Wrong'

interface Invitation {
  id: string
  name: string
  memberships: Membership[]
  expiresAt: string
  redeemedAt?: string
  revokedAt?: string
  link?: string
  qr?: string
}
interface Token {
  id: string
  name: string
  expiresAt: string
  lastUsedAt?: string
  revokedAt?: string
  secret?: string
}

/** People, their roles and devices; invitations; tokens of one's own. */
export function PeopleView() {
  const { admin } = useWords()
  const me = useMe()
  const [asked, setAsked] = useState(0)
  const again = () => setAsked((n) => n + 1)
  if (!may(me, 'administer')) return may(me, 'audit') ? <AuditOfPeople /> : null
  return (
    <div key={asked}>
      <Persons again={again} />
      <h2>{admin.invite}</h2>
      <InviteForm />
      <Invitations again={again} />
      <AuditOfPeople />
      <h2>{admin.tokens}</h2>
      <Tokens again={again} />
    </div>
  )
}

/** Days that belong to no agreement are those of UTC. */
const day = (instant: string) => dayWords(instant, 'UTC')

function InviteForm() {
  const { admin, common } = useWords()
  const agreements = useAnswer<{ agreements: AgreementHead[] }>('/agreements')
  const [act, run, reset] = useAct<Invitation>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    void run('/invitations', {
      name: text('name'),
      days: Number(text('days')),
      memberships: [membershipOf(form)],
    })
  }
  if (act.kind === 'done')
    return (
      <div class="notice good" role="status">
        <p>{fill(admin.linkOnce, { name: act.value.name, day: day(act.value.expiresAt) })}</p>
        <p>
          <code>{act.value.link}</code>
        </p>
        {act.value.qr && <img class="qr" alt={admin.qr} src={`data:image/svg+xml;base64,${btoa(act.value.qr)}`} />}
        <p>
          <button type="button" onClick={() => void navigator.clipboard.writeText(act.value.link ?? '')}>
            {common.copyLink}
          </button>{' '}
          <button type="button" onClick={reset}>
            {admin.another}
          </button>
        </p>
      </div>
    )
  return (
    <Wait answer={agreements}>
      {({ agreements: list }) => (
        <form class="act" onSubmit={submit}>
          <Field label={admin.name} hint={admin.nameHint}>
            <input name="name" required dir="auto" />
          </Field>
          <RoleFields agreements={list} />
          <Field label={admin.validDays}>
            <input name="days" type="number" min={1} max={90} value={7} required />
          </Field>
          <Wrong act={act} />
          <button class="main" disabled={act.kind === 'busy'}>
            {admin.inviteNow}
          </button>
        </form>
      )}
    </Wait>
  )
}

function Invitations({ again }: { again: () => void }) {
  const { admin } = useWords()
  const answer = useAnswer<{ invitations: Invitation[] }>('/invitations')
  const [act, run] = useAct<unknown>()
  return (
    <Wait answer={answer}>
      {({ invitations }) => {
        const open = invitations.filter(
          (one) => !one.redeemedAt && !one.revokedAt && Date.parse(one.expiresAt) > Date.now(),
        )
        return open.length === 0 ? null : (
          <>
            <h2>{admin.openInvitations}</h2>
            <Wrong act={act} />
            {open.map((one) => (
              <p>
                <span dir="auto">{one.name}</span> <Roles memberships={one.memberships} />{' '}
                {fill(admin.until, { day: day(one.expiresAt) })}{' '}
                <button
                  type="button"
                  class="plain"
                  onClick={() =>
                    void run(`/invitations/${one.id}/revocation`, undefined).then((done) => done && again())
                  }
                >
                  {admin.withdraw}
                </button>
              </p>
            ))}
          </>
        )
      }}
    </Wait>
  )
}

function Tokens({ again }: { again: () => void }) {
  const { admin } = useWords()
  const answer = useAnswer<{ tokens: Token[] }>('/tokens')
  const [act, run] = useAct<Token>()
  const [, revoke] = useAct<unknown>()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    void run('/tokens', { name: String(form.get('name')).trim(), days: Number(form.get('days')) })
  }
  return (
    <>
      <p class="small">{admin.tokensHint}</p>
      {act.kind === 'done' && (
        <div class="notice good" role="status">
          <p>{admin.tokenOnce}</p>
          <p>
            <code>{act.value.secret}</code>
          </p>
        </div>
      )}
      <Wait answer={answer}>
        {({ tokens }) => (
          <>
            {tokens
              .filter((token) => !token.revokedAt)
              .map((token) => (
                <p>
                  <span dir="auto">{token.name}</span> · {fill(admin.until, { day: day(token.expiresAt) })}{' '}
                  <button
                    type="button"
                    class="plain"
                    onClick={() =>
                      void revoke(`/tokens/${token.id}/revocation`, undefined).then((done) => done && again())
                    }
                  >
                    {admin.revoke}
                  </button>
                </p>
              ))}
          </>
        )}
      </Wait>
      <form class="act" onSubmit={submit}>
        <Field label={admin.tokenName}>
          <input name="name" required dir="auto" />
        </Field>
        <Field label={admin.validDays}>
          <input name="days" type="number" min={1} max={365} value={30} required />
        </Field>
        <Wrong act={act} />
        <button disabled={act.kind === 'busy'}>{admin.makeToken}</button>
      </form>
    </>
  )
}
