import type { Membership } from '../api/me'
import { useWords } from '../words'

/** What somebody is, a tag for each role. */
export function Roles({ memberships }: { memberships: Membership[] }) {
  return (
    <>
      {memberships.map((held) => (
        <>
          <Role held={held} />{' '}
        </>
      ))}
    </>
  )
}

export function Role({ held }: { held: Membership }) {
  const { admin } = useWords()
  return (
    <span class="tag">
      {admin.role[held.role]}
      {held.party ? ` (${held.party === '*' ? admin.everyParty : held.party})` : ''} ·{' '}
      {held.agreement === '*' ? admin.everyAgreement : held.agreement}
      {held.opensSealed ? ` · ${admin.opensSealed}` : ''}
    </span>
  )
}
