import './api/linkSecret'
import { render } from 'preact'
import { App } from './app'
import { language, speak } from './words'
import './field/installing'
import './style/base.css'
import './style/parts.css'

await speak(language())
render(<App />, document.getElementById('app')!)

if ('serviceWorker' in navigator && import.meta.env.PROD) void navigator.serviceWorker.register('/worker.js')

// Whoever reported from here has it sent on any page, and without loading anything for those who never did.
void indexedDB.databases?.().then(async kept => {
  if (kept.some(({ name }) => name === 'ledger-field')) (await import('./field/outbox/keepSending')).keepSending()
})
