export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/**
 * The one way to write a value (RFC 8785, without fractions), so that the same content always has the same bytes; docs/formats.md, Entry.
 * JavaScript compares strings by UTF-16 units, which is the order that RFC 8785 asks for.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string') return JSON.stringify(clean(value))
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number that everybody reads alike`)
    return String(value === 0 ? 0 : value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const members = Object.entries(value).map(([name, member]) => [clean(name), member] as const)
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`
}

/** Form C, without what no reader agrees on: half a surrogate pair, and the character zero. */
export const clean = (text: string): string => text.normalize('NFC').toWellFormed().replaceAll('\0', '')
