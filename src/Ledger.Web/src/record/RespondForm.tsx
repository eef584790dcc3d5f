import type { Agreement, Receipt } from '../api/types'
import { Act } from '../parts/Act'
import { Choices } from '../parts/Choices'
import { Field } from '../parts/Field'
import { partyName } from '../parts/names'
import { useWords } from '../words'

const stances = ['admits', 'denies', 'justifies', 'disputes'] as const

/** What a party says of a report, by somebody who speaks for it. */
export function RespondForm({
  agreement,
  report,
  parties,
  onDone,
}: {
  agreement: Agreement
  report: string
  parties: string[]
  onDone: (receipt: Receipt) => void
}) {
  const { record, common } = useWords()
  return (
    <Act
      path={`/reports/${encodeURIComponent(report)}/responses`}
      more={parties.length === 1 ? { party: parties[0] } : {}}
      button={record.respondNow}
      seeIt={record.asItStands}
      author={false}
      onDone={onDone}
    >
      <p class="small">{record.respondMeans}</p>
      {parties.length > 1 && (
        <Field label={record.party} name="party">
          <select name="party">
            {parties.map((party) => (
              <option value={party}>{partyName(agreement.file, party)}</option>
            ))}
          </select>
        </Field>
      )}
      <Choices label={record.stance} name="stance">
        {stances.map((one) => (
          <label class="choice">
            <input type="radio" name="stance" value={one} />
            <span>
              {common.stance[one]}
              <span class="hint">{record.stanceMeans[one]}</span>
            </span>
          </label>
        ))}
      </Choices>
      <Field label={record.words} hint={record.wordsHint} name="words">
        <textarea name="words" dir="auto" maxLength={5000} />
      </Field>
    </Act>
  )
}
