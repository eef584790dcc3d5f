import { useMe } from '../api/me'
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

/** Who is here, and the way to their account; or the way in. */
function Person({ area }: { area: string | undefined }) {
  const { common } = useWords()
  const me = useMe()
  if (me === undefined) return null
  if (me.person === null) return <a href="/sign-in" aria-current={area === 'sign-in' ? 'page' : undefined}>{common.nav.signIn}</a>
  return <a href="/account" class="who" dir="auto" aria-current={area === 'account' ? 'page' : undefined} title={common.nav.account}>{me.person.name}</a>
}
