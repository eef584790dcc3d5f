import { useMemo } from 'preact/hooks'
import { Field } from '../parts/Field'
import { memo } from '../parts/memo'
import { refine } from '../parts/router'
import { called, label, useWords } from '../words'
import type { Filter, Happening } from './course'
import type { View } from './view'
import { partyName, zoneName } from '../parts/names'
import { LensPicker } from './Lens'
import type { Known } from './useReplay'

/** What is known by which clock, through which lens, and which of it is shown. Only what occurs in the record can be chosen. */
export const ReplayFilters = memo(function ReplayFilters({
  agreement,
  place,
  filter,
  known,
  all,
}: View & { filter: Filter; known: Known; all: Happening[] }) {
  const { desk, common } = useWords()
  const { file } = agreement
  const found = useMemo(
    () => ({
      kind: count(all.map((one) => one.incident.kind)),
      actor: count(all.flatMap((one) => one.incident.actors.map((actor) => actor.party ?? actor.name))),
      zone: count(all.flatMap((one) => [...one.incident.zones, ...one.incident.perhapsZones])),
      level: count(all.map((one) => one.incident.level)),
    }),
    [all],
  )
  const named: Record<keyof Filter, (code: string) => string> = {
    kind: (code) => label(file.codebook.kinds, code),
    actor: (code) => partyName(file, code),
    zone: (code) => zoneName(file, code),
    level: (code) => called(common.level, code),
  }
  const clocks: Record<Known, string> = { now: desk.knownNow, said: desk.knownThenSaid, held: desk.knownThenHeld }
  return (
    <div class="replay-filters no-print">
      <fieldset>
        <legend>{desk.known}</legend>
        {(Object.keys(clocks) as Known[]).map((clock) => (
          <label>
            <input
              type="radio"
              name="known"
              value={clock}
              checked={known === clock}
              onChange={() => refine({ known: clock === 'now' ? undefined : clock })}
            />{' '}
            {clocks[clock]}
          </label>
        ))}
      </fieldset>
      <LensPicker agreement={agreement} value={place.query.get('lens') ?? ''} onPick={(lens) => refine({ lens })} />
      {(Object.keys(named) as (keyof Filter)[]).map((part) =>
        found[part].length > 1 || filter[part] !== '' ? (
          <Field label={desk.filter[part]}>
            <select value={filter[part]} onChange={(event) => refine({ [part]: event.currentTarget.value })}>
              <option value="">{common.all}</option>
              {found[part].map(([code, n]) => (
                <option value={code}>{`${named[part](code)} (${n})`}</option>
              ))}
            </select>
          </Field>
        ) : null,
      )}
    </div>
  )
})

function count(codes: string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  return [...counts].sort((one, other) => other[1] - one[1])
}
