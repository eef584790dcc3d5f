import { forgotten } from '../../api/forget'
import { LEAVING } from '../../parts/leave'
import { KEY_DATABASE } from './deviceKey'
import { closeStore, DATABASE, tellErased } from './store'

/**
 * Everything this app keeps on this phone: drafts, outbox, receipts, photos, the device's key, its copies of pages and maps, the choices, and the session.
 * What is here goes first, because the network may keep one waiting.
 */
export async function eraseAll() {
  dispatchEvent(new Event(LEAVING))
  tellErased()
  await closeStore()
  await Promise.allSettled([
    ...[DATABASE, KEY_DATABASE].map(
      (name) =>
        new Promise((done) => {
          const request = indexedDB.deleteDatabase(name)
          request.onsuccess = request.onerror = request.onblocked = done
        }),
    ),
    ...('caches' in globalThis ? (await caches.keys()).map((name) => caches.delete(name)) : []),
    ...((await navigator.serviceWorker?.getRegistrations()) ?? []).map((registration) => registration.unregister()),
  ])
  localStorage.clear()
  sessionStorage.clear()
  await forgotten()
}
