import { useState } from 'preact/hooks'
import { post } from '../api/client'
import { forgetAnswers } from '../api/kept'
import { meChanged, useMe, type Me } from '../api/me'
import { Roles } from '../parts/Roles'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import { dayWords, inZoneWords, timeWords } from '../time/zone'
import { fill, useWords } from '../words'
import { ThisDevice, type Device } from './ThisDevice'
import { Trouble, troubleOf } from './Trouble'

interface Session {
  id: string
  how: 'link' | 'passkey' | 'oidc'
  device?: string
  startedAt: string
  lastSeenAt: string
  current: boolean
}

interface Token {
  id: string
  name: string
  createdAt: string
  expiresAt: string
  lastUsedAt?: string
  revokedAt?: string
}

interface Passkey {
  id: string
  name: string
  synced: boolean
  createdAt: string
  lastUsedAt?: string
}

/** What somebody is here, and the doors by which they come in. */
export function AccountArea() {
  const { account, common } = useWords()
  const me = useMe()
  const [asked, setAsked] = useState(0)
  const [said, setSaid] = useState<string>()
  const changed = () => setAsked((n) => n + 1)
  const act = (path: string) => {
    setSaid(undefined)
    post(path, {})
      .then(changed, (fault) => setSaid(troubleOf(fault)))
      .finally(meChanged)
  }
  // What was said to somebody is not for whoever uses this browser after them.
  const signOut = () =>
    post('/sign-out', {})
      .then(forgetAnswers)
      .then(changed, (fault) => setSaid(troubleOf(fault)))
      .finally(meChanged)
  if (me === undefined) return <h1 tabIndex={-1}>{common.nav.account}</h1>
  if (me.person === null)
    return (
      <>
        <h1 tabIndex={-1}>{common.nav.account}</h1>
        <p class="notice">
          {account.nobody} <a href="/sign-in">{common.nav.signIn}</a>
        </p>
      </>
    )
  return (
    <>
      <div class="spread">
        <h1 tabIndex={-1}>{common.nav.account}</h1>
        <button type="button" onClick={() => void signOut()}>
          {common.nav.signOut}
        </button>
      </div>
      <p>{fill(account.youAre, { name: me.person.name })}</p>
      <Trouble said={said} />
      <h2>{account.roles}</h2>
      {me.memberships.length === 0 ? (
        <p>{account.noRoles}</p>
      ) : (
        <p>
          <Roles memberships={me.memberships} />
        </p>
      )}
      <h2>{account.devices}</h2>
      <Devices me={me} asked={asked} act={act} />
      <h2>{account.sessions}</h2>
      <Sessions asked={asked} act={act} />
      <Tokens asked={asked} act={act} />
      <h2>{account.passkeys}</h2>
      <Passkeys asked={asked} act={act} />
      <h2>{account.thisDevice}</h2>
      <ThisDevice me={me} changed={changed} />
      {me.openId && (
        <p>
          <a class="button" href={me.openId}>
            {account.connect}
          </a>
        </p>
      )}
    </>
  )
}

const day = (instant: string) => dayWords(instant, 'UTC')

/** Of whoever looks: no agreement has a word in when they came in. */
const here = Intl.DateTimeFormat().resolvedOptions().timeZone

const time = (instant: string) => timeWords(instant, here)

function Devices({ me, asked, act }: { me: Me; asked: number; act: (path: string) => void }) {
  const { account, admin } = useWords()
  const [sure, setSure] = useState<string>()
  return (
    <Wait answer={useAnswer<{ devices: Device[] }>('/devices', '', asked)}>
      {({ devices }) =>
        devices.length === 0 ? (
          <p>{account.noDevices}</p>
        ) : (
          <>
            {devices.map((device) => (
              <section class="card">
                <div class="spread">
                  <h3>
                    <span dir="auto">{device.name}</span>{' '}
                    {device.id === me.device && <span class="tag">{account.isThis}</span>}
                  </h3>
                  {device.revokedAt ? (
                    <span class="tag">{fill(account.revoked, { day: day(device.revokedAt) })}</span>
                  ) : sure === device.id ? (
                    <span class="row">
                      <button type="button" onClick={() => act(`/people/me/devices/${device.id}/revocation`)}>
                        {account.revokeSure}
                      </button>
                      <button type="button" class="plain" onClick={() => setSure(undefined)}>
                        {account.keep}
                      </button>
                    </span>
                  ) : (
                    <button type="button" class="plain" onClick={() => setSure(device.id)}>
                      {account.revokeDevice}
                    </button>
                  )}
                </div>
                {sure === device.id && !device.revokedAt && <p role="status">{account.revokeMeans}</p>}
                <p class="small">
                  {fill(account.since, { day: day(device.enrolledAt) })}
                  {device.lastSeenAt && <> · {fill(admin.seenOn, { day: day(device.lastSeenAt) })}</>}
                </p>
                <p class="small faint">
                  {account.fingerprint} <code>{device.fingerprint}</code>
                </p>
              </section>
            ))}
          </>
        )
      }
    </Wait>
  )
}

