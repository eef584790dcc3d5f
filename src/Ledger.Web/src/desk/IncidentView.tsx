import { useEffect, useMemo, useState } from 'preact/hooks'
import { get } from '../api/client'
import { may, useMe } from '../api/me'
import type { Quantity, ReportContent, ReportWhole, Said } from '../api/types'
import { Beside, fieldsOf, type Field } from '../parts/Beside'
import { quantityWords } from '../parts/CitedEntry'
import { Pictures } from '../parts/Pictures'
import { useAnswer } from '../api/useAnswer'
import { RespondForm } from '../record/RespondForm'
import { spokenFor } from '../record/who'
import { Wait } from '../parts/Wait'
import { dayWords, inZoneWords, occurredWords, timeWords } from '../time/zone'
import { called, fill, label, number, useWords } from '../words'
import type { View } from './view'
import { entryWords } from './entryWords'
import { EntryProof } from './EntryProof'
import { EvidenceFile } from './EvidenceFile'
import { IncidentMap } from './IncidentMap'
import { positionOf, viewAddress } from './question'
import { Unlink } from './Unlink'

/** One incident: every report of it side by side, every version of each, and what was said and found about it. */
export function IncidentView(view: View) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const known = `knownAt=${positionOf(view)}`
  const report = useAnswer<ReportWhole>(`/reports/${encodeURIComponent(place.path[3] ?? '')}`, known)
  const [others, setOthers] = useState<ReportWhole[]>([])
  const linked = report.state === 'here' ? report.value.linkedWith.join() : undefined
  useEffect(() => {
    let current = true
    if (linked === undefined) return
    void Promise.all((linked === '' ? [] : linked.split(',')).map((id) => get<ReportWhole>(`/reports/${id}`, known)))
      .then((all) => current && setOthers(all))
      .catch(() => undefined)
    return () => {
      current = false
    }
  }, [linked, known])
  return (
    <Wait answer={report}>
      {(first) => {
        const reports = [first, ...others].sort((one, other) => one.position - other.position)
        return (
          <>
            <h1 tabIndex={-1}>
              {label(agreement.file.codebook.kinds, first.content.kind)}
              <span class="faint">
                {common.comma}
                {occurredWords(first.content.occurred, agreement.timeZone)}
              </span>
            </h1>
            <p class="faint small">
              {first.content.place?.name && (
                <>
                  <span dir="auto">{first.content.place.name}</span> ·{' '}
                </>
              )}
              {inZoneWords(agreement.timeZone)} · {fill(common.position, { n: number(positionOf(view)) })}
              <span class="no-print">
                {' '}
                ·{' '}
                <a
                  href={viewAddress(agreement.id, `incident/${first.report}`, place, {
                    knownAt: String(positionOf(view)),
                  })}
                >
                  {desk.forEver}
                </a>
              </span>
            </p>
            {reports.length > 1 && <p>{fill(desk.linkedReports, { n: number(reports.length) })}</p>}
            <SideBySide {...view} reports={reports} />
            <IncidentMap {...view} reports={reports} />
            {reports.map((one) => (
              <About key={one.report} {...view} report={one} many={reports.length > 1} />
            ))}
          </>
        )
      }}
    </Wait>
  )
}

function SideBySide({ reports, ...view }: View & { reports: ReportWhole[] }) {
  const { agreement, place } = view
  const { desk, common } = useWords()
  const columns = reports.map(
    (report) =>
      [
        [desk.field.level, `${common.level[report.level]} – ${common.levelMeans[report.level]}`],
        [desk.field.state, common.state[report.state]],
        ...fieldsOf(agreement, report.content),
        [desk.field.said, dayWords(report.saidAt, agreement.timeZone)],
        [desk.field.recorded, timeWords(report.recordedAt, agreement.timeZone)],
      ] as Field[],
  )
  const spread = useMemo(() => spreadOf(reports), [reports])
  return (
    <>
      <Beside
        columns={columns}
        heads={reports.map((report) => (
          <>
            <a href={viewAddress(agreement.id, `ledger/${report.position}`, place)}>
              {fill(common.position, { n: number(report.position) })}
            </a>
          </>
        ))}
      />
      {reports.length > 1 && Object.keys(spread).length > 0 && (
        <p>
          {Object.entries(spread).map(([name, { low, high, says }]) => (
            <span class="spread-of">
              {label(agreement.file.codebook.quantities, name)}:{' '}
              <strong>{low === high ? number(low) : `${number(low)}–${number(high)}`}</strong>{' '}
              <span class="faint">
                (
                {says.map(([who, quantity], at) => (
                  <>
                    {at > 0 && '; '}
                    <bdi>{who}</bdi>: {quantityWords(quantity)}
                  </>
                ))}
                )
              </span>{' '}
            </span>
          ))}
        </p>
      )}
    </>
  )
}

