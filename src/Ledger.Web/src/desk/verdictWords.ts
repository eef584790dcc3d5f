import type { Agreement, StandingWhole, VerdictAnswer, WhyAnswer } from '../api/types'
import { dayWords, lastDay } from '../time/zone'
import { called, count, fill, label, number, spoken, textOf, words } from '../words'

/** The conclusion in the language spoken, put together from the parts of the answer; the server's own sentence is English. */
export function conclusionWords(agreement: Agreement, { answer, entries }: WhyAnswer): string {
  const { desk, common } = words()
  const zone = agreement.timeZone
  const title = textOf(answer.title).words
  const authors = [...new Set(entries.flatMap((entry) => (entry.author ? [entry.author] : [])))]
  const parts = [
    fill(desk.sum.stands, {
      provision: answer.article ? `${fill(desk.article, { n: answer.article })} (${title})` : title,
      verdict: common.verdict[answer.verdict],
    }) + (answer.since ? ` ${fill(desk.since, { day: dayWords(answer.since, zone) })}` : ''),
    called(common.reason, answer.reason),
    answer.counts &&
      fill(desk.sum.counts, {
        violations: count(answer.counts.violations, desk.violations),
        first: dayWords(answer.counts.first, zone),
        last: dayWords(answer.counts.last, zone),
      }),
    answer.deadline && fill(desk.deadline, { day: lastDay(answer.deadline, zone) }),
    answer.lateAt && fill(desk.sum.late, { day: dayWords(answer.lateAt, zone) }),
    answer.progress &&
      fill(desk.progress, {
        reached: number(answer.progress.reached),
        atLeast: number(answer.progress.atLeast),
        quantity: label(agreement.file.codebook.quantities, answer.progress.quantity),
      }),
    authors.length > 0 && fill(desk.sum.onWord, { who: authors.join(common.comma) }),
    answer.bounds.settled
      ? desk.settled
      : fill(desk.contested, { best: common.verdict[answer.bounds.best], worst: common.verdict[answer.bounds.worst] }),
  ]
  // A date may end with a full stop of its own, as in Russian.
  return parts
    .flatMap((part) => part || [])
    .map((part) => `${part.slice(0, 1).toLocaleUpperCase(spoken())}${part.slice(1).replace(/\.$/, '')}.`)
    .join(' ')
}

/** A verdict in short, in words. */
export function standingWords(standing: StandingWhole | VerdictAnswer | undefined, zone: string): string {
  const { desk, common } = words()
  if (!standing) return desk.noSuchProvision
  return [
    standing.life === 'in-force' ? common.verdict[standing.verdict] : called(common.life, standing.life),
    called(common.reason, standing.reason),
    standing.since && fill(desk.since, { day: dayWords(standing.since, zone) }),
    standing.counts && count(standing.counts.violations, desk.violations),
  ]
    .filter(Boolean)
    .join(common.comma)
}

export const boundsWords = (standing: StandingWhole | undefined): string => {
  const { desk, common } = words()
  return !standing
    ? ''
    : standing.best === standing.worst
      ? desk.settled
      : fill(desk.contested, { best: common.verdict[standing.best], worst: common.verdict[standing.worst] })
}
