import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { useLocked } from './locked'
import { useTitle } from './parts/heading'
import { usePlace, type Place } from './parts/router'
import { NewVersion } from './NewVersion'
import { Top } from './Top'
import { useWords } from './words'

/** The areas of the app, each loaded when it is first opened. */
const areas: Record<string, () => Promise<ComponentType<{ place: Place }>>> = {
  '': () => import('./desk/Home').then((file) => file.Home),
  a: () => import('./desk/Desk').then((file) => file.Desk),
  field: () => import('./field/FieldArea').then((file) => file.FieldArea),
  review: () => import('./review/ReviewArea').then((file) => file.ReviewArea),
  admin: () => import('./admin/AdminArea').then((file) => file.AdminArea),
  'sign-in': () => import('./sign-in/SignInArea').then((file) => file.SignInArea),
  account: () => import('./account/AccountArea').then((file) => file.AccountArea),
}

/** What is of the one who is signed in: behind the PIN of the phone, like all that it keeps. */
const OF_SOMEBODY = ['field', 'review', 'admin', 'account']

export function App() {
  const place = usePlace()
  const { common } = useWords()
  const name = place.path[0] ?? ''
  const locked = useLocked()
  // A phone's list of pages does not tell what was reported from it.
  useTitle(name !== 'field')
  const [area, setArea] = useState<{ name: string; View: ComponentType<{ place: Place }> | undefined }>()
  useEffect(() => {
    let current = true
    const load = areas[name]
    if (!load) setArea({ name, View: undefined })
    else void load().then((View) => current && setArea({ name, View }))
    return () => {
      current = false
    }
  }, [name])
  return (
    <>
      <Top area={name === '' ? 'a' : name} open={locked === 'open'} />
      <NewVersion place={place} />
      <main id="content" tabIndex={-1}>
        {typeof locked === 'object' && OF_SOMEBODY.includes(name) ? (
          <locked.Gate />
        ) : area?.name !== name || (locked === 'asking' && OF_SOMEBODY.includes(name)) ? (
          <p class="faint" role="status">
            {common.loading}
          </p>
        ) : area.View ? (
          <area.View place={place} />
        ) : (
          <h1 tabIndex={-1}>{common.notFound}</h1>
        )}
      </main>
    </>
  )
}
