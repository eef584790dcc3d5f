import { useEffect, useMemo, useState } from 'preact/hooks'
import { get } from '../api/client'
import type { EntriesPage, Entry, ReportContent } from '../api/types'
import { Field } from '../parts/Field'
import { refine, withQuery } from '../parts/router'
import { dayWords, inZoneWords, isoDay, timeWords } from '../time/zone'
import { called, fill, label, number, useWords } from '../words'
import type { View } from './view'
import { EntryPage } from './EntryPage'
import { entryWords } from './entryWords'
import { partyName } from '../parts/names'
import { positionOf, viewAddress } from './question'

const PAGE = 50
const LOOK = 1000

/** The ledger as it was written: entry after entry, or one of them. */
export function LedgerView(view: View) {
  return view.place.path[3] ? <EntryPage key={view.place.path[3]} {...view} /> : <Stream {...view} />
}

function Stream(view: View) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const value = (name: string) => place.query.get(name) ?? ''
  const from = Math.max(1, Number(value('from')) || 1)
  const last = positionOf(view)
  const { found, looked, next, fault } = useEntries(view, from, last)
  const kinds = Object.keys(agreement.file.codebook.kinds)
  return (
    <>
      <h1 tabIndex={-1}>{desk.tabs.ledger}</h1>
      <p class="faint small">
        {fill(desk.ledgerMeans, { n: number(last) })} {inZoneWords(agreement.timeZone)}
        <span class="no-print">
          {' '}
          · <a href={withQuery({ knownAt: String(last) })}>{desk.forEver}</a>
        </span>
      </p>
      <div class="question no-print">
        <Field label={desk.entryType}>
          <select
            value={value('type')}
            onChange={(event) => refine({ type: event.currentTarget.value, from: undefined })}
          >
            <option value="">{common.all}</option>
            {Object.entries(common.type).map(([type, name]) => (
              <option value={type}>{name}</option>
            ))}
          </select>
        </Field>
        <Field label={desk.filter.kind}>
          <select
            value={value('kind')}
            onChange={(event) => refine({ kind: event.currentTarget.value, from: undefined })}
          >
            <option value="">{common.all}</option>
            {kinds.map((kind) => (
              <option value={kind}>{label(agreement.file.codebook.kinds, kind)}</option>
            ))}
          </select>
        </Field>
        <Field label={desk.filter.actor}>
          <select
            value={value('actor')}
            onChange={(event) => refine({ actor: event.currentTarget.value, from: undefined })}
          >
            <option value="">{common.all}</option>
            {agreement.file.parties.map((party) => (
              <option value={party.id}>{partyName(agreement.file, party.id)}</option>
            ))}
          </select>
        </Field>
        <Field label={desk.place}>
          <input
            value={value('place')}
            onChange={(event) => refine({ place: event.currentTarget.value, from: undefined })}
          />
        </Field>
        <Field label={desk.happenedFrom}>
          <input
            type="date"
            value={value('since')}
            onChange={(event) => refine({ since: event.currentTarget.value, from: undefined })}
          />
        </Field>
        <Field label={desk.happenedUntil}>
          <input
            type="date"
            value={value('till')}
            onChange={(event) => refine({ till: event.currentTarget.value, from: undefined })}
          />
        </Field>
      </div>
      {fault && (
        <p class="notice trouble" role="alert">
          {common.unreachable} {common.unreachableNext}
        </p>
      )}
      <div role="status" class="small faint">
        {looked === undefined ? common.loading : found.length === 0 ? desk.entriesNone : ''}
      </div>
      {found.length > 0 && (
        <div class="scroll">
          <table class="stacks stream">
            <thead>
              <tr>
                <th scope="col" class="number">
                  {desk.positionHead}
                </th>
                <th scope="col">{desk.entryType}</th>
                <th scope="col">{desk.entrySays}</th>
                <th scope="col">{desk.field.said}</th>
                <th scope="col">{desk.field.recorded}</th>
              </tr>
            </thead>
            <tbody>
              {found.map((entry) => (
                <tr key={entry.position}>
                  <td class="number">
                    <a href={viewAddress(agreement.id, `ledger/${entry.position}`, place)}>{number(entry.position)}</a>
                  </td>
                  <td>{called(common.type, entry.type)}</td>
                  <td>{entryWords(agreement.file, entry)}</td>
                  <td class="whole" data-head={desk.field.said}>
                    {typeof entry.data.saidAt === 'string' && dayWords(entry.data.saidAt, agreement.timeZone)}
                  </td>
                  <td class="whole" data-head={desk.field.recorded}>
                    {timeWords(entry.recorded, agreement.timeZone)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <nav class="row no-print" aria-label={desk.pages}>
        {from > 1 && (
          <a class="button" href={withQuery({ from: undefined })}>
            {desk.firstPage}
          </a>
        )}
        {next && (
          <a class="button" href={withQuery({ from: String(next) })}>
            {desk.nextPage}
          </a>
        )}
      </nav>
    </>
  )
}

/** A page of entries that pass. The server picks by type; what else is asked for is looked for here, through a thousand entries at a time. */
function useEntries({ agreement, place }: View, from: number, last: number) {
  const [state, setState] = useState<{ found: Entry[]; looked?: number; next?: number; fault?: boolean }>({ found: [] })
  const filter = useMemo(() => filterOf(place.query, agreement.timeZone), [place])
  useEffect(() => {
    const stop = new AbortController()
    setState({ found: [] })
    void (async () => {
      const found: Entry[] = []
      let start: number | undefined = from
      while (start !== undefined && start <= last && found.length <= PAGE) {
        const page: EntriesPage = await get<EntriesPage>(
          `/agreements/${agreement.id}/entries`,
          `from=${start}&limit=${filter.narrow ? LOOK : PAGE + 1}${filter.type ? `&type=${filter.type}` : ''}`,
          stop.signal,
        )
        found.push(...page.entries.filter((entry) => entry.position <= last && filter.passes(entry)))
        start = page.next ? Number(new URL(page.next, location.origin).searchParams.get('from')) : undefined
      }
      const next = found[PAGE]?.position ?? (start !== undefined && start <= last ? start : undefined)
      setState({ found: found.slice(0, PAGE), looked: start ?? last, ...(next !== undefined && { next }) })
    })().catch(() => stop.signal.aborted || setState({ found: [], looked: 0, fault: true }))
    return () => stop.abort()
  }, [agreement.id, from, last, filter])
  return state
}

function filterOf(query: URLSearchParams, zone: string) {
  const [type, kind, actor, place, since, till] = ['type', 'kind', 'actor', 'place', 'since', 'till'].map(
    (name) => query.get(name) ?? '',
  ) as [string, string, string, string, string, string]
  const narrow = [kind, actor, place, since, till].some((part) => part !== '')
  return {
    type,
    narrow,
    passes({ data }: Entry): boolean {
      if (!narrow) return true
      const report = data.report as (ReportContent & { occurred: string | ReportContent['occurred'] }) | undefined
      const begins = report && (typeof report.occurred === 'string' ? report.occurred : report.occurred.from)
      const day = begins && (begins.length === 10 ? begins : isoDay(begins, zone))
      return (
        (kind === '' || report?.kind === kind) &&
        (actor === '' || data.party === actor || (report?.actors ?? []).some((one) => one.name === actor)) &&
        (place === '' || (report?.place?.name ?? '').toLocaleLowerCase().includes(place.toLocaleLowerCase())) &&
        (since === '' || (day !== undefined && day >= since)) &&
        (till === '' || (day !== undefined && day <= till))
      )
    },
  }
}
