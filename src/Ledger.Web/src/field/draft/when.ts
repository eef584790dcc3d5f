import { addDays, instantAt } from '../../time/zone'
import { latinDigits } from '../../words'
import type { Json } from '../../proof/canonical'

/** When something happened, as it was typed: no more exactly than whoever reports it knows. */
export interface When {
  precision: 'instant' | 'hour' | 'between' | 'day' | 'days' | 'week' | 'month' | 'year'
  day: string
  time: string
  /** The end of days, and of a stretch between two times. */
  lastDay: string
  lastTime: string
}

export type WhenTrouble = 'day' | 'dayUnread' | 'timeUnread' | 'lastDayUnread' | 'lastDayBefore' | 'lastTimeUnread'

const HOUR = 3_600_000

/** 2018-10-16, from what people write: 2018-10-16, 16.10.2018, 16/10/18, in any digits. */
export function parseDay(typed: string): string | undefined {
  const parts = latinDigits(typed)
    .trim()
    .split(/[\s\-./،,]+/)
    .map((part) => (/^\d{1,4}$/.test(part) ? part : ''))
  if (parts.length !== 3 || parts.includes('')) return undefined
  const [year, month, day] =
    parts[0]!.length === 4 ? [parts[0]!, parts[1]!, parts[2]!] : [parts[2]!.padStart(4, '20'), parts[1]!, parts[0]!]
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const read = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(iso) ? iso : undefined
}

/** 14:05, from 14:05, 14.05, 1405 or 9:30, in any digits. */
export function parseTime(typed: string): string | undefined {
  const match = /^(\d{1,2})\s*[:.٫]?\s*(\d{2})$/.exec(latinDigits(typed).trim())
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59) return undefined
  return `${match[1]!.padStart(2, '0')}:${match[2]}`
}

/** The first day of what was typed: of a month 2018-10 and 10.2018 are enough, of a year 2018. */
export function firstDay({ precision, day }: When): string | undefined {
  const typed = latinDigits(day).trim()
  const whole = parseDay(
    precision === 'year' && /^\d{4}$/.test(typed)
      ? `${typed}-01-01`
      : precision === 'month'
        ? typed.replace(/^(\d{4})[\s\-./،,]+(\d{1,2})$/, '$1-$2-1').replace(/^(\d{1,2})[\s\-./،,]+(\d{4})$/, '1.$1.$2')
        : typed,
  )
  return (
    whole &&
    (precision === 'year' ? `${whole.slice(0, 4)}-01-01` : precision === 'month' ? `${whole.slice(0, 7)}-01` : whole)
  )
}

const timed = (precision: When['precision']) =>
  precision === 'instant' || precision === 'hour' || precision === 'between'

/** What is missing or cannot be so, by the field that can set it right. */
export function whenFindings(when: When): [field: string, trouble: WhenTrouble][] {
  const found: [string, WhenTrouble][] = []
  const day = firstDay(when)
  if (when.day.trim() === '') found.push(['day', 'day'])
  else if (!day) found.push(['day', 'dayUnread'])
  if (timed(when.precision) && !parseTime(hourly(when))) found.push(['time', 'timeUnread'])
  if (when.precision === 'between' && !parseTime(when.lastTime)) found.push(['lastTime', 'lastTimeUnread'])
  if (when.precision === 'days') {
    const last = parseDay(when.lastDay)
    if (!last) found.push(['lastDay', 'lastDayUnread'])
    else if (day && last < day) found.push(['lastDay', 'lastDayBefore'])
  }
  return found
}

/** Of an hour, its number is enough. */
const hourly = ({ precision, time }: When): string =>
  precision === 'hour' && /^\d{1,2}$/.test(latinDigits(time).trim()) ? `${time.trim()}:00` : time

/** The instant from which it happened, if it can be read. */
export const occurredFrom = (when: When, zone: string): number | undefined => stretchOf(when, zone)?.[0]

/** From when until when it happened, the end excluded; of an instant both are the same. */
export function stretchOf(when: When, zone: string): [from: number, until: number] | undefined {
  const { precision } = when
  const day = firstDay(when)
  const [time, lastTime] = [parseTime(hourly(when)), parseTime(when.lastTime)]
  if (!day || (timed(precision) && !time)) return undefined
  if (precision === 'hour') {
    const from = instantAt(day, `${time!.slice(0, 2)}:00`, zone)
    return [from, from + HOUR]
  }
  const from = instantAt(day, timed(precision) ? time! : '00:00', zone)
  if (precision === 'instant') return [from, from]
  // Until a time that the clock shows again only on the next day.
  if (precision === 'between')
    return lastTime === undefined
      ? undefined
      : [from, instantAt(lastTime > time! ? day : addDays(day, 1), lastTime, zone)]
  const until = untilDay(when, day)
  return until === undefined ? undefined : [from, instantAt(until, '00:00', zone)]
}

/** The day after the last one, of a stretch of whole days. */
function untilDay({ precision, lastDay }: When, day: string): string | undefined {
  const last = parseDay(lastDay)
  switch (precision) {
    case 'days':
      return last && addDays(last, 1)
    case 'week':
      return addDays(day, 7)
    case 'month':
      return `${addDays(day, 31).slice(0, 7)}-01`
    case 'year':
      return `${Number(day.slice(0, 4)) + 1}-01-01`
    default:
      return addDays(day, 1)
  }
}

/** As the ledger takes it; docs/events.md. Only for what has no findings. */
export function occurredOf(when: When, zone: string): Json {
  const { precision } = when
  const day = firstDay(when)!
  if (precision === 'day') return day
  const [from, until] = stretchOf(when, zone)!
  const iso = (instant: number) => new Date(instant).toISOString()
  if (precision === 'instant') return iso(from)
  // Within some hours: the ledger has no finer name for it than the day, and keeps both ends.
  if (precision === 'hour' || precision === 'between') return { from: iso(from), until: iso(until), precision: 'day' }
  return { from: day, until: untilDay(when, day)!, precision }
}
