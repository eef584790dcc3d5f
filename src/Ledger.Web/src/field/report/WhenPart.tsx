import { useRef } from 'preact/hooks'
import { Field } from '../../parts/Field'
import { addDays, clockTime, inZoneWords, isoDay, occurredWords } from '../../time/zone'
import { useWords } from '../../words'
import { now } from '../outbox/clock'
import type { Part } from './part'
import { stretchOf, type When } from '../draft/when'

const precisions = ['instant', 'hour', 'between', 'day', 'days', 'week', 'month', 'year'] as const
const clocked: readonly When['precision'][] = ['instant', 'hour', 'between']

/** When it happened, on the clocks of the agreement's zone. */
export function WhenPart({ draft, file, change, wrong }: Part) {
  const { field } = useWords()
  const { when } = draft
  const zone = file.timeZone
  const set = (changes: Partial<When>) => change({ when: { ...when, ...changes } })
  const today = () => isoDay(now(), zone)
  const stretch = stretchOf(when, zone)
  // A time that was typed stays one; without it a day is all that is known.
  const onDay = (day: string) =>
    set({ day, precision: clocked.includes(when.precision) && when.time ? when.precision : 'day' })
  const dayName =
    when.precision === 'days' || when.precision === 'week'
      ? field.when.firstDay
      : when.precision === 'month'
        ? field.when.month
        : when.precision === 'year'
          ? field.when.year
          : field.when.day
  return (
    <>
      <p class="small faint">{inZoneWords(zone)}</p>
      <p class="row">
        <button type="button" onClick={() => set({ precision: 'instant', day: today(), time: clockTime(now(), zone) })}>
          {field.when.justNow}
        </button>
        <button type="button" onClick={() => onDay(today())}>
          {field.when.today}
        </button>
        <button type="button" onClick={() => onDay(addDays(today(), -1))}>
          {field.when.yesterday}
        </button>
      </p>
      <Field label={field.when.precision}>
        <select
          value={when.precision}
          onChange={(event) => set({ precision: event.currentTarget.value as When['precision'] })}
        >
          {precisions.map((precision) => (
            <option value={precision}>{field.when.precisions[precision]}</option>
          ))}
        </select>
      </Field>
      <div class={when.precision === 'between' ? 'fields day-first' : 'fields'}>
        <Day
          name={dayName}
          hint={
            when.precision === 'month'
              ? field.when.monthHint
              : when.precision === 'year'
                ? field.when.yearHint
                : field.when.dayHint
          }
          value={when.day}
          set={(day) => set({ day })}
          wrong={wrong('day')}
        />
        {clocked.includes(when.precision) && (
          <Time
            name={when.precision === 'between' ? field.when.earliest : field.when.time}
            hint={when.precision === 'hour' ? field.when.hourHint : field.when.timeHint}
            value={when.time}
            set={(time) => set({ time })}
            wrong={wrong('time')}
          />
        )}
        {when.precision === 'between' && (
          <Time
            name={field.when.latest}
            hint={field.when.timeHint}
            value={when.lastTime}
            set={(lastTime) => set({ lastTime })}
            wrong={wrong('lastTime')}
          />
        )}
        {when.precision === 'days' && (
          <Day
            name={field.when.lastDay}
            hint={field.when.dayHint}
            value={when.lastDay}
            set={(lastDay) => set({ lastDay })}
            wrong={wrong('lastDay')}
          />
        )}
      </div>
      {stretch && stretch[0] > now() && (
        <p class="problem-line" role="alert">
          {field.findings.future}
        </p>
      )}
      {stretch && stretch[0] <= now() && (
        <p class="small" aria-live="polite">
          <strong>
            {occurredWords(
              {
                from: new Date(stretch[0]).toISOString(),
                until: new Date(stretch[1]).toISOString(),
                precision: when.precision === 'hour' || when.precision === 'between' ? 'day' : when.precision,
              },
              zone,
            )}
          </strong>
        </p>
      )}
    </>
  )
}

function Time({
  name,
  hint,
  value,
  set,
  wrong,
}: {
  name: string
  hint: string
  value: string
  set: (time: string) => void
  wrong: string | undefined
}) {
  return (
    <Field label={name} hint={hint} wrong={wrong}>
      <input
        inputMode="numeric"
        autocomplete="off"
        size={8}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Field>
  )
}

/** A day, typed in any digits or taken from the calendar of the browser. */
function Day({
  name,
  hint,
  value,
  set,
  wrong,
}: {
  name: string
  hint: string
  value: string
  set: (day: string) => void
  wrong: string | undefined
}) {
  const { field } = useWords()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div class="with-button">
      <Field label={name} hint={hint} wrong={wrong}>
        <input
          inputMode="numeric"
          autocomplete="off"
          size={12}
          value={value}
          onInput={(event) => set(event.currentTarget.value)}
        />
      </Field>
      <button type="button" aria-label={`${field.when.calendar}: ${name}`} onClick={() => picker.current!.showPicker()}>
        <span aria-hidden="true">▦</span>
      </button>
      <input
        class="picker"
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        ref={picker}
        onChange={(event) => event.currentTarget.value && set(event.currentTarget.value)}
      />
    </div>
  )
}
