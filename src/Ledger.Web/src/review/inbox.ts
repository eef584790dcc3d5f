import type { ReportHead } from '../api/types'

/** Why a report waits in a reviewer's inbox. Hints only: nothing here changes what counts. */
export type Waiting = 'to-assess' | 'duplicate' | 'conflict' | 'late'

/** Two reports that a reviewer should see side by side. */
export interface Pair {
  first: ReportHead
  second: ReportHead
}

export interface Inbox {
  toAssess: ReportHead[]
  duplicates: Pair[]
  conflicts: Pair[]
  late: ReportHead[]
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Reports said a week or more after what they tell of. */
const LATE_AFTER = 7 * DAY

/** How far apart two reports of one thing may put it, beyond what each says of its own precision. */
const NEAR_METRES = 3_000
const NEAR_TIME = 6 * HOUR

/** In one day of heavy fighting a report has many neighbours; a hint with more than these helps nobody. */
const MOST_NEIGHBOURS = 5

export function sortOut(reports: readonly ReportHead[]): Inbox {
  const live = reports.filter((report) => report.state === 'live')
  const inbox: Inbox = {
    toAssess: live.filter((report) => report.level === 'alleged').reverse(),
    duplicates: [],
    conflicts: [],
    late: live
      .filter((report) => Date.parse(report.saidAt) - Date.parse(report.content.occurred.until) >= LATE_AFTER)
      .reverse(),
  }
  // By the start of what they tell, so that only reports that touch in time are compared with each other.
  const byTime = live.filter((report) => report.content.place?.point).sort((a, b) => start(a) - start(b))
  byTime.forEach((first, i) => {
    let found = 0
    for (let j = i + 1; j < byTime.length && found < MOST_NEIGHBOURS; j++) {
      const second = byTime[j]!
      if (start(second) > end(first) + NEAR_TIME) break
      if (
        first.linkedWith.includes(second.report) ||
        first.content.kind !== second.content.kind ||
        !areNear(first, second)
      )
        continue
      found++
      inbox[sameActors(first, second) ? 'duplicates' : 'conflicts'].push({ first, second })
    }
  })
  // Linked reports describe one incident; when their numbers cannot both be true, somebody should look.
  const known = new Map(live.map((report) => [report.report, report]))
  for (const first of live) {
    for (const other of first.linkedWith) {
      const second = known.get(other)
      if (second && first.position < second.position && countsDisagree(first, second))
        inbox.conflicts.push({ first, second })
    }
  }
  return inbox
}

const start = (report: ReportHead) => Date.parse(report.content.occurred.from)
const end = (report: ReportHead) => Date.parse(report.content.occurred.until)

function areNear(a: ReportHead, b: ReportHead): boolean {
  const [one, other] = [a.content.place!, b.content.place!]
  return metresBetween(one.point!, other.point!) <= NEAR_METRES + (one.radius ?? 0) + (other.radius ?? 0)
}

/** Along the sphere; good to half a per cent, which is more than reports know. */
export function metresBetween(a: { lat: string; lon: string }, b: { lat: string; lon: string }): number {
  const radians = (degrees: string) => (Number(degrees) * Math.PI) / 180
  const [lat1, lat2] = [radians(a.lat), radians(b.lat)]
  const [north, east] = [lat2 - lat1, radians(b.lon) - radians(a.lon)]
  const chord = Math.sin(north / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(east / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(chord))
}

function sameActors(a: ReportHead, b: ReportHead): boolean {
  const by = (report: ReportHead) =>
    (report.content.actors ?? []).filter((actor) => actor.role === 'by').map((actor) => actor.name)
  const [one, other] = [by(a), by(b)]
  // Who does not name an actor contradicts nobody.
  return one.length === 0 || other.length === 0 || one.some((name) => other.includes(name))
}

function countsDisagree(a: ReportHead, b: ReportHead): boolean {
  return Object.entries(a.content.quantities ?? {}).some(([name, one]) => {
    const other = b.content.quantities?.[name]
    if (!other) return false
    const range = (quantity: typeof one) =>
      [quantity.low ?? quantity.best ?? 0, quantity.high ?? quantity.best ?? Infinity] as const
    const [[low1, high1], [low2, high2]] = [range(one), range(other)]
    return low1 > high2 || low2 > high1
  })
}
