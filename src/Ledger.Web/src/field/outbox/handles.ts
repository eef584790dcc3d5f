import type { Draft } from '../draft/draft'
import type { Json } from '../../proof/canonical'
import type { Item } from './item'

/**
 * Random ids for whoever reports and for a protected source, the same in every report from this phone: what they had sealed can then be erased together; docs/events.md,
 * handles. They are nowhere but in the reports kept here, so that erasing the phone, or a PIN, covers them too.
 */
export function handlesFor(
  draft: Draft,
  report: { [name: string]: Json },
  before: readonly Item[],
): { [name: string]: Json } {
  // What came from a file may be somebody else's.
  const earlier = draft.freshHandles
    ? []
    : before.filter((item) => item.agreement === draft.agreement && item.draft !== undefined)
  const handle = (name: 'reporter' | 'source', of: readonly Item[]) =>
    of
      .map((item) => (item.body.report?.handles as Record<string, string> | undefined)?.[name])
      .find((found) => found !== undefined) ?? crypto.randomUUID()
  const [identity, spot] = [identityOf(report), exactOf(report) !== undefined]
  // Who reports what they saw themselves is the source of where they stood.
  const own = spot && (report.source as { class?: string }).class === 'own-observation'
  const reporter = handle('reporter', earlier)
  if (own) return { reporter, source: reporter }
  // Of a source that is not named nobody knows whether it is the same again.
  return {
    reporter,
    ...((identity !== undefined || spot) && {
      source: handle(
        'source',
        identity === undefined
          ? []
          : earlier.filter((item) => item.body.report && identityOf(item.body.report) === identity),
      ),
    }),
  }
}

const identityOf = (report: { [name: string]: Json }): string | undefined =>
  (report.source as { identity?: string } | undefined)?.identity
const exactOf = (report: { [name: string]: Json }): Json | undefined =>
  (report.place as { exact?: Json } | undefined)?.exact
