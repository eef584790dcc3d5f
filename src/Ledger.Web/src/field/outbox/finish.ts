import { uuid7 } from '../../api/uuid'
import { clockBehind, now, saidNow, TOLERATED } from './clock'
import { signed } from './deviceKey'
import type { Body, Item } from './item'
import { sendAll } from './send'
import { freeze } from './store'

/** Freezes and signs what was finished, and sends it as soon as that can be. Says under which id. */
export async function finish(
  what: Pick<Item, 'type' | 'agreement' | 'about' | 'draft' | 'files'>,
  said: Omit<Body, 'entryId' | 'saidAt'>,
  written: string,
): Promise<string> {
  const id = uuid7(now())
  const behind = clockBehind()
  const body = await signed(what.agreement, what.type, { entryId: id, saidAt: saidNow().toISOString(), ...said })
  await freeze(
    {
      ...what,
      id,
      state: 'phone',
      finishedAt: now(),
      body,
      attempts: 0,
      nextTry: 0,
      ...(behind !== undefined && Math.abs(behind) > TOLERATED && { clock: behind }),
    },
    written,
  )
  void navigator.storage.persist?.()
  void sendAll('once').catch(() => undefined)
  return id
}
