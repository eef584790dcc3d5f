import type { AgreementFile } from '../../api/types'

/** What the provisions of an agreement look at in reports of one kind. */
export interface Wanted {
  attributes: ReadonlySet<string>
  quantities: ReadonlySet<string>
  /** Names that provisions ask for: a road, a post, a unit. */
  subjects: readonly string[]
  /** Whether a provision follows what enters and leaves, and so must be told which one it was. */
  followed: boolean
}

/** Read from the patterns of the file, so that the form asks first for what decides something; docs/agreement-file.md, Patterns. */
export function wantedBy(file: AgreementFile, kind: string): Wanted {
  const wanted = {
    attributes: new Set<string>(),
    quantities: new Set<string>(),
    subjects: new Set<string>(),
    followed: false,
  }
  for (const provision of file.provisions) look(provision, false)
  return { ...wanted, subjects: [...wanted.subjects].sort() }

  function look(node: unknown, concerned: boolean): boolean {
    if (Array.isArray(node)) return node.map((inner) => look(inner, concerned)).some(Boolean)
    if (typeof node !== 'object' || node === null) return false
    const pattern = node as Record<string, unknown>
    const here = 'kinds' in pattern ? texts(pattern.kinds).includes(kind) : concerned
    if (here) {
      for (const name of names(pattern.attributes)) wanted.attributes.add(name)
      for (const name of names(pattern.atLeast)) wanted.quantities.add(name)
      for (const subject of texts(pattern.subject)) wanted.subjects.add(subject)
    }
    const inside = Object.entries(pattern)
      .filter(([name, inner]) => look(inner, here) || (patterns.includes(name) && texts(inner).includes(kind)))
      .map(([name]) => name)
    // A state is kept for each subject apart, and a total for one quantity.
    if (inside.includes('enters') || inside.includes('leaves')) {
      wanted.followed = true
      for (const subject of texts(pattern.subjects)) wanted.subjects.add(subject)
    }
    if (['count', 'adds', 'takes'].some((part) => inside.includes(part))) {
      wanted.followed = true
      for (const name of texts(pattern.quantity)) wanted.quantities.add(name)
    }
    if (inside.includes('act'))
      for (const total of [pattern.total].flat())
        for (const name of texts((total as { quantity?: unknown } | undefined)?.quantity)) wanted.quantities.add(name)
    return here || inside.length > 0
  }
}

/** Members that may be a kind or a list of kinds instead of an object. */
const patterns = ['act', 'trigger', 'enters', 'leaves', 'count', 'adds', 'takes']

const texts = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
const names = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
