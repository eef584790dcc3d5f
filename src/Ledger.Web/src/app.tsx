import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
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

export function App() {
  const place = usePlace()
  const { common } = useWords()
  const name = place.path[0] ?? ''
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
      <Top area={name === '' ? 'a' : name} />
      <NewVersion place={place} />
      <main id="content" tabIndex={-1}>
        {area?.name !== name ? (
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
