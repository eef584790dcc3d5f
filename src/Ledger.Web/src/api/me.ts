import { useEffect, useState } from 'preact/hooks'
import type { Me } from './described'
import { useAnswer, valueOf } from './useAnswer'

export type { Me, MembershipShown as Membership } from './described'

/** Who is asking, as the server sees it; undefined until it has answered, or where it cannot be reached. Another count asks again. */
export function useMe(asked = 0): Me | undefined {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const changed = () => setChanges((n) => n + 1)
    addEventListener(CHANGED, changed)
    return () => removeEventListener(CHANGED, changed)
  }, [])
  return valueOf(useAnswer<Me>('/me', '', asked + changes))
}

/** Whether whoever is signed in may; nobody is offered what they may not, also while that is asked. */
export function useMay(permission: string, agreement: string): boolean {
  const me = useMe()
  return me !== undefined && may(me, permission, agreement)
}

const CHANGED = 'ledger-me'

/** Somebody came in or went out, so that every view asks again who it is. */
export const meChanged = () => dispatchEvent(new Event(CHANGED))

/** Whether somebody may do something in an agreement, or, without one, anywhere. The server decides; this only spares a button that would be refused. */
export function may(me: Me | undefined, permission: string, agreement?: string): boolean {
  if (me === undefined) return true
  return Object.entries(me.permissions).some(
    ([where, permissions]) =>
      (agreement === undefined || where === '*' || where === agreement) && permissions.includes(permission),
  )
}
