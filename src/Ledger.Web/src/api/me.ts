import { useAnswer, valueOf } from '../parts/useAnswer'

export interface Membership { agreement: string; role: 'monitor' | 'reviewer' | 'party' | 'auditor' | 'administrator'; party?: string; opensSealed?: boolean }

export interface Me { person: { id: string; name: string } | null; how?: string; memberships: Membership[]; permissions: Record<string, string[]> }

/** Who is asking, as the server sees it; undefined until it has answered, or where it cannot be reached. */
export function useMe(): Me | undefined {
  return valueOf(useAnswer<Me>('/me'))
}

/** Whether somebody may do something in an agreement, or, without one, anywhere. The server decides; this only spares a button that would be refused. */
export function may(me: Me | undefined, permission: string, agreement?: string): boolean {
  if (me === undefined) return true
  return Object.entries(me.permissions).some(([where, permissions]) => (agreement === undefined || where === '*' || where === agreement) && permissions.includes(permission))
}
