import { get } from '../../api/client'
import type { Agreement, Occurrence, ReportContent, ReportHead } from '../../api/types'
import { uuid7 } from '../../api/uuid'
import { addDays, clockTime, DAY, isoDay, startOfDay } from '../../time/zone'
import type { Json } from '../../proof/canonical'
import { reportIdOf } from '../outbox/item'
import { drafts, items, saveDraft } from '../outbox/store'
import { emptyDraft, type Draft } from '../draft/draft'
import type { When } from '../draft/when'

type Said = { [name: string]: Json }

/**
 * A draft that begins with what a report says now: as this phone last said it, sealed parts too; else as the server tells it, which withholds them. One that is being
 * written already is gone on with.
 */
export async function beginCorrection(report: string, agreement: Agreement): Promise<Draft> {
  const open = (await drafts()).find((draft) => draft.corrects?.report === report)
  if (open) return open
  const last = (await items()).find((item) => reportIdOf(item) === report && item.draft && item.state !== 'attention')
  const draft =
    last?.draft && last.body.report
      ? corrected(last.draft, report, last.body.report, false)
      : await get<ReportHead>(`/reports/${report}`).then(({ content }) =>
          corrected(draftOf(agreement, content), report, content as unknown as Said, 'sealed' in content),
        )
  await saveDraft(draft)
  return draft
}

function corrected(
  draft: Draft,
  report: string,
  { handles: _, salts: __, signature: ___, ...said }: Said,
  withheld: boolean,
): Draft {
  const { freshHandles: ____, ...rest } = draft
  return {
    ...rest,
    id: uuid7(),
    changedAt: Date.now(),
    originals: 'stay',
    corrects: { report, reason: '', said, evidence: (said.evidence as string[] | undefined) ?? [], withheld },
  }
}

/** What the server tells of a report, as it would have been typed. */
export function draftOf({ id, timeZone }: Pick<Agreement, 'id' | 'timeZone'>, content: ReportContent): Draft {
  const empty = emptyDraft('', id, content.kind)
  const { place, source } = content
  const text = (n: number | undefined) => (n === undefined ? '' : String(n))
  return {
    ...empty,
    when: whenOf(content.occurred, timeZone),
    where: {
      ...empty.where,
      name: place?.name ?? '',
      precision: place?.precision ?? 'near',
      radius: text(place?.radius),
      ...(place?.point && inTheClear(place.point, place.name)),
    },
    actors: content.actors?.map(({ name, role }) => ({ name, role })) ?? [],
    subject: content.subject ?? '',
    quantities: Object.fromEntries(
      Object.entries(content.quantities ?? {}).map(([name, { low, best, high }]) => [
        name,
        low === best && high === best
          ? { low: '', best: text(best), high: '' }
          : { low: text(low), best: text(best), high: text(high) },
      ]),
    ),
    attributes: content.attributes ?? {},
    source: {
      class: source.class,
      who: source.name ?? '',
      protect: source.name === undefined,
      party: source.party ?? '',
      reliability: source.reliability ?? '',
      credibility: text(source.credibility),
    },
    summary: content.summary ?? '',
  }
}

/** Everybody reads this point already, so it is nothing to seal, as long as it is this one: another one is a spot again. */
const inTheClear = (
  { lat, lon }: { lat: string; lon: string },
  name = '',
): Pick<Draft['where'], 'lat' | 'lon' | 'around'> => ({
  lat,
  lon,
  around: { name, lat: Number(lat), lon: Number(lon) },
})

export function whenOf({ from, until, precision }: Occurrence, zone: string): When {
  const day = isoDay(from, zone)
  const none = { day, time: '', lastDay: '', lastTime: '' }
  if (precision === 'instant') return { ...none, precision, time: clockTime(from, zone) }
  if (precision === 'days') return { ...none, precision, lastDay: isoDay(Date.parse(until) - 1, zone) }
  const wholeDay = startOfDay(day, zone) === Date.parse(from) && startOfDay(addDays(day, 1), zone) === Date.parse(until)
  if (precision !== 'day' || wholeDay || Date.parse(until) - Date.parse(from) > DAY) return { ...none, precision }
  return { ...none, precision: 'between', time: clockTime(from, zone), lastTime: clockTime(until, zone) }
}
