import { get, Refused, send, Unreachable } from '../../api/client'
import type { Receipt, StatusAnswer } from '../../api/types'
import { askTime, clockBehind, now, TOLERATED } from './clock'
import { signed } from './deviceKey'
import type { Item, Touched } from './item'
import { isLocked, item as read, items, saveItem } from './store'

/** Sends what waits. Every report keeps its id, so whatever happens to an answer on its way, sending again gives the first receipt. */

const LOCK = 'ledger-outbox'
const MOST_WAIT = 300_000

/** Sends all that waits and is due. Only one tab sends at a time; the others leave it to that one. */
export async function sendAll(at: 'due' | 'once' = 'due'): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async lock => {
    if (!lock || (await isLocked()) === 'locked') return
    const waiting = (await items()).filter(item => (item.state === 'phone' || item.state === 'sending') && (at === 'once' || item.nextTry <= Date.now()))
    if (waiting.length === 0) return await askTouched()
    const answers = await askTime()
    // The oldest first, as they were finished.
    for (const item of waiting.reverse()) {
      if (!answers) await saveItem(later(item))
      else await sendOne(item)
    }
    await askTouched()
  })
}

async function sendOne(waiting: Item): Promise<void> {
  let item: Item = { ...(await dated(waiting)), state: 'sending', waitsFor: undefined }
  await saveItem(item)
  try {
    const answer = await send(`/api/v1/agreements/${encodeURIComponent(item.agreement)}/reports`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'ledger-request': '1' },
      body: JSON.stringify(item.body),
    })
    const receipt = (await answer.json()) as Receipt
    item = { ...item, state: 'received', receipt, receivedAt: now(), problem: undefined }
  } catch (fault) {
    item = afterFault(item, fault)
  }
  await saveItem(item)
}

function afterFault(item: Item, fault: unknown): Item {
  // An answer that breaks off in its middle is no answer.
  if (!(fault instanceof Refused)) return later(item)
  const { status } = fault.problem
  if (status === 401) return { ...later(item), waitsFor: 'sign-in' }
  if (status >= 500 || status === 408 || status === 425 || status === 429) return later(item)
  return { ...item, state: 'attention', problem: fault.problem, attempts: item.attempts + 1 }
}

/** Waits longer after each failure, and never in step with other phones that lost the same network. */
const later = (item: Item): Item => ({
  ...item,
  state: 'phone',
  waitsFor: 'network',
  attempts: item.attempts + 1,
  nextTry: Date.now() + Math.min(MOST_WAIT, 4_000 * 2 ** Math.min(item.attempts, 10)) * (0.5 + Math.random() / 2),
})

/**
 * Sets right the time of saying by the server's clock. Only before the first attempt: after it the server may hold the report already, and another content under
 * the same id would be refused.
 */
async function dated(item: Item): Promise<Item> {
  const behind = clockBehind()
  if (item.attempts > 0 || behind === undefined) return item
  const wrong = item.clock === undefined && Math.abs(behind) > TOLERATED
  const server = Date.now() + behind - 1_000
  if (!wrong && Date.parse(item.body.saidAt) <= server) return item
  const saidAt = new Date(Math.min(item.finishedAt + (wrong ? behind : 0), server)).toISOString()
  const { salts: _, signature: __, ...report } = item.body.report
  return { ...item, ...(wrong && { clock: behind }), body: await signed(item.agreement, 'report_filed', { ...item.body, saidAt, report }) }
}

/** Which verdicts of the day that the report speaks of, and of now, it changed: what was known just before it against what was known with it. */
async function askTouched(): Promise<void> {
  for (const { id } of (await items()).filter(item => item.state === 'received' && !item.touched)) {
    const item = (await read(id))!
    try {
      await saveItem({ ...item, touched: await touchedBy(item) })
    } catch (fault) {
      if (fault instanceof Unreachable) return
      if (!(fault instanceof Refused)) throw fault
      await saveItem({ ...item, touched: [] })
    }
  }
}

async function touchedBy({ agreement, receipt, body }: Item): Promise<Touched[]> {
  const touched: Touched[] = []
  const occurred = body.report.occurred as string | { until: string }
  const days = new Set([typeof occurred === 'string' ? occurred.slice(0, 10) : occurred.until.slice(0, 10), undefined])
  for (const asOf of days) {
    const ask = (knownAt: number) => get<StatusAnswer>(`/agreements/${encodeURIComponent(agreement)}/verdicts`, new URLSearchParams({ knownAt: String(knownAt), ...(asOf && { asOf }) }))
    const [before, after] = [await ask(receipt!.position - 1), await ask(receipt!.position)]
    for (const verdict of after.verdicts) {
      const was = before.verdicts.find(earlier => earlier.provision === verdict.provision)
      if (was && was.verdict !== verdict.verdict && !touched.some(known => known.provision === verdict.provision))
        touched.push({ provision: verdict.provision, title: verdict.title, before: was.verdict, after: verdict.verdict })
    }
  }
  return touched
}
