import { useMemo } from 'preact/hooks'
import type { AgreementFile, Incident, IncidentsAnswer, StatusAnswer } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { spreadOf } from '../parts/CitedEntry'
import { Wait } from '../parts/Wait'
import { withQuery } from '../parts/router'
import { inZoneWords, isoDay } from '../time/zone'
import { label, useWords } from '../words'
import { BarChart, type Row, type Series } from './BarChart'
import type { View } from './view'
import { partyName, zoneName } from '../parts/names'
import { ProgressBars } from './ProgressBars'
import { asked, pinOf } from './question'

/** The charts that people expect of a ceasefire: violations per day, progress against a total, and two sides' own counts beside each other. */
export function ChartsView(view: View) {
  const { agreement } = view
  const { desk } = useWords()
  const zone = agreement.timeZone
  const question = asked(view)
  const status = useAnswer<StatusAnswer>(`/agreements/${agreement.id}/verdicts`, question)
  const incidents = useAnswer<IncidentsAnswer>(`/agreements/${agreement.id}/incidents`, question)
  const [verdicts, list] = [valueOf(status)?.verdicts, valueOf(incidents)?.incidents]
  const pinned = valueOf(status)?.pinned
  const charts = useMemo(
    () =>
      verdicts &&
      list && {
        byParty: violationsBy(
          list,
          zone,
          (incident) =>
            incident.actors.filter((actor) => actor.role === 'by').map((actor) => actor.party ?? actor.name),
          (code) => (code === '' ? desk.notSaid : partyName(agreement.file, code)),
        ),
        byZone: violationsBy(
          list,
          zone,
          (incident) => incident.zones,
          (code) => (code === '' ? desk.noZone : zoneName(agreement.file, code)),
        ),
        progress: verdicts.filter((verdict) => verdict.progress),
        counts: sidesOf(agreement.file, list, zone),
      },
    [verdicts, list, desk],
  )
  return (
    <>
      <h1 tabIndex={-1}>{desk.tabs.charts}</h1>
      <p class="faint small">
        {desk.chartsMean} {inZoneWords(zone)}
        {pinned && (
          <span class="no-print">
            {' '}
            · <a href={withQuery(pinOf(pinned))}>{desk.forEver}</a>
          </span>
        )}
      </p>
      <Wait answer={incidents}>
        {() =>
          !charts ? null : (
            <>
              <BarChart
                title={desk.violationsByParty}
                {...charts.byParty}
                zone={zone}
                stacked
                none={desk.noViolations}
              />
              <BarChart title={desk.violationsByZone} {...charts.byZone} zone={zone} stacked none={desk.noViolations} />
              <h2>{desk.progressTitle}</h2>
              {charts.progress.length === 0 ? (
                <p class="faint">{desk.noTotals}</p>
              ) : (
                <ProgressBars verdicts={charts.progress} file={agreement.file} zone={zone} />
              )}
              <h2>{desk.sidesTitle}</h2>
              <p class="small faint">{desk.sidesMean}</p>
              {charts.counts.length === 0 && <p class="faint">{desk.noSides}</p>}
              {charts.counts.map((chart) => (
                <BarChart key={chart.title} {...chart} zone={zone} none={desk.noSides} />
              ))}
            </>
          )
        }
      </Wait>
    </>
  )
}

interface Chart {
  rows: Row[]
  series: Series[]
}

/** A bar for each day, and a colour for each party or zone. One violation of two provisions is one incident, and is counted once. */
function violationsBy(
  incidents: Incident[],
  zone: string,
  groups: (incident: Incident) => string[],
  name: (code: string) => string,
): Chart {
  const rows = new Map<string, Record<string, number>>()
  const totals = new Map<string, number>()
  for (const incident of incidents) {
    if (incident.violates.length === 0) continue
    const found = [...new Set(groups(incident))]
    const day = isoDay(incident.from, zone)
    for (const code of found.length > 0 ? found : ['']) {
      const row = rows.get(day) ?? {}
      row[code] = (row[code] ?? 0) + 1
      rows.set(day, row)
      totals.set(code, (totals.get(code) ?? 0) + 1)
    }
  }
  return {
    rows: [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, values]) => ({ day, values })),
    series: [...totals].sort((one, other) => other[1] - one[1]).map(([code]) => ({ code, name: name(code) })),
  }
}

/**
 * Kinds of which sources that speak for different parties give the same quantity for the same days: each side's number stands beside the other's. What the
 * kinds and quantities are, the codebook says.
 */
function sidesOf(file: AgreementFile, incidents: Incident[], zone: string): (Chart & { title: string })[] {
  const found = new Map<string, Map<string, Record<string, number>>>()
  const sides = new Map<string, Set<string>>()
  const counted = incidents.filter(
    (incident) => incident.sourceParty && incident.actors.length === 0 && incident.lat === undefined,
  )
  for (const incident of counted)
    for (const [quantity, given] of Object.entries(incident.quantities)) {
      const { low, best, high } = spreadOf(given)
      const value = best ?? low ?? high
      if (value === undefined) continue
      const key = `${incident.kind} ${quantity}`
      // What a bulletin counts ends with its last day.
      const day = isoDay(Date.parse(incident.until) - 1, zone)
      const rows = found.get(key) ?? found.set(key, new Map()).get(key)!
      const row = rows.get(day) ?? {}
      row[incident.sourceParty!] = value
      rows.set(day, row)
      ;(sides.get(key) ?? sides.set(key, new Set()).get(key)!).add(incident.sourceParty!)
    }
  return [...found]
    .filter(([key]) => sides.get(key)!.size > 1)
    .map(([key, rows]) => {
      const [kind, quantity] = key.split(' ') as [string, string]
      return {
        title: `${label(file.codebook.kinds, kind)}: ${label(file.codebook.quantities, quantity)}`,
        rows: [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, values]) => ({ day, values })),
        series: [...sides.get(key)!].sort().map((party) => ({ code: party, name: partyName(file, party) })),
      }
    })
}
