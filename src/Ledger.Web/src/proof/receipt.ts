import { equal, fromBase64, type Bytes } from './bytes'
import { readCheckpoint, readNote, type Checkpoint, type Note } from './note'
import { isConsistent, leafHash, rootOfInclusion } from './tree'

/** A `.tlog-proof`: that an entry is in the log that a checkpoint signs. */
export interface Receipt {
  index: number
  proof: Bytes[]
  note: Note
  checkpoint: Checkpoint
}

export function readReceipt(text: string): Receipt {
  const blank = text.indexOf('\n\n')
  const [header, index, ...hashes] = text.slice(0, blank).split('\n')
  if (blank < 0 || header !== 'c2sp.org/tlog-proof@v1') throw new Error('This is not a receipt.')
  const number = /^index (\d+)$/.exec(index ?? '')?.[1]
  if (number === undefined) throw new Error('The receipt names no index.')
  const note = readNote(text.slice(blank + 2))
  return {
    index: Number(number),
    proof: hashes.filter((line) => !line.startsWith('extra ')).map(fromBase64),
    note,
    checkpoint: readCheckpoint(note.text),
  }
}

/** Whether the receipt leads from these bytes to the root of its checkpoint. */
export async function proves(receipt: Receipt, entry: Bytes): Promise<boolean> {
  const root = await rootOfInclusion(receipt.index, receipt.checkpoint.size, await leafHash(entry), receipt.proof)
  return root !== undefined && equal(root, receipt.checkpoint.root)
}

/** The body that a log sends its witnesses: that it continues an earlier size of itself. */
export async function continues(addition: string, before: Checkpoint, now: Checkpoint): Promise<boolean> {
  const blank = addition.indexOf('\n\n')
  const [old, ...hashes] = addition.slice(0, blank).split('\n')
  if (old !== `old ${before.size}`) return false
  const signed = readCheckpoint(readNote(addition.slice(blank + 2)).text)
  return (
    signed.size === now.size &&
    equal(signed.root, now.root) &&
    isConsistent(before.size, now.size, before.root, now.root, hashes.map(fromBase64))
  )
}
