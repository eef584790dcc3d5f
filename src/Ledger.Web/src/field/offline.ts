import { prefetch } from '../map/basemap'
import { boxAround } from './places'
import { boundsOf, type Zones } from './zones'

/** Has the service worker keep what reporting under an agreement needs. On the first visit that is possible only once the worker has taken over. */
export function keepForLater(agreement: string, zones: Zones): () => void {
  const area = () => {
    const bounds = boundsOf(zones)
    if (bounds) void prefetch(boxAround(bounds)).catch(() => undefined)
  }
  const keep = () => {
    const path = `/api/v1/agreements/${encodeURIComponent(agreement)}`
    for (const address of ['/api/v1/agreements', path, `${path}/zones`, `${path}/reports?limit=1000`]) void fetch(address, { headers: { accept: 'application/json' } }).catch(() => undefined)
    area()
  }
  const worker = navigator.serviceWorker
  if (worker?.controller) {
    area()
    return () => undefined
  }
  worker?.addEventListener('controllerchange', keep, { once: true })
  return () => worker?.removeEventListener('controllerchange', keep)
}
