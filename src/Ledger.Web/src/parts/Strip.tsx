import { memo } from './memo'
import type { Interval, Verdict } from '../api/types'
import { dayWords } from '../time/zone'
import { called, useWords } from '../words'

/** The stretch of valid time that a strip shows: milliseconds, half-open. */
export interface Span {
  from: number
  until: number
}

interface Props {
  intervals: Interval[]
  span: Span
  at?: number
  zone: string
  name: string
}

/** How a provision stood over time, as a band. Time runs from left to right in every language, as on a clock. */
export const Strip = memo(function Strip({ intervals, span, at, zone, name }: Props) {
  const { common } = useWords()
  const place = (instant: number) =>
    ((Math.min(Math.max(instant, span.from), span.until) - span.from) / (span.until - span.from)) * 1000
  const bands = intervals.flatMap((interval) => {
    const [from, until] = [
      interval.from ? Date.parse(interval.from) : -Infinity,
      interval.until ? Date.parse(interval.until) : Infinity,
    ]
    return interval.life === 'not-yet-in-force' || until <= span.from || from >= span.until
      ? []
      : [{ ...interval, x: place(from), width: place(until) - place(from) }]
  })
  const told = bands
    .map((band) => `${common.verdict[band.verdict]}${band.from ? ` ${dayWords(band.from, zone)}` : ''}`)
    .join(common.comma)
  return (
    <svg class="strip" viewBox="0 0 1000 16" preserveAspectRatio="none" role="img" aria-label={`${name}: ${told}`}>
      {bands.map((band) => (
        <rect
          class={`band ${band.verdict}${band.life === 'in-force' ? '' : ' idle'}`}
          x={band.x}
          width={Math.max(band.width, 1.5)}
          {...shape[band.verdict]}
        >
          <title>{`${common.verdict[band.verdict]}: ${called(common.reason, band.reason)}${band.from ? `${common.comma}${dayWords(band.from, zone)}` : ''}`}</title>
        </rect>
      ))}
      {at !== undefined && at >= span.from && at <= span.until && (
        <rect class="now" x={place(at) - 1.5} y={0} width={3} height={16} />
      )}
    </svg>
  )
})

/** Each verdict is drawn at its own height, so that a strip can be read without colour, and on paper. */
const shape: Record<Verdict, { y: number; height: number }> = {
  fulfilled: { y: 5, height: 6 },
  holding: { y: 5, height: 6 },
  pending: { y: 7, height: 2 },
  breached: { y: 0, height: 16 },
  unknown: { y: 7, height: 2 },
}
