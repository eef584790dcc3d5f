/** Whether this phone's clock is right, by the server's. */

/** More than this is worth a word. */
export const TOLERATED = 120_000

/** A network on which this takes longer carries no report either. */
const PATIENCE = 20_000

let behind: number | undefined

/** Milliseconds by which this phone is behind the server; negative if ahead; undefined as long as no server was heard. */
export const clockBehind = (): number | undefined => behind

/** What the time is, as well as is known. */
export const now = (): number => Date.now() + (behind !== undefined && Math.abs(behind) > TOLERATED ? behind : 0)

/** The same as a sender states it: never later than the server's own time, which has it to the second only. */
export const saidNow = (): Date => new Date(Math.min(now(), Date.now() + (behind ?? 0)) - 1_000)

/** Until when something can have happened: nobody is contradicted by a clock that may be wrong. */
export const latest = (): number => (behind === undefined ? Infinity : now())

/** Asks the server for the time. False if nobody answers. */
export async function askTime(): Promise<boolean> {
  const sent = Date.now()
  try {
    const response = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) })
    const date = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds; what passed on the way is shared out evenly.
    // What is not read keeps the connection busy.
    await response.text()
    if (!Number.isNaN(date)) behind = date + 500 - (sent + Date.now()) / 2
    return response.ok
  } catch {
    return false
  }
}
