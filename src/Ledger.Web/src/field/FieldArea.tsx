import './field.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Agreement, AgreementHead } from '../api/types'
import { useAnswer, valueOf } from '../api/useAnswer'
import { Wait } from '../parts/Wait'
import type { Place } from '../parts/router'
import { textOf, useWords } from '../words'
import { MapView } from './MapView'
import { Outbox } from './Outbox'
import { askTime } from './outbox/clock'
import { keepSending } from './outbox/keepSending'
import { unsentFiles } from './outbox/item'
import { isLocked, items } from './outbox/store'
import { PinGate } from './PinGate'
import { ReceiptView } from './ReceiptView'
import { ReportView } from './report/ReportView'
import { Safety } from './Safety'
import { Today } from './Today'
import { useKept } from './outbox/useKept'

const CHOSEN = 'ledger.field.agreement'

/** What a monitor works with: filing reports, and seeing what became of them. */
export function FieldArea({ place }: { place: Place }) {
  const { field } = useWords()
  const locked = useKept(isLocked, [])
  const list = useAnswer<AgreementHead[] | { agreements: AgreementHead[] }>('/agreements')
  const [chosen, setChosen] = useState(localStorage.getItem(CHOSEN) ?? '')
  const found = valueOf(list)
  const agreements = Array.isArray(found) ? found : (found?.agreements ?? [])
  const id = agreements.some((agreement) => agreement.id === chosen)
    ? chosen
    : (agreements[0]?.id ?? (chosen || undefined))
  useEffect(() => {
    keepSending()
    void askTime()
  }, [])
  if (locked === undefined) return <h1 tabIndex={-1}>{field.title}</h1>
  if (locked === 'locked') return <PinGate />
  const [, view = '', which = '', step = ''] = place.path
  const choose = (next: string) => {
    localStorage.setItem(CHOSEN, next)
    setChosen(next)
  }
  return (
    <div class="field-area">
      {view !== 'report' && <Tabs view={view} />}
      {view === 'safety' ? (
        <Safety agreement={id} />
      ) : view === 'outbox' && which !== '' ? (
        <ReceiptView id={which} />
      ) : view === 'outbox' ? (
        <Outbox agreement={id} />
      ) : view === 'report' ? (
        <ReportView key={which} id={which} checking={step === 'check'} />
      ) : id === undefined ? (
        <>
          <h1 tabIndex={-1}>{field.title}</h1>
          <Wait answer={list}>{() => <NoAgreement />}</Wait>
        </>
      ) : view === 'map' ? (
        <WithAgreement id={id}>{(agreement) => <MapView agreement={agreement} />}</WithAgreement>
      ) : (
        <WithAgreement id={id}>
          {(agreement) => (
            <Today
              agreement={agreement}
              chooser={
                agreements.length > 1 && (
                  <select
                    aria-label={field.agreement}
                    value={id}
                    onChange={(event) => choose(event.currentTarget.value)}
                  >
                    {agreements.map((head) => (
                      <option value={head.id}>{textOf(head.title).words}</option>
                    ))}
                  </select>
                )
              }
            />
          )}
        </WithAgreement>
      )}
    </div>
  )
}

function NoAgreement() {
  const { common } = useWords()
  return (
    <p>
      {common.noAgreements} {common.noAgreementsNext}
    </p>
  )
}

/** The agreement, from the server or as it was when this phone last saw it. */
export function WithAgreement({ id, children }: { id: string; children: (agreement: Agreement) => ComponentChildren }) {
  return <Wait answer={useAnswer<Agreement>(`/agreements/${encodeURIComponent(id)}`)}>{children}</Wait>
}

function Tabs({ view }: { view: string }) {
  const { field } = useWords()
  const waiting = (useKept(items, []) ?? []).filter(
    (item) => item.state !== 'received' || unsentFiles(item).length > 0,
  ).length
  const tab = (own: string, name: string) => (
    <a href={own === '' ? '/field' : `/field/${own}`} aria-current={view === own ? 'page' : undefined}>
      {name}
    </a>
  )
  return (
    <nav class="tabs" aria-label={field.title}>
      {tab('', field.tabs.today)}
      <span class="with-count">
        {tab('outbox', field.tabs.outbox)}
        {waiting > 0 && <span class="count">{waiting}</span>}
      </span>
      {tab('map', field.tabs.map)}
      {tab('safety', field.tabs.safety)}
    </nav>
  )
}
