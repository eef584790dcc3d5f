import type { WhyAnswer } from '../api/types'
import { partyName, zoneName } from '../parts/names'
import { dayWords, timeWords } from '../time/zone'
import { fill, textOf, useWords } from '../words'
import type { View } from './view'

/** What the article says, how it is read, and how its deadline is worked out. */
export function Clause({ why, ...view }: View & { why: WhyAnswer }) {
  const { agreement } = view
  const { desk } = useWords()
  const zone = agreement.timeZone
  const [article, reading] = [textOf(why.clause.words), textOf(why.clause.reading)]
  return (
    <>
      {article.words && (
        <>
          <h2>{desk.theArticle}</h2>
          <blockquote lang={article.lang} dir="auto">
            {article.words}
          </blockquote>
        </>
      )}
      {reading.words && (
        <>
          <h2>{fill(desk.ourReading, { version: why.clause.version })}</h2>
          <p lang={reading.lang} dir="auto">
            {reading.words}
          </p>
        </>
      )}
      {why.clause.rule.length > 0 && (
        <>
          <h2>{desk.theRule}</h2>
          <p class="small" lang="en" dir="ltr">
            {why.clause.rule.join(' ')}
          </p>
        </>
      )}
      {why.deadlines.length > 0 && (
        <>
          <h2>{desk.deadlineArithmetic}</h2>
          {why.deadlines.map((deadline) => (
            <div>
              {deadline.tooLate && (
                <p class="small">
                  {deadline.key && <strong>{deadline.key}: </strong>}
                  {fill(desk.deadlineTimes, {
                    starts: timeWords(deadline.starts.utc, zone),
                    late: timeWords(deadline.tooLate.utc, zone),
                  })}
                </p>
              )}
              <p class="small faint" lang="en" dir="ltr">
                {deadline.arithmetic}
              </p>
            </div>
          ))}
        </>
      )}
    </>
  )
}

/** Whose obligation it is, from when, and who was there to see it broken. */
export function Duty({ why, ...view }: View & { why: WhyAnswer }) {
  const { agreement } = view
  const { desk, common } = useWords()
  const zone = agreement.timeZone
  return (
    <>
      <h2>{desk.duty}</h2>
      <ul>
        {why.clause.duty.map((party) => (
          <li dir="auto">{partyName(agreement.file, party)}</li>
        ))}
      </ul>
      {why.activation && (
        <p class="small">
          {fill(desk.activatedBy, { provision: why.activation.provision })}{' '}
          {why.activation.at ? timeWords(why.activation.at.utc, zone) : desk.notYet}
        </p>
      )}
      {why.coverage.length > 0 && (
        <>
          <h2>{desk.coverage}</h2>
          <ul class="says">
            {why.coverage.map((watch) => (
              <li>
                <span dir="auto">{watch.by}</span>
                {common.comma}
                {dayWords(watch.from, zone)} – {dayWords(watch.until, zone)}
                {watch.zones.length > 0 && (
                  <> · {watch.zones.map((one) => zoneName(agreement.file, one)).join(common.comma)}</>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
