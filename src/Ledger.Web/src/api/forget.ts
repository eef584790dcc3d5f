import { post, Refused } from './client'

/** A mark that names nothing: this browser was erased without a network, and its session goes as soon as there is one. */
const MARK = 'erase'

/** Longer than this nobody who has to erase a phone waits. */
const PATIENCE = 5_000

/** Ends the session on the server, which has the browser clear all that it keeps of this address. False where nobody answered. */
export async function forgotten(): Promise<boolean> {
  localStorage.setItem(MARK, '')
  try {
    await post('/sign-out?erase=true', {}, 'POST', AbortSignal.timeout(PATIENCE))
  } catch (fault) {
    // Nobody was signed in: there is no session to end.
    if (!(fault instanceof Refused)) return false
  }
  localStorage.removeItem(MARK)
  return true
}

/** Whether an erasure still waits for the network. */
export const forgetting = (): boolean => localStorage.getItem(MARK) !== null