function Sessions({ asked, act }: { asked: number; act: (path: string) => void }) {
  const { account, admin } = useWords()
  const { devices = [] } = valueOf(useAnswer<{ devices: Device[] }>('/devices', '', asked)) ?? {}
  return (
    <Wait answer={useAnswer<{ sessions: Session[] }>('/people/me/sessions', '', asked)}>
      {({ sessions }) => (
        <>
          <ul class="plain-list">
            {sessions.map((session) => (
              <li class="card spread">
                <span>
                  <span dir="auto">
                    {devices.find((device) => device.id === session.device)?.name ?? account.noDeviceThere}
                  </span>{' '}
                  {session.current && <span class="tag">{account.thisBrowser}</span>}{' '}
                  <span class="small faint">
                    {account.cameIn[session.how]} · {fill(account.since, { day: time(session.startedAt) })} ·{' '}
                    {fill(admin.seenOn, { day: time(session.lastSeenAt) })}
                  </span>
                </span>
                {!session.current && (
                  <button type="button" class="plain" onClick={() => act(`/people/me/sessions/${session.id}/end`)}>
                    {account.endSession}
                  </button>
                )}
              </li>
            ))}
          </ul>
          <p class="small faint">{inZoneWords(here)}</p>
          {sessions.some((session) => !session.current) && <p class="small faint">{account.sessionsMean}</p>}
        </>
      )}
    </Wait>
  )
}

/** Only whoever has some reads of them: most people never make one. */
function Tokens({ asked, act }: { asked: number; act: (path: string) => void }) {
  const { account } = useWords()
  const live =
    valueOf(useAnswer<{ tokens: Token[] }>('/tokens', '', asked))?.tokens.filter(
      (token) => !token.revokedAt && Date.parse(token.expiresAt) > Date.now(),
    ) ?? []
  return live.length === 0 ? null : (
    <>
      <h2>{account.tokens}</h2>
      <p class="small faint">{account.tokensMean}</p>
      <ul class="plain-list">
        {live.map((token) => (
          <li class="card spread">
            <span>
              <span dir="auto">{token.name}</span>{' '}
              <span class="small faint">
                {fill(account.since, { day: day(token.createdAt) })} ·{' '}
                {token.lastUsedAt ? fill(account.used, { day: day(token.lastUsedAt) }) : account.unused} ·{' '}
                {fill(account.until, { day: day(token.expiresAt) })}
              </span>
            </span>
            <button type="button" class="plain" onClick={() => act(`/tokens/${token.id}/revocation`)}>
              {account.endToken}
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function Passkeys({ asked, act }: { asked: number; act: (path: string) => void }) {
  const { account } = useWords()
  return (
    <Wait answer={useAnswer<{ passkeys: Passkey[] }>('/passkeys', '', asked)}>
      {({ passkeys }) =>
        passkeys.length === 0 ? (
          <p>{account.noPasskeysYet}</p>
        ) : (
          <ul class="plain-list">
            {passkeys.map((passkey) => (
              <li class="card spread">
                <span>
                  <span dir="auto">{passkey.name}</span>{' '}
                  <span class="small faint">
                    {fill(account.since, { day: day(passkey.createdAt) })} ·{' '}
                    {passkey.lastUsedAt ? fill(account.used, { day: day(passkey.lastUsedAt) }) : account.unused}
                    {passkey.synced && <> · {account.synced}</>}
                  </span>
                </span>
                <button type="button" class="plain" onClick={() => act(`/passkeys/${passkey.id}/removal`)}>
                  {account.remove}
                </button>
              </li>
            ))}
          </ul>
        )
      }
    </Wait>
  )
}
