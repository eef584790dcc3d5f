/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
export {}
