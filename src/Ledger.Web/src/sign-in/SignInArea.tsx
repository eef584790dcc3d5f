import { useState } from 'preact/hooks'
import { useLinkSecret } from '../api/linkSecret'
import { may, meChanged, useMe, type Me } from '../api/me'
import { post } from '../api/client'
import { signInByPasskey } from '../api/passkeys'
import { PasskeyButton, recognise, ThisDevice } from '../account/ThisDevice'
import { Trouble, troubleOf } from '../account/Trouble'
import { Field } from '../parts/Field'
import { go, wayBack, type Place } from '../parts/router'
import { fill, useWords } from '../words'

/** Coming in: with a link, once; with a passkey; by way of a provider. */
export function SignInArea({ place }: { place: Place }) {
  const { account } = useWords()
  const me = useMe()
  const [secret, forget] = useLinkSecret()
  const [said, setSaid] = useState<string>()
  const [came, setCame] = useState(false)
  const [busy, setBusy] = useState(false)
  const back = wayBack(place.query)
  const enter = async (how: () => Promise<unknown>) => {
    setBusy(true)
    setSaid(undefined)
    let cameIn = false
    try {
      await how()
      await recognise()
      setCame(true)
      cameIn = true
    } catch (fault) {
      setSaid(troubleOf(fault))
    }
    meChanged()
    setBusy(false)
    return cameIn
  }
  const redeem = (name: string) =>
    enter(async () => {
      await post('/sign-in', { secret, ...(name !== '' && { name }) })
      forget()
    })
  if (me?.person && secret === '') return <CameIn me={me} fresh={came} back={back} />
  return (
    <>
      <h1 tabIndex={-1}>{secret === '' ? account.signIn : account.linkTitle}</h1>
      <Trouble said={said} />
      {secret !== '' && said === undefined ? (
        <Link me={me} busy={busy} redeem={redeem} />
      ) : (
        <Ways
          me={me}
          busy={busy}
          refused={said !== undefined}
          back={back}
          enter={async () => {
            // A device that is known asks nothing more of its owner.
            if ((await enter(signInByPasskey)) && back) go(back, 'replace')
          }}
        />
      )}
    </>
  )
}

function Link({ me, busy, redeem }: { me: Me | undefined; busy: boolean; redeem: (name: string) => Promise<unknown> }) {
  const { account } = useWords()
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    void redeem(String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim())
  }
  return (
    <>
      <p>{account.linkOnce}</p>
      {me?.person && <p class="notice">{fill(account.alreadyHere, { name: me.person.name })}</p>}
      <form class="act" onSubmit={submit}>
        <Field label={account.yourName} hint={account.yourNameHint}>
          <input name="name" autocomplete="name" maxLength={200} dir="auto" />
        </Field>
        <button class="main" disabled={busy}>
          {account.comeIn}
        </button>
      </form>
    </>
  )
}

function Ways({
  me,
  busy,
  refused,
  back,
  enter,
}: {
  me: Me | undefined
  busy: boolean
  refused: boolean
  back: string | undefined
  enter: () => Promise<void>
}) {
  const { account } = useWords()
  return (
    <>
      {refused && <p>{account.askForLink}</p>}
      <section>
        <PasskeyButton
          busy={busy}
          label={account.usePasskey}
          act={() => void enter()}
          hint={account.passkeyMeans}
          main
        />
      </section>
      {me?.openId && (
        <p>
          <a class="button" href={back ? `${me.openId}?to=${encodeURIComponent(back)}` : me.openId}>
            {account.elsewhere}
          </a>
        </p>
      )}
      <section>
        <h2>{account.noAccount}</h2>
        <p>{account.noAccountNext}</p>
        <p class="small faint">
          {account.operatorLink} <code dir="ltr">./ledger people link</code>
        </p>
      </section>
    </>
  )
}

function CameIn({ me, fresh, back }: { me: Me; fresh: boolean; back: string | undefined }) {
  const { account, common } = useWords()
  const next =
    back ??
    (may(me, 'file') && !may(me, 'review') && !may(me, 'administer')
      ? '/field'
      : may(me, 'review') && !may(me, 'administer')
        ? '/review'
        : '/')
  return (
    <>
      <h1 tabIndex={-1}>{fill(account.youAre, { name: me.person?.name ?? '' })}</h1>
      {fresh && (
        <>
          <h2>{account.thisDevice}</h2>
          <ThisDevice me={me} />
        </>
      )}
      <p class="row">
        <a class="button" href={next}>
          {account.goOn}
        </a>{' '}
        <a href="/account">{common.nav.account}</a>
      </p>
    </>
  )
}
