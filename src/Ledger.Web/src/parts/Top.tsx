import { meChanged, useMe } from '../api/me'
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
        <Person area={area} />
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
function Person({ area }: { area: string | undefined }) {
  const { common } = useWords()
  const me = useMe()
  if (me === undefined) return null
  if (me.person === null) return <a href="/sign-in" aria-current={area === 'sign-in' ? 'page' : undefined}>{common.nav.signIn}</a>
  const leave = async () => {
    await post('/sign-out', {})
    meChanged()
  }
  return <span class="row"><a href="/account" class="who" dir="auto" aria-current={area === 'account' ? 'page' : undefined} title={me.person.name}>{me.person.name}</a> {me.how !== undefined && <button type="button" class="plain" onClick={() => void leave()}>{common.nav.signOut}</button>}</span>
}
