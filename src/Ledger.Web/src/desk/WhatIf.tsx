import { useEffect, useMemo, useState } from 'preact/hooks'
import { post, Refused, Unreachable } from '../api/client'
import type { DiffAnswer, VersionsAnswer, WhyAnswer } from '../api/types'
import { Field } from '../parts/Field'
import { useAnswer, valueOf } from '../api/useAnswer'
import { go, refine } from '../parts/router'
import { dayWords } from '../time/zone'
import { called, label, textOf, useWords } from '../words'
import type { View } from './view'
import { DiffTables } from './DiffTables'
import { asked, viewAddress } from './question'

/** What would be different: without a report, by another reading, at another threshold. It stands in the address and is stored nowhere. */
export function WhatIf({ why, ...view }: View & { why: WhyAnswer }) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const versions = valueOf(useAnswer<VersionsAnswer>(`/agreements/${agreement.id}/versions`))?.versions ?? []
  const given = (name: string) => place.query.get(name) ?? ''
  const left = place.query.getAll('leave')
  const body = useMemo(
    () => ({
      ...(left.length > 0 && { without: left }),
      ...(given('ifReading') && { reading: given('ifReading') }),
      ...(given('ifThreshold') && { threshold: given('ifThreshold') }),
      ...(given('ifMatch') && { match: given('ifMatch') }),
    }),
    [place],
  )
  const isAsked = Object.keys(body).length > 0
  const question = asked(view)
  const [answer, setAnswer] = useState<{ diff?: DiffAnswer; fault?: string }>({})
  useEffect(() => {
    let current = true
    if (!isAsked) {
      setAnswer({})
      return
    }
    post<DiffAnswer>(`/agreements/${agreement.id}/what-if?${question}`, body)
      .then(({ body: diff }) => current && setAnswer({ diff }))
      .catch((fault: unknown) => {
        if (fault instanceof Refused || fault instanceof Unreachable)
          current &&
            setAnswer({
              fault:
                fault instanceof Refused ? (fault.problem.errors?.[0]?.detail ?? fault.message) : common.unreachable,
            })
        else throw fault
      })
    return () => {
      current = false
    }
  }, [question, body])

  const candidates = new Map(
    [...why.entries, ...why.separatedBy, ...why.nearMisses.map((miss) => miss.entry)]
      .filter((entry) => entry.type !== 'agreement_adopted')
      .map((entry) => [entry.entry, entry]),
  )
  const leave = (entry: string, out: boolean) => {
    const query = new URLSearchParams(location.search)
    query.delete('leave')
    for (const one of [...left.filter((other) => other !== entry), ...(out ? [entry] : [])]) query.append('leave', one)
    go(`${location.pathname}?${query}`, 'replace')
  }
  return (
    <section class="panel what-if" id="what-if">
      <h2>{desk.whatIf}</h2>
      <p class="small faint">{desk.whatIfMeans}</p>
      <div class="question no-print">
        <Field label={desk.otherReading}>
          <select value={given('ifReading')} onChange={(event) => refine({ ifReading: event.currentTarget.value })}>
            <option value="">{desk.asAsked}</option>
            {[...new Set(versions.map((one) => one.version))].map((version) => (
              <option value={version}>{version}</option>
            ))}
          </select>
        </Field>
        <Field label={desk.otherThreshold}>
          <select value={given('ifThreshold')} onChange={(event) => refine({ ifThreshold: event.currentTarget.value })}>
            <option value="">{desk.asAsked}</option>
            {(['alleged', 'corroborated', 'confirmed'] as const).map((level) => (
              <option value={level}>{common.level[level]}</option>
            ))}
          </select>
        </Field>
        <Field label={desk.otherMatch}>
          <select value={given('ifMatch')} onChange={(event) => refine({ ifMatch: event.currentTarget.value })}>
            <option value="">{desk.asAsked}</option>
            {(['certain', 'possible'] as const).map((match) => (
              <option value={match}>{desk.match[match]}</option>
            ))}
          </select>
        </Field>
      </div>
      {candidates.size + left.length > 0 && (
        <fieldset class="no-print">
          <legend class="small faint">{desk.leaveOut}</legend>
          {[...new Set([...candidates.keys(), ...left])].map((id) => {
            const entry = candidates.get(id)
            return (
              <label class="check">
                <input
                  type="checkbox"
                  checked={left.includes(id)}
                  onChange={(event) => leave(id, event.currentTarget.checked)}
                />
                <span>
                  {entry ? (
                    <>
                      {entry.kind ? label(agreement.file.codebook.kinds, entry.kind) : called(common.type, entry.type)}
                      {entry.from && `${common.comma}${dayWords(entry.from.utc, agreement.timeZone)}`}
                      {entry.place && (
                        <span class="faint">
                          {' '}
                          · <bdi>{entry.place}</bdi>
                        </span>
                      )}
                      {entry.author && (
                        <span class="faint" dir="auto">
                          {' '}
                          · {entry.author}
                        </span>
                      )}
                    </>
                  ) : (
                    <code>{id}</code>
                  )}
                </span>
              </label>
            )
          })}
        </fieldset>
      )}
      <div role="status">
        {answer.fault && <p class="notice trouble">{answer.fault}</p>}
        {answer.diff && <Difference {...view} diff={answer.diff} provision={place.path[3] ?? ''} />}
      </div>
      {isAsked && (
        <p class="no-print">
          <a class="button" href={viewAddress(agreement.id, `p/${place.path[3] ?? ''}`, place)}>
            {desk.whatIfClear}
          </a>
        </p>
      )}
    </section>
  )
}

function Difference({ diff, provision, ...view }: View & { diff: DiffAnswer; provision: string }) {
  const { desk } = useWords()
  const own = diff.provisions.some((change) => change.provision === provision)
  const title = textOf(view.agreement.file.provisions.find((one) => one.id === provision)?.title)
  return (
    <>
      {!own && (
        <p class="notice good">
          {desk.whatIfSame}{' '}
          <span lang={title.lang} dir="auto">
            {title.words}
          </span>
        </p>
      )}
      <DiffTables
        {...view}
        diff={{
          ...diff,
          provisions: [...diff.provisions].sort(
            (one, other) => Number(other.provision === provision) - Number(one.provision === provision),
          ),
        }}
        supposed
      />
    </>
  )
}
