import './desk.css'
import type { ComponentType } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useMe } from '../api/me'
import type { Agreement } from '../api/types'
import { useAnswer } from '../api/useAnswer'
import { Tabs } from '../parts/Tabs'
import { Wait } from '../parts/Wait'
import { formsOf } from '../record/who'
import type { Place } from '../parts/router'
import { count, textOf, useWords } from '../words'
import { dayWords } from '../time/zone'
import { useAbout } from '../parts/heading'
import { PrintHead } from './PrintHead'
import { viewAddress } from './question'
import type { View } from './view'
import { useArrivals } from './useArrivals'

type Load = () => Promise<ComponentType<View>>

/** The auditor's views of one agreement, by the part of the address that names them, in the order of their tabs. */
const tabs = {
  '': () => import('./AgreementView').then((file) => file.AgreementView),
  replay: () => import('./ReplayView').then((file) => file.ReplayView),
  compare: () => import('./CompareView').then((file) => file.CompareView),
  charts: () => import('./ChartsView').then((file) => file.ChartsView),
  ledger: () => import('./LedgerView').then((file) => file.LedgerView),
  integrity: () => import('./IntegrityView').then((file) => file.IntegrityView),
  export: () => import('./ExportView').then((file) => file.ExportView),
  record: () => import('./RecordView').then((file) => file.RecordView),
} satisfies Record<string, Load>

const views: Record<string, Load> = {
  ...tabs,
  p: () => import('./WhyView').then((file) => file.WhyView),
  incident: () => import('./IncidentView').then((file) => file.IncidentView),
}

export function Desk({ place }: { place: Place }) {
  const agreement = useAnswer<Agreement>(place.path[1] ? `/agreements/${encodeURIComponent(place.path[1])}` : undefined)
  return <Wait answer={agreement}>{(value) => <Inside agreement={value} place={place} />}</Wait>
}

function Inside({ agreement, place }: { agreement: Agreement; place: Place }) {
  const { common, desk } = useWords()
  const [held, setHeld] = useState(agreement.position)
  const arrived = useArrivals(agreement.id, held)
  const name = place.path[2] ?? ''
  const [loaded, setLoaded] = useState<{ name: string; Show: ComponentType<View> | undefined }>()
  useEffect(() => {
    let current = true
    const load = views[name]
    if (!load) setLoaded({ name, Show: undefined })
    else void load().then((Show) => current && setLoaded({ name, Show }))
    return () => {
      current = false
    }
  }, [name])
  // What explains one provision is exported as that.
  const about = name === 'p' || name === 'export' ? place.path[3] : undefined
  const day = Date.parse((place.query.get('asOf') ?? '').slice(0, 10))
  useAbout(...(Number.isNaN(day) ? [] : [dayWords(day, 'UTC')]), textOf(agreement.title).words)
  const view = useMemo(
    () => ({ agreement, place, held, hold: (position: number) => setHeld((now) => Math.max(now, position)) }),
    [agreement, place, held],
  )
  const me = useMe()
  const records = name === 'record' || Object.values(formsOf(me, agreement.file)).includes(true)
  return (
    <>
      <Tabs name={common.nav.audit} open={name}>
        {(Object.keys(tabs) as (keyof typeof tabs)[])
          .filter((tab) => tab !== 'record' || records)
          .map((tab) => (
            <a
              href={viewAddress(agreement.id, tab === 'export' && about ? `export/${about}` : tab, place)}
              aria-current={tab === name ? 'page' : undefined}
            >
              {desk.tabs[tab === '' ? 'agreement' : tab]}
            </a>
          ))}
        <button type="button" class="plain end" onClick={() => print()}>
          {common.print}
        </button>
      </Tabs>
      <div role="status" class="no-print">
        {arrived > 0 && !place.query.get('knownAt') && (
          <p class="notice arrivals">
            <strong>{count(arrived, common.newEntries)}</strong> <span class="faint">{desk.waiting}</span>{' '}
            <button type="button" onClick={() => setHeld(held + arrived)}>
              {desk.showNew}
            </button>
          </p>
        )}
      </div>
      <PrintHead {...view} />
      {loaded?.name !== name ? (
        <p class="faint" role="status">
          {common.loading}
        </p>
      ) : loaded.Show ? (
        <loaded.Show {...view} />
      ) : (
        <h1 tabIndex={-1}>{common.notFound}</h1>
      )}
    </>
  )
}
