import './api/linkSecret'
import { provingBy } from './api/client'
import { forgetting, forgotten } from './api/forget'
import { render } from 'preact'
import { App } from './app'
import { LEAVING } from './parts/leave'
import { language, speak } from './words'
import './field/installing'
import './style/base.css'
import './style/parts.css'

// Erased without a network: nobody is shown whose it was.
if (forgetting()) await forgotten()
await speak(language())
// Loaded for those who need it only.
provingBy(async () => (await import('./api/freshProof')).prove())
const here = document.getElementById('app')!
render(<App />, here)
addEventListener(LEAVING, () => render(null, here))

if ('serviceWorker' in navigator && import.meta.env.PROD) {
  const worker = navigator.serviceWorker
  void worker.register('/worker.js')
  // A page that was under way while the worker began, or that was loaded past it, is not its own, and would be nowhere without a network.
  void worker.ready.then(({ active }) => worker.controller ?? active?.postMessage('take-over'))
}

// Whoever reported from here has it sent on any page, and without loading anything for those who never did.
void indexedDB.databases?.().then(async (kept) => {
  if (kept.some(({ name }) => name === 'ledger-field')) (await import('./field/outbox/keepSending')).keepSending()
})
