import { useMemo } from 'preact/hooks'
import type { Interval } from '../api/types'
import { Strip, type Span } from '../parts/Strip'
import { Unlike } from '../parts/Unlike'
import { glyphs, VerdictMark } from '../parts/VerdictMark'
import { called, fill, textOf, useWords } from '../words'
import { differs, intervalAt } from './course'
import type { View } from './view'
import { viewAddress } from './question'

interface Props extends View {
  shown: Record<string, Interval[]>
  other: Record<string, Interval[]> | undefined
  then: boolean
  at: number
  span: Span
}

/** Every provision over all the time of the slider, and what it says at the day that is shown; where known then and known now differ, both. */
export function ReplayStrips({ agreement, place, shown, other, then, at, span }: Props) {
  const { desk, common } = useWords()
  const fixed = useMemo(() => span, [span.from, span.until])
  const titles = useMemo(
    () => Object.fromEntries(agreement.file.provisions.map((provision) => [provision.id, provision])),
    [agreement],
  )
  const offset = ((at - span.from) / (span.until - span.from)) * 100
  return (
    <section class="strips" aria-label={desk.provisions}>
      <h2>{desk.provisions}</h2>
      {agreement.provisions
        .filter((id) => shown[id])
        .map((id) => {
          const [now, beside] = [intervalAt(shown[id], at), other && intervalAt(other[id], at)]
          const title = textOf(titles[id]?.title)
          const unlike = other !== undefined && differs(now, beside)
          return (
            <div class={unlike ? 'strip-row marked' : 'strip-row'} key={id}>
              <div class="spread small">
                <a
                  href={viewAddress(agreement.id, `p/${id}`, place, {
                    asOf: new Date(at).toISOString().replace('.999Z', '.999999Z'),
                  })}
                  lang={title.lang}
                  dir="auto"
                >
                  {title.words || id}
                </a>
                <span>
                  {now ? (
                    now.life === 'in-force' ? (
                      <VerdictMark verdict={now.verdict} />
                    ) : (
                      <span class="faint">{called(common.life, now.life)}</span>
                    )
                  ) : (
                    <span class="faint">—</span>
                  )}
                  {unlike && (
                    <span class="mark">
                      <Unlike />{' '}
                      {fill(then ? desk.otherNow : desk.otherThen, {
                        verdict: beside ? `${glyphs[beside.verdict]} ${common.verdict[beside.verdict]}` : '—',
                      })}
                    </span>
                  )}
                </span>
              </div>
              <div class="strip-box">
                <Strip intervals={shown[id]!} span={fixed} zone={agreement.timeZone} name={title.words} />
                <span class="cursor" style={{ left: `${offset}%` }} />
              </div>
            </div>
          )
        })}
    </section>
  )
}
