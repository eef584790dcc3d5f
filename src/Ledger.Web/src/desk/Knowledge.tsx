import type { StatusAnswer, VerdictAnswer } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { withQuery } from '../parts/router'
import { dayWords, startOfDay } from '../time/zone'
import { fill, listed, number, textOf, useWords } from '../words'
import type { View } from './view'
import { asked, positionOf } from './question'

/**
 * What was known then and what was not yet known, in sentences, where the question limits what is known; else the way to ask it. Of one provision, or of all on
 * which something was known.
 */
export function Knowledge({ only, ...view }: View & { only?: string }) {
  const { agreement, place, held } = view
  const { desk, common } = useWords()
  const day = (place.query.get('saidBy') ?? '').slice(0, 10)
  const limited = day !== '' || !!place.query.get('knownAt')
  const path = limited ? `/agreements/${agreement.id}/verdicts` : undefined
  const then = valueOf(useAnswer<StatusAnswer>(path, asked(view)))
  const now = valueOf(useAnswer<StatusAnswer>(path, asked(view, { saidBy: undefined, knownAt: String(held) })))
  const about = (place.query.get('asOf') ?? '').slice(0, 10)
  if (!limited)
    return about === '' ? null : (
      <p class="small no-print">
        <a href={withQuery({ saidBy: about })}>{fill(desk.knowledge.ask, { day: wordsOf(about) })}</a>
      </p>
    )
  if (!then || !now) return null
  const concerned = then.verdicts.filter(({ provision }) => only === undefined || provision === only)
  const known = concerned.filter(
    ({ verdict }) => only !== undefined || verdict === 'breached' || verdict === 'fulfilled',
  )
  const learnt = now.verdicts.filter((later) =>
    concerned.some(({ provision, verdict }) => provision === later.provision && verdict !== later.verdict),
  )
  const when =
    day === ''
      ? fill(desk.knowledge.atPosition, { n: number(positionOf(view)) })
      : fill(desk.knowledge.onDay, { day: wordsOf(day) })
  return (
    <div class="notice knowledge" role="status">
      <p>
        {known.length === 0
          ? fill(desk.knowledge.nothing, { when })
          : fill(desk.knowledge.known, { when, what: all(known) })}
      </p>
      <p>{learnt.length === 0 ? desk.knowledge.noMore : fill(desk.knowledge.notYet, { what: all(learnt) })}</p>
    </div>
  )

  function wordsOf(iso: string): string {
    return dayWords(startOfDay(iso, agreement.timeZone), agreement.timeZone)
  }

  function all(verdicts: VerdictAnswer[]): string {
    return listed(
      verdicts.map(({ article, title, verdict }) =>
        fill(desk.sum.stands, {
          provision: listed([article && fill(desk.article, { n: article }), textOf(title).words], common.comma),
          verdict: common.verdict[verdict],
        }),
      ),
      '; ',
    )
  }
}
