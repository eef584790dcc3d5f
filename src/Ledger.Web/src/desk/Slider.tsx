import { useEffect, useRef, useState } from 'preact/hooks'
import { Field } from '../parts/Field'
import { dayWords, inZoneWords, startOfDay } from '../time/zone'
import { fill, useWords } from '../words'

const STEP = 140

interface Props {
  days: string[]
  index: number
  whole: string
  changes: string[]
  zone: string
  move: (day: string) => void
}

/** One time for everything on the page: dragged, typed, stepped through or played. */
export function Slider({ days, index, whole, changes, zone, move }: Props) {
  const { desk, common } = useWords()
  const [playing, setShown] = useState(false)
  // At once, and not with the next rendering: a step that is due already must not take the slider from whoever took it.
  const plays = useRef(false)
  const setPlaying = (on: boolean) => {
    plays.current = on
    setShown(on)
  }
  const last = days.length - 1
  const day = days[index]!
  useEffect(() => {
    if (!playing) return
    if (index >= last) {
      setPlaying(false)
      return
    }
    const next = setTimeout(() => {
      if (plays.current) move(days[index + 1]!)
    }, STEP)
    return () => clearTimeout(next)
  }, [playing, index, days])
  const [before, after] = [changes.findLast((change) => change < day), changes.find((change) => change > day)]
  const told = `${dayWords(startOfDay(day, zone), zone)}${common.comma}${inZoneWords(zone)}`
  return (
    <div class="slider no-print">
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={index}
        aria-label={desk.slider}
        aria-valuetext={told}
        onInput={(event) => {
          setPlaying(false)
          move(days[Number(event.currentTarget.value)]!)
        }}
      />
      <div class="row">
        <button
          type="button"
          class="main"
          onClick={() => {
            if (!playing && index >= last) move(days[0]!)
            setPlaying(!playing)
          }}
        >
          <span aria-hidden="true">{playing ? '❙❙' : '▶'}</span> {playing ? desk.pause : desk.play}
        </button>
        <button type="button" disabled={!before} onClick={() => before && move(before)}>
          <span aria-hidden="true">⇤</span> <span class="wide">{desk.changeBefore}</span>
        </button>
        <button type="button" disabled={!after} onClick={() => after && move(after)}>
          <span class="wide">{desk.changeAfter}</span> <span aria-hidden="true">⇥</span>
        </button>
        <Field label={desk.day}>
          <input
            type="date"
            aria-label={desk.day}
            min={days[0]}
            max={whole}
            value={day}
            onChange={(event) => {
              const typed = event.currentTarget.value
              if (typed) {
                setPlaying(false)
                move(typed)
              }
            }}
          />
        </Field>
        <span class="space" />
        <output class="day">{fill(desk.dayOf, { day: dayWords(startOfDay(day, zone), zone) })}</output>
      </div>
    </div>
  )
}
