import { useMemo } from 'preact/hooks'
import { addDays, dayWords, startOfDay } from '../time/zone'
import { count, number, useWords } from '../words'
import { axisOf } from './axis'

export interface Row {
  day: string
  values: Record<string, number>
}
export interface Series {
  code: string
  name: string
}

const [WIDTH, HEIGHT, LEFT, TOP] = [900, 170, 34, 12]
const MOST_SERIES = 5
const [MOST_TICKS, TICK_WIDTH] = [6, 80]

interface Props {
  title: string
  rows: Row[]
  series: Series[]
  zone: string
  stacked?: boolean
  none: string
}

/** Bars by day, as plain SVG, and the same numbers as a table. */
export function BarChart({ title, rows, series: all, zone, stacked = false, none }: Props) {
  const { desk } = useWords()
  const series = all.slice(0, MOST_SERIES)
  const days = useMemo(() => (rows.length === 0 ? [] : spanOf(rows)), [rows])
  const place = useMemo(() => new Map(days.map((day, at) => [day, at])), [days])
  const { most, counts } = axisOf(
    Math.max(
      1,
      ...rows.map((row) =>
        stacked
          ? series.reduce((sum, one) => sum + (row.values[one.code] ?? 0), 0)
          : Math.max(...series.map((one) => row.values[one.code] ?? 0)),
      ),
    ),
  )
  const named = (day: string) => dayWords(startOfDay(day, zone), zone)
  if (rows.length === 0)
    return (
      <section>
        <h2>{title}</h2>
        <p class="faint">{none}</p>
      </section>
    )
  const step = (WIDTH - LEFT) / days.length
  const y = (value: number) => TOP + (HEIGHT - TOP) * (1 - value / most)
  const letters = 'abcde'
  return (
    <figure class="card">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      <ul class="legend">
        {series.map((one, at) => (
          <li>
            <svg class={letters[at]} viewBox="0 0 10 10" aria-hidden="true">
              <Bar pattern={at} x={0} y={0} width={10} height={10} />
            </svg>{' '}
            <span dir="auto">{one.name}</span>
          </li>
        ))}
        {all.length > MOST_SERIES && <li class="faint">{count(all.length - MOST_SERIES, desk.moreInTable)}</li>}
      </ul>
      <div class="scroll wide" tabIndex={0} role="group" aria-label={title}>
        <svg
          class="chart"
          viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`}
          role="img"
          aria-label={`${title}. ${desk.tableBelow}`}
        >
          {counts.map((value) => (
            <>
              <line class="axis" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
              <text x={LEFT - 5} y={y(value) + 4} text-anchor="end">
                {number(value)}
              </text>
            </>
          ))}
          {rows.map((row) => {
            const at = place.get(row.day)
            if (at === undefined) return null
            let below = 0
            return series.map((one, index) => {
              const value = row.values[one.code]
              if (value === undefined) return null
              const wide = Math.max(1, stacked ? step * 0.8 : (step * 0.8) / series.length)
              const x = LEFT + at * step + (stacked ? 0 : index * wide)
              const top = y(below + value)
              // A count of none is a statement too, and is drawn as a line.
              const bar = (
                <Bar
                  key={`${row.day} ${one.code}`}
                  pattern={index}
                  x={x}
                  y={value === 0 ? y(0) - 1.5 : top}
                  width={wide}
                  height={value === 0 ? 1.5 : y(below) - top}
                  title={`${named(row.day)}: ${one.name} ${number(value)}`}
                />
              )
              if (stacked) below += value
              return bar
            })
          })}
          {ticks(days).map((at) => (
            <text class="day" x={LEFT + at * step} y={HEIGHT + 14}>
              {named(days[at]!)}
            </text>
          ))}
        </svg>
      </div>
      <details>
        <summary>{desk.asTable}</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{desk.day}</th>
                {all.map((one) => (
                  <th scope="col" class="number">
                    <bdi>{one.name}</bdi>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.day}>
                  <th scope="row">{named(row.day)}</th>
                  {all.map((one) => (
                    <td class="number">{row.values[one.code] === undefined ? '—' : number(row.values[one.code]!)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

/** Series differ in their hatching too, so that a chart can be read on paper and without colour. */
function Bar({
  pattern,
  title,
  ...box
}: {
  pattern: number
  title?: string
  x: number
  y: number
  width: number
  height: number
}) {
  const stripes = pattern === 0 ? 0 : Math.floor(box.height / (2 + pattern * 2))
  return (
    <g class={'abcde'[pattern]}>
      <rect {...box}>{title && <title>{title}</title>}</rect>
      {Array.from({ length: Math.min(stripes, 40) }, (_, at) => (
        <rect
          class="gap"
          x={box.x}
          width={box.width}
          y={box.y + box.height - (at + 1) * (2 + pattern * 2)}
          height={1}
        />
      ))}
    </g>
  )
}

function spanOf(rows: Row[]): string[] {
  const days: string[] = []
  for (let day = rows[0]!.day; day <= rows.at(-1)!.day && days.length < 4000; day = addDays(day, 1)) days.push(day)
  return days
}

/** Every so many days, evenly, as long as there is room for the words. */
function ticks(days: string[]): number[] {
  const every = Math.ceil(days.length / MOST_TICKS)
  return days.flatMap((_, at) =>
    at % every === 0 && (WIDTH - LEFT) * (1 - at / days.length) >= TICK_WIDTH ? [at] : [],
  )
}
