import { may, type Me } from '../api/me'
import type { AgreementFile } from '../api/types'

/** The parties for which somebody speaks in an agreement. */
export function spokenFor(me: Me | undefined, file: AgreementFile): string[] {
  const held = (me?.memberships ?? []).filter(
    ({ role, agreement }) => role === 'party' && (agreement === '*' || agreement === file.id),
  )
  return file.parties.map(({ id }) => id).filter((id) => held.some(({ party }) => party === '*' || party === id))
}

/** What somebody may record in an agreement, form by form. */
export function formsOf(me: Me | undefined, file: AgreementFile) {
  const has = (...permissions: string[]) =>
    me !== undefined && permissions.some((permission) => may(me, permission, file.id))
  return {
    respond: spokenFor(me, file).length > 0,
    statement: has('review', 'administer'),
    power: has('administer'),
    coverage: has('file', 'review', 'administer'),
    erasure: has('administer'),
  }
}
