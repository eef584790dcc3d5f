/// <reference lib="webworker" />
import { ANSWERS } from './api/kept'
import { anythingWaits, sendAll } from './field/outbox/send'

declare const self: ServiceWorkerGlobalScope
/** Filled in by the build: the files of the app, and a name that changes with any of them. */
declare const SHELL: readonly string[]
declare const VERSION: string

const shell = `shell-${VERSION}`
/** What outlives an update: the map, and what the server last said. */
const basemap = 'basemap'

/** What a monitor needs without a network; everything else is asked for or fails. */
const kept = /^\/api\/v1\/(me|agreements|agreements\/[^/]+(\/(zones|parties|codebook|reports))?)$/
const pages = /^\/($|(a|field|review|admin|sign-in|account)(\/|$))/

self.addEventListener('install', (event) =>
  event.waitUntil(
    caches.open(shell).then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })))),
  ),
)

self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      // The version before stays as well: another tab may still run it, with a report that is being written.
      const others = (await caches.keys()).filter((name) => ![shell, basemap, ANSWERS].includes(name))
      for (const name of others.slice(0, -1)) await caches.delete(name)
      await self.clients.claim()
    })(),
  ),
)

self.addEventListener('message', (event) => {
  if (event.data === 'use-it') void self.skipWaiting()
  if (event.data === 'take-over') event.waitUntil(self.clients.claim())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (request.mode === 'navigate' && pages.test(address.pathname)) event.respondWith(page(request))
  else if (address.pathname.startsWith('/basemap/')) event.respondWith(first(basemap, request))
  else if (SHELL.includes(address.pathname)) event.respondWith(first(shell, request))
  else if (address.pathname.startsWith('/assets/'))
    event.respondWith(caches.match(request.url).then((found) => found ?? fetch(request)))
  else if (kept.test(address.pathname)) event.respondWith(network(request))
})

/** The page of this version, so that it goes with the files of this version; a newer one waits until somebody wants it. */
async function page(request: Request): Promise<Response> {
  return (await (await caches.open(shell)).match('/')) ?? fetch(request)
}

async function first(name: string, request: Request): Promise<Response> {
  const cache = await caches.open(name)
  const found = await cache.match(request.url)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request.url, answer.clone()).catch(() => undefined)
  return answer
}

/** What the server says now; where it cannot be reached, what it said last, marked as such. */
async function network(request: Request): Promise<Response> {
  const cache = await caches.open(ANSWERS).catch(() => undefined)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache?.put(request.url, answer.clone()).catch(() => undefined)
    // Who may not read it any more is not told it again without a network.
    else if ([401, 403, 404].includes(answer.status)) await cache?.delete(request.url)
    if (answer.status < 500) return answer
    return (await cache?.match(request.url)) ?? answer
  } catch (fault) {
    const last = await cache?.match(request.url)
    if (!last) throw fault
    const headers = new Headers(last.headers)
    headers.set('x-ledger-kept', 'yes')
    return new Response(last.body, { status: last.status, headers })
  }
}

interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

// The network is back. An open window of the app sends, because it may know the PIN; without one, this worker does.
self.addEventListener('sync' as 'fetch', (event) =>
  (event as unknown as SyncEvent).waitUntil(
    (async () => {
      const windows = (await self.clients.matchAll({ type: 'window' })).filter((window) =>
        pages.test(new URL(window.url).pathname),
      )
      for (const window of windows) window.postMessage('send')
      if (windows.length === 0) await sendAll('once')
      // The browser asks again later only where this fails.
      if (await anythingWaits()) throw new Error('Something still waits on this phone.')
    })(),
  ),
)
