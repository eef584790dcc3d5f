import { useEffect, useState } from 'preact/hooks'
import { go } from '../../parts/router'
import { Field } from '../../parts/Field'
import { clockTime } from '../../time/zone'
import { label, useWords } from '../../words'
import { latest } from '../outbox/clock'
import { download } from '../outbox/file'
import { dropDraft } from '../outbox/store'
import { findings, type Finding, type Section } from '../draft/content'
import type { Draft } from '../draft/draft'
import type { Part } from './part'
import { PhotoPart } from './PhotoPart'
import { SourcePart } from './SourcePart'
import { WhatPart } from './WhatPart'
import { WhenPart } from './WhenPart'
import { WherePart } from './WherePart'
import { WhoPart } from './WhoPart'
import { WordsPart } from './WordsPart'

const SHOW = 'ledger.field.show'

export function Form({ draft, file, change, keptAt }: Omit<Part, 'wrong'> & { keptAt: number | string | undefined }) {
  const { field, common } = useWords()
  const [asked, setAsked] = useState(sessionStorage.getItem(SHOW) === draft.id)
  const found = findings(draft, file, latest())
  const wrong = (name: string) => words(asked ? found.find((finding) => finding.field === name) : undefined)
  const words = (finding: Finding | undefined) => finding && field.findings[finding.trouble]
  const { corrects } = draft
  const part: Part = { draft, file, change, wrong }
  useEffect(() => {
    if (asked && found.length > 0) showFirst(found[0]!.section)
  }, [])
  const next = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (found.length === 0) return go(`/field/report/${draft.id}/check`)
    showFirst(found[0]!.section)
  }
  return (
    <form class="report" onSubmit={next} noValidate>
      <p class="small no-print">
        <a href="/field">{field.tabs.today}</a>
      </p>
      <h1 tabIndex={-1}>
        {corrects && `${common.type.report_corrected}: `}
        {label(file.codebook.kinds, draft.kind)}
      </h1>
      {corrects && (
        <p>
          {field.correct.means}
          {corrects.withheld && ` ${field.correct.withheld}`}
        </p>
      )}
      <p class="small faint saved" role="status">
        {typeof keptAt === 'number'
          ? field.kept.replace('{time}', clockTime(keptAt, file.timeZone))
          : keptAt === undefined
            ? field.keepsItself
            : field.notKept}
      </p>
      <Kind {...part} />
      <section id="part-when">
        <h2>{field.when.title}</h2>
        <WhenPart {...part} />
      </section>
      <section id="part-where">
        <h2>{field.where.title}</h2>
        <WherePart {...part} />
      </section>
      <section id="part-who">
        <h2>{field.who.title}</h2>
        <WhoPart {...part} />
      </section>
      <section id="part-what">
        <h2>{field.what.title}</h2>
        <WhatPart {...part} />
      </section>
      <section id="part-source">
        <h2>{field.source.title}</h2>
        <SourcePart {...part} />
      </section>
      <section id="part-words">
        <h2>{field.words.title}</h2>
        <WordsPart {...part} />
      </section>
      <section id="part-photos">
        <h2>{field.photos.title}</h2>
        <PhotoPart draft={draft} change={change} />
      </section>
      {corrects && (
        <section id="part-reason">
          <h2>{common.type.report_corrected}</h2>
          <Field label={field.correct.reason} hint={field.correct.reasonHint} wrong={wrong('reason')}>
            <textarea
              class="short"
              dir="auto"
              maxLength={1000}
              value={corrects.reason}
              onInput={(event) => change({ corrects: { ...corrects, reason: event.currentTarget.value } })}
            />
          </Field>
        </section>
      )}
      {asked && found.length > 0 && <Missing found={found} />}
      <Bar {...{ draft, keptAt }} />
    </form>
  )
}

function Kind({ draft, file, change, wrong }: Part) {
  const { field } = useWords()
  return (
    <section id="part-kind">
      <label class="field">
        <span class="field-label">{field.kind}</span>
        <select value={draft.kind} onChange={(event) => change({ kind: event.currentTarget.value })}>
          {!(draft.kind in file.codebook.kinds) && <option value={draft.kind}>{draft.kind}</option>}
          {Object.keys(file.codebook.kinds).map((kind) => (
            <option value={kind}>{label(file.codebook.kinds, kind)}</option>
          ))}
        </select>
        {wrong('kind') && (
          <span class="problem" role="alert">
            {wrong('kind')}
          </span>
        )}
      </label>
    </section>
  )
}

/** What is still missing, each with the way to it. */
function Missing({ found }: { found: readonly Finding[] }) {
  const { field } = useWords()
  return (
    <div class="notice trouble" role="alert">
      <p>{field.notYet}</p>
      <ul>
        {found.map((finding) => (
          <li>
            <a href={`#part-${finding.section}`}>{field.findings[finding.trouble]}</a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Stays in sight wherever one writes: the way on, the way out, and that the last change could not be kept. */
function Bar({ draft, keptAt }: { draft: Draft; keptAt: number | string | undefined }) {
  const { field, common } = useWords()
  const [drops, setDrops] = useState(false)
  return (
    <div class="bar">
      {typeof keptAt === 'string' && (
        <div class="notice trouble" role="alert">
          <p>{keptAt}</p>
          <p>
            <button
              type="button"
              onClick={() => download(`draft.${draft.id}.json`, JSON.stringify(draft, null, 2), 'application/json')}
            >
              {field.saveDraftFile}
            </button>
          </p>
        </div>
      )}
      {!drops && (
        <button class="main" type="submit">
          {field.check}
        </button>
      )}
      {drops ? (
        <>
          <span>{field.dropMeans}</span>
          <button type="button" class="danger" onClick={() => void dropDraft(draft.id).then(() => go('/field'))}>
            {field.dropNow}
          </button>
          <button type="button" onClick={() => setDrops(false)}>
            {common.cancel}
          </button>
        </>
      ) : (
        <button type="button" class="plain" onClick={() => setDrops(true)}>
          {field.drop}
        </button>
      )}
    </div>
  )
}

/** Leads to the first part in which something is wrong. */
function showFirst(section: Section) {
  requestAnimationFrame(() => {
    const part = document.getElementById(`part-${section}`)
    part?.scrollIntoView({ block: 'start' })
    ;(
      part?.querySelector<HTMLElement>('.wrong input, .wrong select, .wrong textarea') ??
      part?.querySelector<HTMLElement>('input, select, textarea')
    )?.focus()
  })
}

/** The check page found the draft unfinished: the form shows why when it opens. */
export const showFindingsOf = (draft: Draft) => sessionStorage.setItem(SHOW, draft.id)
