import { prefetch } from '../map/basemap'
import { boxAround } from './report/places'
import { boundsOf, type Zones } from './report/zones'

/** Has the service worker keep what reporting under an agreement needs. On a first visit much was asked for before the worker took over, so it is asked for again. Says when all is there. */
export function keepForLater(agreement: string, zones: Zones, done: () => void): () => void {
  const path = `/api/v1/agreements/${encodeURIComponent(agreement)}`
  const keep = async () => {
    for (const address of ['/api/v1/me', '/api/v1/agreements', path, `${path}/zones`, `${path}/reports?limit=1000`])
      if (!(await caches.match(address)))
        await (await fetch(address, { headers: { accept: 'application/json' } })).arrayBuffer()
    const bounds = boundsOf(zones)
    if (bounds) await prefetch(boxAround(bounds))
  }
  let again: ReturnType<typeof setTimeout> | undefined
  let over = false
  const start = () =>
    void keep().then(done, () => {
      if (!over) again = setTimeout(start, 10_000)
    })
  const worker = navigator.serviceWorker
  if (worker?.controller) start()
  else worker?.addEventListener('controllerchange', start, { once: true })
  return () => {
    over = true
    clearTimeout(again)
    worker?.removeEventListener('controllerchange', start)
  }
}