/** From the lowest to the highest of all reports, and who says which: never one number. */
function spreadOf(reports: ReportWhole[]) {
  const spread: Record<string, { low: number; high: number; says: [string, Quantity][] }> = {}
  for (const { content, position } of reports.filter((report) => report.state === 'live'))
    for (const [name, quantity] of Object.entries(content.quantities ?? {})) {
      const [low, high] = [quantity.low ?? quantity.best ?? 0, quantity.high ?? quantity.best ?? 0]
      const so = (spread[name] ??= { low, high, says: [] })
      so.low = Math.min(so.low, low)
      so.high = Math.max(so.high, high)
      so.says.push([content.source.name ?? String(position), quantity])
    }
  return spread
}

function About({ report, many, ...view }: View & { report: ReportWhole; many: boolean }) {
  const { agreement, place, hold } = view
  const { desk, common, record, review } = useWords()
  const me = useMe()
  const reviews = me !== undefined && may(me, 'review', agreement.id)
  const parties = spokenFor(me, agreement.file)
  const zone = agreement.timeZone
  const versions = [report.filing, ...report.corrections]
  const lists: [string, Said[]][] = [
    [desk.findings, [...report.proposals, ...report.assessments]],
    [desk.questions, [...report.questions, ...report.answers].sort((one, other) => one.position - other.position)],
    [desk.responses, report.responses],
    [desk.links, report.links],
    [desk.retractions, report.retractions],
  ]
  return (
    <section class="card">
      <h2>
        {many ? (
          <>{report.content.source.name ?? fill(common.position, { n: number(report.position) })}</>
        ) : (
          desk.recordOf
        )}
      </h2>
      {versions.length > 1 && (
        <>
          <h3>{desk.versions}</h3>
          <Beside
            versions
            columns={versions.map((version) => fieldsOf(agreement, version.data.report as ReportContent))}
            heads={versions.map((version) => (
              <>
                <a href={viewAddress(agreement.id, `ledger/${version.position}`, place)}>
                  {called(common.type, version.type)}
                </a>
                {common.comma}
                {timeWords(version.recordedAt, zone)}
                {!version.live && <> · {common.state.retracted}</>}
              </>
            ))}
          />
        </>
      )}
      {lists.map(
        ([title, entries]) =>
          entries.length > 0 && (
            <>
              <h3>{title}</h3>
              <ul class="says">
                {entries.map((entry) => (
                  <li class={entry.live ? undefined : 'faint'}>
                    <a href={viewAddress(agreement.id, `ledger/${entry.position}`, place)}>
                      {called(common.type, entry.type)}
                    </a>
                    {common.comma}
                    {dayWords(entry.saidAt, zone)}: {entryWords(agreement.file, entry)}
                    {!entry.live && <> · {common.state.retracted}</>}
                    {entry.live && entries === report.links && reviews && <Unlink link={entry.entry} onDone={hold} />}
                  </li>
                ))}
              </ul>
            </>
          ),
      )}
      <Pictures report={report} />
      {(report.content.evidence ?? []).length + report.evidence.length > 0 && (
        <>
          <h3>{desk.evidence}</h3>
          <ul class="says">
            {report.evidence.map((entry) => (
              <EvidenceFile
                report={report.report}
                digest={String(entry.data.sha256 ?? '')}
                mediaType={String(entry.data.mediaType ?? '')}
              />
            ))}
            {(report.content.evidence ?? [])
              .filter((hash) => !report.evidence.some((entry) => entry.data.sha256 === hash))
              .map((hash) => (
                <EvidenceFile report={report.report} digest={hash} />
              ))}
          </ul>
        </>
      )}
      {parties.length > 0 && (
        <details class="no-print" open={place.hash === 'respond' && report.report === place.path[3]}>
          <summary id="respond">{record.respond}</summary>
          <RespondForm
            agreement={agreement}
            report={report.report}
            parties={parties}
            onDone={(receipt) => hold(receipt.position)}
          />
        </details>
      )}
      {reviews && (
        <p class="no-print">
          <a class="button" href={`/review/${agreement.id}/${report.report}`}>
            {review.title}
          </a>
        </p>
      )}
      <EntryProof agreement={agreement.id} position={report.position} timeZone={agreement.timeZone} />
    </section>
  )
}
