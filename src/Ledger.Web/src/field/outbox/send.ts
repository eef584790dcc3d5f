import { get, Refused, send, Unreachable } from '../../api/client'
import type { Receipt, StatusAnswer } from '../../api/types'
import { askTime, clockBehind, now, TOLERATED } from './clock'
import { signed } from './deviceKey'
import { reportIdOf, unsentFiles, waits, type Item, type ItemType, type Touched } from './item'
import { sendFiles } from './sendFiles'
import { alterItem, isLocked, items, saveItem } from './store'
import { afterFault, later } from './trying'

/** Sends what waits. Every report keeps its id, so whatever happens to an answer on its way, sending again gives the first receipt. */

const LOCK = 'ledger-outbox'
/** A report is small: what takes longer is not on its way any more. */
const PATIENCE = 60_000

/** Sends all that waits and is due: the reports, and then the files of those that were received. */
export async function sendAll(at: 'due' | 'once' = 'due'): Promise<void> {
  await sendReports(at)
  await sendFiles(at)
}

/** Whether something is still to be sent; behind a PIN that this tab does not know, nothing can be. */
export async function anythingWaits(): Promise<boolean> {
  return (await isLocked()) !== 'locked' && (await items()).some((item) => waits(item) || unsentFiles(item).some(waits))
}

/** Only one tab sends at a time; the others leave it to that one. */
async function sendReports(at: 'due' | 'once'): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (!lock || (await isLocked()) === 'locked') return
    const waiting = (await items()).filter((item) => waits(item) && (at === 'once' || item.nextTry <= Date.now()))
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

/** Where each type is sent to; docs/api.md. */
const addressOf: Record<ItemType, (item: Item) => string> = {
  report_filed: ({ agreement }) => `agreements/${encodeURIComponent(agreement)}/reports`,
  report_corrected: ({ body }) => `reports/${body.target}/corrections`,
  question_answered: ({ body }) => `questions/${body.target}/answers`,
  entry_retracted: ({ body }) => `reports/${body.target}/retractions`,
}

async function sendOne(waiting: Item): Promise<void> {
  let item: Item = { ...(await dated(waiting)), state: 'sending', waitsFor: undefined }
  await saveItem(item)
  try {
    const answer = await send(`/api/v1/${addressOf[item.type](item)}`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'ledger-request': '1' },
      body: JSON.stringify(item.body),
      signal: AbortSignal.timeout(PATIENCE),
    })
    const receipt = (await answer.json()) as Receipt
    item = { ...item, state: 'received', receipt, receivedAt: now(), problem: undefined }
  } catch (fault) {
    item = afterFault(item, fault)
  }
  await saveItem(item)
}

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
  const { salts: _, signature: __, ...report } = item.body.report ?? {}
  return {
    ...item,
    ...(wrong && { clock: behind }),
    body: await signed(item.agreement, item.type, { ...item.body, saidAt, ...(item.body.report && { report }) }),
  }
}

/** Which verdicts it changed: of the days that the report spoke and speaks of, and of now; what was known just before it against what was known with it. */
async function askTouched(): Promise<void> {
  const all = await items()
  for (const item of all.filter((item) => item.state === 'received' && !item.touched)) {
    const days = all.filter((other) => reportIdOf(other) === reportIdOf(item)).flatMap(dayOf)
    const touched = await touchedBy(item, days).catch((fault: unknown) => {
      if (fault instanceof Unreachable) return undefined
      if (fault instanceof Refused) return []
      throw fault
    })
    if (!touched) return
    await alterItem(item.id, (kept) => ({ ...kept, touched }))
  }
}

function dayOf({ body }: Item): string[] {
  const occurred = body.report?.occurred as string | { until: string } | undefined
  return occurred === undefined ? [] : [(typeof occurred === 'string' ? occurred : occurred.until).slice(0, 10)]
}

async function touchedBy({ type, agreement, receipt }: Item, days: string[]): Promise<Touched[]> {
  const touched: Touched[] = []
  // An answer decides nothing.
  if (type === 'question_answered') return touched
  for (const asOf of new Set([...days, undefined])) {
    const ask = (knownAt: number) =>
      get<StatusAnswer>(
        `/agreements/${encodeURIComponent(agreement)}/verdicts`,
        new URLSearchParams({ knownAt: String(knownAt), ...(asOf && { asOf }) }),
        AbortSignal.timeout(PATIENCE),
      )
    const [before, after] = [await ask(receipt!.position - 1), await ask(receipt!.position)]
    for (const verdict of after.verdicts) {
      const was = before.verdicts.find((earlier) => earlier.provision === verdict.provision)
      if (was && was.verdict !== verdict.verdict && !touched.some((known) => known.provision === verdict.provision))
        touched.push({
          provision: verdict.provision,
          title: verdict.title,
          before: was.verdict,
          after: verdict.verdict,
        })
    }
  }
  return touched
}
