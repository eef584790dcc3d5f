import { readCheckpoint, readNote } from './note'

/** The checkpoint of each log that this browser saw hold, so that a log that is replaced by another is noticed on the next visit. */

const name = (origin: string) => `ledger.checkpoint.${origin}`

export function keptCheckpoint(origin: string): string | undefined {
  const text = localStorage.getItem(name(origin)) ?? undefined
  try {
    if (text !== undefined) readCheckpoint(readNote(text).text)
    return text
  } catch {
    // What cannot be read proves nothing.
    return undefined
  }
}

export function keep(note: string) {
  localStorage.setItem(name(readCheckpoint(readNote(note).text).origin), note)
}
