import { useState } from 'preact/hooks'
import { useMe } from '../api/me'
import { post } from '../api/client'
import { choose, languages, spoken, useWords, type Language } from '../words'

/** The bar above every view. */
export function Top({ area }: { area: string | undefined }) {
  const { common } = useWords()
  const link = (address: string, name: string, own: string) => (
    <a href={address} aria-current={area === own ? 'page' : undefined}>{name}</a>
  )
  return (
    <header class="top">
      <a class="skip" href="#content">{common.skip}</a>
      <nav class="row" aria-label={common.ledger}>
        <a class="name" href="/">{common.ledger}</a>
        {link('/field', common.nav.report, 'field')}
        {link('/review', common.nav.review, 'review')}
        {link('/', common.nav.audit, 'a')}
        {link('/admin', common.nav.admin, 'admin')}
        <span class="space" />
        <Person />
        <label>
          <span class="visually-hidden">{common.language}</span>
          <select value={spoken()} onChange={event => void choose(event.currentTarget.value as Language)}>
            {Object.entries(languages).map(([tag, name]) => <option value={tag} lang={tag}>{name}</option>)}
          </select>
        </label>
      </nav>
    </header>
  )
}

/** Who is here, and the way in and out. */
function Person() {
  const { common } = useWords()
  const [asked, setAsked] = useState(0)
  const me = useMe(asked)
  if (me === undefined) return null
  if (me.person === null) return <a href="/plain/sign-in">{common.nav.signIn}</a>
  const leave = async () => {
    await post('/sign-out', {})
    setAsked(n => n + 1)
  }
  return <span class="row"><span class="faint small who" dir="auto">{me.person.name}</span> {me.how !== undefined && <button type="button" class="plain" onClick={() => void leave()}>{common.nav.signOut}</button>}</span>
}
