import { useRef } from 'preact/hooks'
import { Field } from '../../parts/Field'
import { addDays, clockTime, inZoneWords, isoDay, occurredWords } from '../../time/zone'
import { useWords } from '../../words'
import { now } from '../outbox/clock'
import { occurredFrom, type Draft } from './draft'
import type { Part } from './Form'

const precisions = ['instant', 'day', 'days', 'month'] as const

/** When it happened, on the clocks of the agreement's zone. */
export function WhenPart({ draft, file, change, wrong }: Part) {
  const { field } = useWords()
  const { when } = draft
  const zone = file.timeZone
  const set = (changes: Partial<Draft['when']>) => change({ when: { ...when, ...changes } })
  const today = () => isoDay(now(), zone)
  const from = occurredFrom(draft, zone)
  return (
    <>
      <p class="small faint">{inZoneWords(zone)}</p>
      <p class="row">
        <button type="button" onClick={() => set({ precision: 'instant', day: today(), time: clockTime(now(), zone) })}>{field.when.justNow}</button>
        <button type="button" onClick={() => set({ day: today(), precision: when.precision === 'instant' && when.time ? 'instant' : 'day' })}>{field.when.today}</button>
        <button type="button" onClick={() => set({ day: addDays(today(), -1), precision: when.precision === 'instant' && when.time ? 'instant' : 'day' })}>{field.when.yesterday}</button>
      </p>
      <div class="fields">
        <Field label={field.when.precision}>
          <select value={when.precision} onChange={event => set({ precision: event.currentTarget.value as Draft['when']['precision'] })}>
            {precisions.map(precision => <option value={precision}>{field.when.precisions[precision]}</option>)}
          </select>
        </Field>
        <Day name={when.precision === 'days' ? field.when.firstDay : when.precision === 'month' ? field.when.monthDay : field.when.day} value={when.day} set={day => set({ day })} wrong={wrong('day')} />
        {when.precision === 'instant' && (
          <Field label={field.when.time} hint={field.when.timeHint} wrong={wrong('time')}>
            <input inputMode="numeric" autocomplete="off" size={8} value={when.time} onInput={event => set({ time: event.currentTarget.value })} />
          </Field>
        )}
        {when.precision === 'days' && <Day name={field.when.lastDay} value={when.lastDay} set={lastDay => set({ lastDay })} wrong={wrong('lastDay')} />}
      </div>
      {from !== undefined && from > now() && <p class="problem-line" role="alert">{field.findings.future}</p>}
      {from !== undefined && from <= now() && <p class="small faint" aria-live="polite">{occurredWords({ from: new Date(from).toISOString(), until: new Date(from + 60_000).toISOString(), precision: when.precision === 'instant' ? 'instant' : when.precision === 'month' ? 'month' : 'day' }, zone)}</p>}
    </>
  )
}

/** A day, typed in any digits or taken from the calendar of the browser. */
function Day({ name, value, set, wrong }: { name: string; value: string; set: (day: string) => void; wrong: string | undefined }) {
  const { field } = useWords()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div class="with-button">
      <Field label={name} hint={field.when.dayHint} wrong={wrong}>
        <input inputMode="numeric" autocomplete="off" size={12} value={value} onInput={event => set(event.currentTarget.value)} />
      </Field>
      <button type="button" aria-label={`${field.when.calendar}: ${name}`} onClick={() => picker.current!.showPicker()}><span aria-hidden="true">▦</span></button>
      <input class="picker" type="date" tabIndex={-1} aria-hidden="true" ref={picker} onChange={event => event.currentTarget.value && set(event.currentTarget.value)} />
    </div>
  )
}
