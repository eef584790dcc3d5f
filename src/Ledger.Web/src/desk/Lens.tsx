import type { Agreement } from '../api/types'
import { Field } from '../parts/Field'
import { textOf, useWords } from '../words'

/** The lenses that an agreement names, and one for each party that signed it. */
export function LensPicker({
  agreement,
  value,
  name = 'lens',
  onPick,
  label,
}: {
  agreement: Agreement
  value: string
  name?: string
  label?: string
  onPick?: (lens: string) => void
}) {
  const { desk } = useWords()
  const named: Record<string, string> = { '': desk.lensHouse, strict: desk.lensStrict, alleged: desk.lensAlleged }
  const parties = Object.fromEntries(
    agreement.file.parties.filter((party) => party.signatory).map((party) => [party.id, textOf(party.name).words]),
  )
  const lenses = new Set([
    '',
    'strict',
    'alleged',
    ...Object.keys(agreement.file.lenses ?? {}),
    ...Object.keys(parties),
    value,
  ])
  return (
    <Field label={label ?? desk.lens}>
      <select name={name} value={value} onChange={onPick && ((event) => onPick(event.currentTarget.value))}>
        {[...lenses].map((lens) => (
          <option value={lens}>{named[lens] ?? parties[lens] ?? lens}</option>
        ))}
      </select>
    </Field>
  )
}
