import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Agreement } from '../api/types'
import { useAnswer } from '../parts/useAnswer'
import { Wait } from '../parts/Wait'
import type { Place } from '../router'
import { useWords } from '../words'
import { viewAddress } from './question'

/** What every view of an agreement is given. */
export interface View { agreement: Agreement; place: Place }

type Load = () => Promise<ComponentType<View>>

/** The auditor's views of one agreement, by the part of the address that names them, in the order of their tabs. */
const views: Record<string, Load> = {
  '': () => import('./AgreementView').then(file => file.AgreementView),
  p: () => import('./WhyView').then(file => file.WhyView),
}

const tabs = Object.keys(views).filter(name => name !== 'p') as ('' | 'replay')[]

export function Desk({ place }: { place: Place }) {
  const agreement = useAnswer<Agreement>(place.path[1] ? `/agreements/${encodeURIComponent(place.path[1])}` : undefined)
  return <Wait answer={agreement}>{value => <Inside agreement={value} place={place} />}</Wait>
}

function Inside({ agreement, place }: View) {
  const { common, desk } = useWords()
  const name = place.path[2] ?? ''
  const [loaded, setLoaded] = useState<{ name: string; Show: ComponentType<View> | undefined }>()
  useEffect(() => {
    let current = true
    const load = views[name]
    if (!load) setLoaded({ name, Show: undefined })
    else void load().then(Show => current && setLoaded({ name, Show }))
    return () => { current = false }
  }, [name])
  return (
    <>
      <nav class="tabs" aria-label={common.nav.audit}>
        {tabs.map(tab => (
          <a href={viewAddress(agreement.id, tab, place)} aria-current={tab === name ? 'page' : undefined}>{desk.tabs[tab === '' ? 'agreement' : tab]}</a>
        ))}
      </nav>
      {loaded?.name !== name ? <p class="faint" role="status">{common.loading}</p> : loaded.Show ? <loaded.Show agreement={agreement} place={place} /> : <h1 tabIndex={-1}>{common.notFound}</h1>}
    </>
  )
}
