import { equal, toBase64, type Bytes } from './bytes'
import { checkSignature, readCheckpoint, readNote, readPolicy, type Checked, type Checkpoint } from './note'
import { continues } from './receipt'
import { readBundle, readHashes, tilesOf } from './tiles'
import { leafHash, Tree } from './tree'

/** Why an entry is not what was signed. */
export interface Tampered {
  position: number
  reason: 'hash' | 'position' | 'agreement' | 'unreadable' | 'missing'
  entry?: string
}

export interface Verified {
  checkpoint: Checkpoint
  note: string
  signature: Checked
  entries: number
  /** The root that this browser worked out from the bytes of the entries. */
  root: Bytes
  rootHolds: boolean
  tampered: Tampered[]
  /** Against the checkpoint that this browser kept; absent on the first visit. */
  since?: { kept: Checkpoint; continues: boolean }
}

export type Fetch = (path: string) => Promise<Response>

const MOST_NAMED = 20

/**
 * Reads the whole log again and works everything out anew: every entry's hash, the tree, its root, the signature, and that the log continues what this
 * browser saw before. Nothing is believed that the server says about itself, apart from the key the first time.
 */
export async function verifyLog(
  agreement: string,
  from: Fetch,
  kept: string | undefined,
  progress: (done: number, of: number) => void,
): Promise<Verified> {
  const note = await text(from, 'checkpoint')
  const [checkpoint, policy] = [readCheckpoint(readNote(note).text), await readPolicy(await text(from, 'policy'))]
  const key = policy.logs.find((log) => log.name === checkpoint.origin)
  const signature = key ? await checkSignature(readNote(note), key) : 'absent'

  const tree = new Tree()
  const tampered: Tampered[] = []
  for (const tile of tilesOf(checkpoint.size)) {
    const [entries, hashes] = await Promise.all([
      bytes(from, `tile/entries/${tile.path}`).then(readBundle),
      bytes(from, `tile/0/${tile.path}`).then(readHashes),
    ])
    for (let at = 0; at < tile.width; at++) {
      const [entry, signed, position] = [entries[at], hashes[at], tile.number * 256 + at + 1]
      const hash = entry ? await leafHash(entry) : new Uint8Array(32)
      const reason = !entry
        ? 'missing'
        : !signed || !equal(hash, signed)
          ? 'hash'
          : misplaced(entry, position, agreement)
      if (reason && tampered.length < MOST_NAMED) tampered.push({ position, reason, ...(entry && named(entry)) })
      await tree.add(hash)
    }
    progress(Math.min(tree.size, checkpoint.size), checkpoint.size)
  }

  const root = await tree.root()
  const since = kept === undefined ? undefined : await comparedWith(kept, checkpoint, from)
  return {
    checkpoint,
    note,
    signature,
    entries: tree.size,
    root,
    rootHolds: equal(root, checkpoint.root),
    tampered,
    ...(since && { since }),
  }
}

async function comparedWith(
  kept: string,
  now: Checkpoint,
  from: Fetch,
): Promise<{ kept: Checkpoint; continues: boolean } | undefined> {
  const before = readCheckpoint(readNote(kept).text)
  if (before.origin !== now.origin) return undefined
  if (before.size > now.size) return { kept: before, continues: false }
  return {
    kept: before,
    continues: await continues(await text(from, `consistency?from=${before.size}&size=${now.size}`), before, now),
  }
}

/** What stands in an entry must fit the place where it stands. */
function misplaced(entry: Bytes, position: number, agreement: string): Tampered['reason'] | undefined {
  try {
    const read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(entry)) as {
      position?: number
      agreement?: string
    }
    return read.position !== position ? 'position' : read.agreement !== agreement ? 'agreement' : undefined
  } catch {
    return 'unreadable'
  }
}

function named(entry: Bytes): { entry?: string } {
  const id = /"entry":"([0-9a-f-]{36})"/.exec(new TextDecoder().decode(entry))?.[1]
  return id ? { entry: id } : {}
}

const text = async (from: Fetch, path: string): Promise<string> => (await from(path)).text()
const bytes = async (from: Fetch, path: string): Promise<Bytes> =>
  new Uint8Array(await (await from(path)).arrayBuffer())

export const rootText = (root: Bytes): string => toBase64(root)
