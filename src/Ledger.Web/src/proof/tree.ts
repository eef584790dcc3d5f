import { concat, equal, sha256, type Bytes } from './bytes'

/** The Merkle tree of RFC 6962, section 2.1. */

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

export const leafHash = (entry: Uint8Array): Promise<Bytes> => sha256(concat(LEAF, entry))

export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(concat(NODE, left, right))

export const emptyRoot = (): Promise<Bytes> => sha256(new Uint8Array())

/** Grows by one leaf at a time and keeps only what a root needs: one hash for each bit of the size. */
export class Tree {
  private readonly stack: { hash: Bytes; leaves: number }[] = []
  size = 0

  async add(leaf: Bytes) {
    let [hash, leaves] = [leaf, 1]
    while (this.stack.length > 0 && this.stack.at(-1)!.leaves === leaves) {
      hash = await nodeHash(this.stack.pop()!.hash, hash)
      leaves *= 2
    }
    this.stack.push({ hash, leaves })
    this.size++
  }

  async root(): Promise<Bytes> {
    if (this.stack.length === 0) return emptyRoot()
    let root = this.stack.at(-1)!.hash
    for (let at = this.stack.length - 2; at >= 0; at--) root = await nodeHash(this.stack[at]!.hash, root)
    return root
  }
}

/** The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2), or undefined where the proof has the wrong shape. */
export async function rootOfInclusion(
  index: number,
  size: number,
  leaf: Bytes,
  proof: Bytes[],
): Promise<Bytes | undefined> {
  if (index < 0 || index >= size) return undefined
  let [fn, sn, hash] = [index, size - 1, leaf]
  for (const part of proof) {
    if (sn === 0) return undefined
    if (fn % 2 === 1 || fn === sn) {
      hash = await nodeHash(part, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
    } else {
      hash = await nodeHash(hash, part)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? hash : undefined
}

/** Whether a log of `size` begins with the log of `old` (RFC 9162, section 2.1.4.2). */
export async function isConsistent(
  old: number,
  size: number,
  oldRoot: Bytes,
  root: Bytes,
  proof: Bytes[],
): Promise<boolean> {
  if (old > size) return false
  if (old === size) return proof.length === 0 && equal(oldRoot, root)
  if (old === 0) return proof.length === 0 && equal(oldRoot, await emptyRoot())
  const isPower = (old & (old - 1)) === 0
  const parts = isPower ? [oldRoot, ...proof] : [...proof]
  if (parts.length === 0) return false
  let [fn, sn] = [old - 1, size - 1]
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  let [fr, sr] = [parts[0]!, parts[0]!]
  for (const part of parts.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      ;[fr, sr] = [await nodeHash(part, fr), await nodeHash(part, sr)]
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
    } else {
      sr = await nodeHash(sr, part)
    }
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && equal(fr, oldRoot) && equal(sr, root)
}
