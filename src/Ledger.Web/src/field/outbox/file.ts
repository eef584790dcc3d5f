import type { Item, ItemType } from './item'
import { freeze, item as kept, items } from './store'

/** The outbox as a file: JSON lines of {"type", "data"}, which `ledger entries import` sends. One file for each agreement, which its name tells. */

export const linesOf = (list: readonly Item[]): string =>
  list.map(({ type, body }) => JSON.stringify({ type, data: body }) + '\n').join('')

export async function outboxFiles(): Promise<{ name: string; content: string }[]> {
  const waiting = (await items()).filter((item) => item.state !== 'received').reverse()
  const day = new Date().toISOString().slice(0, 10)
  return [...new Set(waiting.map((item) => item.agreement))].map((agreement) => ({
    name: `outbox.${agreement}.${day}.jsonl`,
    content: linesOf(waiting.filter((item) => item.agreement === agreement)),
  }))
}

/** Takes a saved outbox in. What is here already stays as it is. */
export async function takeIn(
  text: string,
  agreement: string,
): Promise<{ taken: number; here: number; unread: number[] }> {
  const result = { taken: 0, here: 0, unread: [] as number[] }
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const found = finishedOf(line)
    if (!found) result.unread.push(index + 1)
    else if (await kept(found.body.entryId)) result.here++
    else {
      const { type, body } = found
      await freeze(
        {
          id: body.entryId,
          type,
          agreement,
          state: 'phone',
          finishedAt: Date.parse(body.saidAt) || Date.now(),
          body,
          attempts: 1,
          nextTry: 0,
        },
        undefined,
      )
      result.taken++
    }
  }
  return result
}

/** What each type has to have: a line without it is none of ours. */
const needs: Record<ItemType, readonly (keyof Item['body'])[]> = {
  report_filed: ['report'],
  report_corrected: ['target', 'report', 'reason'],
  question_answered: ['target', 'words'],
  entry_retracted: ['target', 'reason'],
}

/** What a line of a saved outbox says, if it is one of ours. */
export function finishedOf(line: string): Pick<Item, 'type' | 'body'> | undefined {
  try {
    const { type, data } = JSON.parse(line) as { type: ItemType; data: Item['body'] }
    const whole =
      Object.hasOwn(needs, type) &&
      needs[type].every(
        (name) => typeof data[name] === (name === 'report' ? 'object' : 'string') && data[name] !== null,
      )
    return whole && /^[0-9a-f-]{36}$/.test(data.entryId) ? { type, body: data } : undefined
  } catch {
    return undefined
  }
}

/** Agreement in the name of a saved file, if it is one of ours. */
export const agreementIn = (name: string): string | undefined => /^outbox\.([a-z0-9-]+)\./.exec(name)?.[1]

export function download(name: string, content: BlobPart, type: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
