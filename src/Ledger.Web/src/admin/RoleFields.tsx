import { useState } from 'preact/hooks'
import type { Membership } from '../api/me'
import type { Agreement, AgreementHead } from '../api/types'
import { Field } from '../parts/Field'
import { partyName } from '../parts/names'
import { useAnswer, valueOf } from '../api/useAnswer'
import { textOf, useWords } from '../words'

const roles = ['monitor', 'reviewer', 'party', 'auditor', 'administrator'] as const

/** A role and where it is had, in a form; membershipOf reads it. */
export function RoleFields({ agreements }: { agreements: AgreementHead[] }) {
  const { admin, common } = useWords()
  const [role, setRole] = useState<Membership['role']>('monitor')
  const [agreement, setAgreement] = useState(agreements[0]?.id ?? '*')
  return (
    <>
      <Field label={admin.roleOf}>
        <select name="role" value={role} onChange={(event) => setRole(event.currentTarget.value as Membership['role'])}>
          {roles.map((one) => (
            <option value={one}>{admin.role[one]}</option>
          ))}
        </select>
      </Field>
      <p class="small faint">{admin.roleMeans[role]}</p>
      <Field label={common.agreements}>
        <select name="agreement" value={agreement} onChange={(event) => setAgreement(event.currentTarget.value)}>
          {agreements.map((head) => (
            <option value={head.id}>{textOf(head.title).words}</option>
          ))}
          <option value="*">{admin.everyAgreement}</option>
        </select>
      </Field>
      {role === 'party' && <PartyField agreement={agreement} />}
      <label class="choice">
        <input type="checkbox" name="opensSealed" />
        <span>
          {admin.opensSealed}
          <span class="hint">{admin.opensSealedHint}</span>
        </span>
      </label>
    </>
  )
}

/** The parties of the agreement by their names; who speaks for a party in every agreement is given by its short name. */
function PartyField({ agreement }: { agreement: string }) {
  const { admin } = useWords()
  const file = valueOf(
    useAnswer<Agreement>(agreement === '*' ? undefined : `/agreements/${encodeURIComponent(agreement)}`),
  )?.file
  return agreement !== '*' && file ? (
    <Field label={admin.party}>
      <select name="party">
        {file.parties.map(({ id }) => (
          <option value={id}>{partyName(file, id)}</option>
        ))}
      </select>
    </Field>
  ) : (
    <Field label={admin.party} hint={admin.partyHint}>
      <input name="party" required />
    </Field>
  )
}

export function membershipOf(form: FormData): Membership {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const role = text('role') as Membership['role']
  return {
    agreement: text('agreement'),
    role,
    opensSealed: form.get('opensSealed') !== null,
    ...(role === 'party' && { party: text('party') }),
  }
}
