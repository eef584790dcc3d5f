import { useState } from 'preact/hooks'
import { Preview } from '../admin/Preview'
import type { Agreement, Receipt } from '../api/types'
import { Act } from '../parts/Act'
import { Field } from '../parts/Field'
import { useWords } from '../words'
import { provisionsOf } from './provisions'

const powers = [
  'provision_suspended',
  'provision_resumed',
  'deadline_extended',
  'provision_discharged',
  'agreement_terminated',
] as const
type Power = (typeof powers)[number]

/** What the parties do with their provisions; which verdicts that would turn is shown before it is recorded. */
export function PowerForm({
  agreement,
  about,
  onDone,
}: {
  agreement: Agreement
  about: string | undefined
  onDone: (receipt: Receipt) => void
}) {
  const { record, review } = useWords()
  const [power, setPower] = useState<Power>('provision_suspended')
  const [standsStill, setStandsStill] = useState(false)
  const [values, setValues] = useState({
    provision: about ?? '',
    effective: '',
    basis: '',
    to: '',
    subject: '',
    by: '',
  })
  const set = (name: keyof typeof values) => (event: Event) =>
    setValues({ ...values, [name]: (event.currentTarget as HTMLInputElement).value })
  const { provision, to, subject, ...always } = values
  const said = {
    ...always,
    ...(power !== 'agreement_terminated' && { provision }),
    ...(power === 'deadline_extended' && { to, subject }),
  }
  const data = {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value.trim() !== '')),
    ...(power === 'provision_suspended' && standsStill && { deadlineStandsStill: true }),
  }
  return (
    <Act
      path={`/agreements/${agreement.id}/powers`}
      type={power}
      more={data}
      button={record.recordPower}
      seeIt={record.asItStands}
      author={false}
      onDone={onDone}
    >
      <p class="small">{record.powerMeans}</p>
      <Field label={record.what} name="type">
        <select value={power} onChange={(event) => setPower(event.currentTarget.value as Power)}>
          {powers.map((one) => (
            <option value={one}>{record.powers[one]}</option>
          ))}
        </select>
      </Field>
      {power !== 'agreement_terminated' && (
        <Field label={record.provision} name="provision">
          <select value={provision} onChange={set('provision')}>
            <option value="" />
            {provisionsOf(agreement.file).map(({ code, name, lang }) => (
              <option value={code} lang={lang}>
                {name}
              </option>
            ))}
          </select>
        </Field>
      )}
      {power === 'deadline_extended' && (
        <>
          <Field label={record.newDeadline} name="to">
            <input type="date" value={to} onInput={set('to')} />
          </Field>
          <Field label={record.onlyFor} hint={record.onlyForHint} name="subject">
            <input dir="auto" maxLength={200} value={subject} onInput={set('subject')} />
          </Field>
        </>
      )}
      <Field label={record.effective} name="effective">
        <input type="date" value={values.effective} onInput={set('effective')} />
      </Field>
      {power === 'provision_suspended' && (
        <label class="choice">
          <input
            type="checkbox"
            checked={standsStill}
            onChange={(event) => setStandsStill(event.currentTarget.checked)}
          />
          <span>{record.standsStill}</span>
        </label>
      )}
      <Field label={record.basis} hint={record.basisHint} name="basis">
        <textarea dir="auto" value={values.basis} onInput={set('basis')} />
      </Field>
      <Field label={review.by} hint={review.byHint} name="by">
        <input dir="auto" maxLength={200} value={values.by} onInput={set('by')} />
      </Field>
      <Preview
        agreement={agreement.id}
        suppose={{ type: power, data }}
        ready={
          values.effective !== '' &&
          values.basis.trim() !== '' &&
          (power === 'agreement_terminated' || provision !== '') &&
          (power !== 'deadline_extended' || to !== '')
        }
      />
    </Act>
  )
}
