import { send } from '../../api/client'
import type { Receipt } from '../../api/types'
import type { Item, Upload } from './item'
import { reportIdOf, unsentFiles, waits } from './item'
import { alterItem, isLocked, item as read, items, photoBytes } from './store'
import { afterFault } from './trying'

/** Sends the files of reports that were received: the bytes to the address that is their hash, then the entry that attaches them. Both may be sent again at any time. */

const LOCK = 'ledger-files'
/** A network slower than this many bytes a millisecond counts as broken. */
const SLOWEST = 2
const PATIENCE = 60_000

/** One file at a time, and of one tab; reports do not wait for it, because they have a lock of their own. */
export async function sendFiles(at: 'due' | 'once' = 'due'): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    const tried = new Set<string>()
    while (lock && (await isLocked()) !== 'locked') {
      const next = (await items())
        .reverse()
        .flatMap(dueFiles(at))
        .find(({ file }) => !tried.has(file.entryId))
      if (!next) return
      tried.add(next.file.entryId)
      await sendFile(next.item, next.file)
    }
  })
}

const dueFiles = (at: 'due' | 'once') => (item: Item) =>
  item.state !== 'received'
    ? []
    : unsentFiles(item)
        .filter((file) => waits(file) && (at === 'once' || file.nextTry <= Date.now()))
        .map((file) => ({ item, file }))

async function sendFile(item: Item, file: Upload): Promise<void> {
  const { id } = item
  const alter = (changes: Partial<Upload>) =>
    alterItem(id, (item) => ({
      ...item,
      files: item.files!.map((one) => (one.entryId === file.entryId ? { ...one, ...changes } : one)),
    }))
  const address = `/api/v1/reports/${reportIdOf(item)}/evidence`
  await alter({ state: 'sending', waitsFor: undefined })
  try {
    const bytes = (await photoBytes(file.photo))?.[file.which]
    if (!bytes) return await alter({ state: 'attention', problem: { status: 0, code: 'photo/gone', title: '' } })
    let { held } = file
    if (!held) {
      const answer = await send(`${address}/${file.sha256}`, {
        method: 'PUT',
        headers: { 'content-type': file.mediaType, 'ledger-request': '1' },
        body: bytes,
        signal: AbortSignal.timeout(PATIENCE + bytes.byteLength / SLOWEST),
      })
      const { mediaType, size } = (await answer.json()) as { mediaType: string; size: number }
      held = { mediaType, size }
      await alter({ held })
    }
    const answer = await send(address, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', 'ledger-request': '1' },
      body: JSON.stringify({ entryId: file.entryId, sha256: file.sha256, ...held }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    await alter({ state: 'received', receipt: (await answer.json()) as Receipt, problem: undefined })
  } catch (fault) {
    // As it is kept now: the bytes may have arrived before the fault.
    const kept = (await read(id))?.files?.find((one) => one.entryId === file.entryId)
    if (kept) await alter(afterFault(kept, fault))
  }
}
