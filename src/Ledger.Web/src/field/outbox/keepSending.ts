import { unsentFiles, waits, type Sendable } from './item'
import { items, onChange } from './store'
import { sendAll } from './send'

/** Keeps sending while the app is open: at once, when the network is back, when the app is looked at again, and by and by. */

interface SyncManager {
  register(tag: string): Promise<void>
}

let started = false

export function keepSending() {
  if (started) return
  started = true
  const due = () => void sendAll().catch(() => undefined)
  addEventListener('online', () => void sendAll('once').catch(() => undefined))
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && due())
  navigator.serviceWorker?.addEventListener('message', (event) => event.data === 'send' && due())
  onChange(() => void plan())
  void plan()
}

let timer: ReturnType<typeof setTimeout> | undefined

/** Until a sender that went wrong, or a tab that was closed while it sent, is made up for. */
const AGAIN = 15_000

/** Wakes up when the next one is due, and again as long as something is. */
async function plan(soonest = 0) {
  const waiting = await items().catch(() => [])
  clearTimeout(timer)
  const due = waiting
    .flatMap<Sendable>((item) => (item.state === 'received' ? unsentFiles(item) : [item]))
    .filter(waits)
    .map(({ nextTry }) => nextTry)
  const unasked = waiting.some((item) => item.state === 'received' && !item.touched)
  if (due.length === 0 && !unasked) return
  timer = setTimeout(
    () =>
      void sendAll()
        .catch(() => undefined)
        .then(() => plan(AGAIN)),
    Math.max(soonest, due.length > 0 ? Math.min(...due) - Date.now() + 20 : 5_000),
  )
  // Where the browser can, it sends even after the app was closed.
  const registration = (await navigator.serviceWorker?.getRegistration()) as
    | (ServiceWorkerRegistration & { sync?: SyncManager })
    | undefined
  if (due.length > 0) await registration?.sync?.register('outbox').catch(() => undefined)
}
