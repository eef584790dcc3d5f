import { may, useMe } from '../api/me'
import { SignInHere } from '../parts/SignInHere'
import { Tabs } from '../parts/Tabs'
import type { Place } from '../parts/router'
import { useWords } from '../words'
import { AgreementsView } from './AgreementsView'
import { HealthView } from './HealthView'
import { PeopleView } from './PeopleView'
import { ZonesView } from './ZonesView'

/** An administrator's rooms. */
const rooms = { '': AgreementsView, zones: ZonesView, people: PeopleView, health: HealthView }
type Name = keyof typeof rooms
const names: readonly string[] = Object.keys(rooms)

export function AdminArea({ place }: { place: Place }) {
  const { admin, common } = useWords()
  const me = useMe()
  const name = place.path[1] ?? ''
  const Room = names.includes(name) ? rooms[name as Name] : undefined
  return (
    <>
      <h1 tabIndex={-1}>{admin.title}</h1>
      <Tabs name={admin.title} open={name}>
        {(Object.keys(rooms) as Name[]).map((room) => (
          <a href={room === '' ? '/admin' : `/admin/${room}`} aria-current={room === name ? 'page' : undefined}>
            {admin.rooms[room === '' ? 'agreements' : room]}
          </a>
        ))}
      </Tabs>
      {!may(me, 'administer') &&
        !(name === 'people' && may(me, 'audit')) &&
        (me?.person ? <p class="notice">{admin.notYours}</p> : <SignInHere>{admin.signInFirst}</SignInHere>)}
      {Room ? <Room /> : <p>{common.notFound}</p>}
    </>
  )
}
