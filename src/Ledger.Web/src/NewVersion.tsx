import { useEffect, useState } from 'preact/hooks'
import type { Place } from './parts/router'
import { useWords } from './words'

const HOUR = 3_600_000

/** Offers a new version of the app once it is ready. Never while somebody writes a report. */
export function NewVersion({ place }: { place: Place }) {
  const { field } = useWords()
  const [waiting, setWaiting] = useState<ServiceWorker>()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    let asked = false
    let stop = () => {}
    void navigator.serviceWorker.getRegistration().then((registration) => {
      if (!registration) return
      // An installed app is seldom loaded anew, which is when browsers look for a new version by themselves.
      const again = () => document.visibilityState === 'visible' && void registration.update().catch(() => undefined)
      document.addEventListener('visibilitychange', again)
      const timer = setInterval(again, HOUR)
      stop = () => {
        document.removeEventListener('visibilitychange', again)
        clearInterval(timer)
      }
      const look = () =>
        setWaiting(navigator.serviceWorker.controller ? (registration.waiting ?? undefined) : undefined)
      look()
      registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
    })
    const changed = () => asked && location.reload()
    const use = () => (asked = true)
    navigator.serviceWorker.addEventListener('controllerchange', changed)
    addEventListener('ledger-use-it', use)
    return () => {
      stop()
      navigator.serviceWorker.removeEventListener('controllerchange', changed)
      removeEventListener('ledger-use-it', use)
    }
  }, [])
  if (!waiting || (place.path[0] === 'field' && place.path[1] === 'report')) return null
  const use = () => {
    dispatchEvent(new Event('ledger-use-it'))
    waiting.postMessage('use-it')
  }
  return (
    <div class="new-version no-print" role="status">
      {field.newVersion}{' '}
      <button type="button" onClick={use}>
        {field.useIt}
      </button>
    </div>
  )
}
