import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMe } from './api/me'
import { signInAddress, usePlace } from './parts/router'
import { choose, languages, spoken, useWords, type Language } from './words'

/** The bar above every view. On a phone it is one row, and where else one can go is behind a button. A locked phone does not tell whose it is. */
export function Top({ area, open: unlocked }: { area: string | undefined; open: boolean }) {
  const { common } = useWords()
  const [open, setOpen] = useState(false)
  const bar = useRef<HTMLElement>(null)
  const menu = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    const away = (event: Event) => event.composedPath().includes(bar.current!) || setOpen(false)
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      menu.current?.focus()
    }
    addEventListener('click', away)
    addEventListener('keydown', escape)
    return () => {
      removeEventListener('click', away)
      removeEventListener('keydown', escape)
    }
  }, [open])
  const areas: [address: string, own: string, name: string][] = [
    ['/field', 'field', common.nav.report],
    ['/review', 'review', common.nav.review],
    ['/', 'a', common.nav.audit],
    ['/admin', 'admin', common.nav.admin],
  ]
  return (
    <header class="top" ref={bar}>
      <a class="skip" href="#content">
        {common.skip}
      </a>
      <nav class="row" aria-label={common.ledger}>
        <a class="name" href="/">
          {common.ledger}
        </a>
        <span class="here" aria-hidden="true">
          {areas.find(([, own]) => own === area)?.[2]}
        </span>
        <Outbox area={area} />
        <button
          type="button"
          class="menu"
          ref={menu}
          aria-expanded={open}
          aria-controls="places"
          onClick={() => setOpen(!open)}
        >
          <span aria-hidden="true">☰</span> {common.menu}
        </button>
        <div
          id="places"
          class={open ? 'places open' : 'places'}
          onClick={(event) => (event.target as Element).closest('a') && setOpen(false)}
        >
          {areas.map(([address, own, name]) => (
            <a href={address} aria-current={area === own ? 'page' : undefined}>
              {name}
            </a>
          ))}
          <span class="space" />
          {unlocked && <Person area={area} />}
          <label>
            <span class="visually-hidden">{common.language}</span>
            <select value={spoken()} onChange={(event) => void choose(event.currentTarget.value as Language)}>
              {Object.entries(languages).map(([tag, name]) => (
                <option value={tag} lang={tag}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </div>
      </nav>
    </header>
  )
}

/** What waits on this phone, for whoever reports with it; nobody else's browser is given an outbox. */
function Outbox({ area }: { area: string | undefined }) {
  const [Mark, setMark] = useState<ComponentType>()
  useEffect(() => {
    if (area === 'field') void import('./field/OutboxMark').then((file) => setMark(() => file.OutboxMark))
  }, [area])
  return area === 'field' && Mark ? <Mark /> : null
}

/** Who is here, and the way to their account; or the way in. */
function Person({ area }: { area: string | undefined }) {
  const { common } = useWords()
  const me = useMe()
  // The way in leads back to the view that is open now.
  usePlace()
  if (me === undefined) return null
  if (me.person === null)
    return (
      <a href={signInAddress()} aria-current={area === 'sign-in' ? 'page' : undefined}>
        {common.nav.signIn}
      </a>
    )
  return (
    <a href="/account" class="who" aria-current={area === 'account' ? 'page' : undefined} title={common.nav.account}>
      <bdi>{me.person.name}</bdi>
    </a>
  )
}
