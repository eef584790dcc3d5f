import { useState } from 'preact/hooks'
import type { Agreement, Receipt } from '../api/types'
import { Act } from '../parts/Act'
import { Choices, Ticks } from '../parts/Choices'
import { Field } from '../parts/Field'
import { textOf, useWords } from '../words'
import { provisionsOf } from './provisions'

const stances = ['kept', 'broken', 'partly', 'in-progress', 'disputed', 'refused', 'inconclusive'] as const

/** What somebody says about how provisions are kept. */
export function StatementForm({
  agreement,
  about,
  onDone,
}: {
  agreement: Agreement
  about: string | undefined
  onDone: (receipt: Receipt) => void
}) {
  const { record, common } = useWords()
  const [provisions, setProvisions] = useState<string[]>(about ? [about] : [])
  const { parties, adjudicators = [] } = agreement.file
  return (
    <Act
      path={`/agreements/${agreement.id}/statements`}
      more={{ provisions }}
      button={record.recordStatement}
      seeIt={record.asItStands}
      author={false}
      onDone={onDone}
    >
      <p class="small">{record.statementMeans}</p>
      <Choices label={record.provisions} name="provisions">
        <Ticks of={provisionsOf(agreement.file)} ticked={provisions} onTick={setProvisions} />
      </Choices>
      <Field label={record.state} name="stance">
        <select name="stance">
          <option value="" />
          {stances.map((one) => (
            <option value={one}>{common.stance[one]}</option>
          ))}
        </select>
      </Field>
      <Field label={record.author} hint={record.authorHint} name="by">
        <input name="by" dir="auto" maxLength={200} />
      </Field>
      <Field label={record.speaksFor} name="party">
        <select name="party">
          <option value="">{record.speaksForNone}</option>
          {parties.map((party) => (
            <option value={party.id}>{textOf(party.name).words || party.id}</option>
          ))}
        </select>
      </Field>
      {adjudicators.length > 0 && (
        <Field label={record.adjudicator} name="adjudicator">
          <select name="adjudicator">
            <option value="">{record.adjudicatorNone}</option>
            {adjudicators.map((one) => (
              <option value={one.id}>{textOf(one.name).words || one.id}</option>
            ))}
          </select>
        </Field>
      )}
      <Field label={record.saidAt} hint={record.saidAtHint} name="saidAt">
        <input type="date" name="saidAt" />
      </Field>
      <Field label={record.since} name="since">
        <input type="date" name="since" />
      </Field>
      <Field label={record.summary} name="summary">
        <textarea name="summary" dir="auto" maxLength={1000} />
      </Field>
    </Act>
  )
}
