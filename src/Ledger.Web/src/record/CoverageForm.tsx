import { useState } from 'preact/hooks'
import type { Agreement, Receipt } from '../api/types'
import { Act } from '../parts/Act'
import { Choices, Ticks } from '../parts/Choices'
import { Field } from '../parts/Field'
import { DAY } from '../time/zone'
import { textOf, useWords } from '../words'

/** Who was watching, where and when. The last day is asked, and the entry says the day after it, on which nobody watched. */
export function CoverageForm({ agreement, onDone }: { agreement: Agreement; onDone: (receipt: Receipt) => void }) {
  const { record } = useWords()
  const [zones, setZones] = useState<string[]>([])
  const [last, setLast] = useState('')
  const drawn = (agreement.file.zones ?? []).map((zone) => {
    const { words, lang } = textOf(zone.name)
    return { code: zone.id, name: words || zone.id, lang }
  })
  const until = last === '' ? undefined : new Date(Date.parse(last) + DAY).toISOString().slice(0, 10)
  return (
    <Act
      path={`/agreements/${agreement.id}/coverage`}
      more={{ until, ...(zones.length > 0 && { zones }) }}
      button={record.recordCoverage}
      seeIt={record.asItStands}
      author={false}
      onDone={onDone}
    >
      <p class="small">{record.coverageMeans}</p>
      <Field label={record.watcher} name="by">
        <input name="by" dir="auto" maxLength={200} />
      </Field>
      <Field label={record.from} name="from">
        <input type="date" name="from" />
      </Field>
      <Field label={record.until} name="until">
        <input type="date" value={last} onInput={(event) => setLast(event.currentTarget.value)} />
      </Field>
      {drawn.length > 0 && (
        <Choices label={record.zones} hint={record.zonesHint} name="zones">
          <Ticks of={drawn} ticked={zones} onTick={setZones} />
        </Choices>
      )}
      <Field label={record.method} hint={record.methodHint} name="method">
        <input name="method" dir="auto" maxLength={500} />
      </Field>
    </Act>
  )
}
