import type { Bytes } from './bytes'

/** C2SP tlog-tiles: where a log keeps its hashes and entries. */

export const WIDTH = 256

/** 1234067 is x001/x234/067; a partial tile names its width. */
export function tilePath(number: number, width = WIDTH): string {
  const groups: string[] = []
  for (let rest = number, first = true; first || rest > 0; rest = Math.floor(rest / 1000), first = false)
    groups.unshift(String(rest % 1000).padStart(3, '0'))
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return width === WIDTH ? path : `${path}.p/${width}`
}

/** The tiles of level 0 that hold the first `size` entries. */
export function* tilesOf(size: number): Generator<{ number: number; width: number; path: string }> {
  for (let number = 0; number * WIDTH < size; number++) {
    const width = Math.min(WIDTH, size - number * WIDTH)
    yield { number, width, path: tilePath(number, width) }
  }
}

/** The entries of a bundle, each after its length in two bytes, big-endian. */
export function readBundle(bytes: Bytes): Bytes[] {
  const entries: Bytes[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = at + 2 <= bytes.length ? bytes[at]! * 256 + bytes[at + 1]! : Infinity
    if (at + 2 + length > bytes.length) throw new Error('The bundle of entries ends in the middle of one.')
    entries.push(bytes.slice(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}

/** The hashes of a tile, 32 bytes each. */
export const readHashes = (bytes: Bytes): Bytes[] =>
  Array.from({ length: Math.floor(bytes.length / 32) }, (_, at) => bytes.slice(at * 32, at * 32 + 32))
