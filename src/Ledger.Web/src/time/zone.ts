import { spoken, words } from '../words'
import type { Occurrence } from '../api/types'

/** Days and times are always those of the agreement's zone, and say so. */

/** English here is that of diplomats: 16 Oct 2018. */
const locale = () => (spoken() === 'en' ? 'en-GB' : spoken())

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string, options: Intl.DateTimeFormatOptions, language: string = locale()): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  let made = formats.get(key)
  // Days of the record are Gregorian in every language.
  if (!made)
    formats.set(key, (made = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { timeZone: zone, ...options })))
  return made
}

/** 16 October 2018 */
export const dayWords = (instant: string | number, zone: string): string =>
  format(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(instant))

/** 16 October 2018, 14:05 */
export const timeWords = (instant: string | number, zone: string): string =>
  format(zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(instant))

/** 14:05, in the digits of the language. */
const localTime = (instant: string | number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(instant))

/** 2018-10-16: the day in the zone on which the instant falls. */
export function isoDay(instant: string | number, zone: string): string {
  return format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }, 'en-CA').format(new Date(instant))
}

/** The last day of a half-open stretch that ends at this instant. */
export const lastDay = (until: string, zone: string): string => dayWords(Date.parse(until) - 1, zone)

/** When something happened, as precisely as its source says and no more. */
export function occurredWords(occurred: Occurrence, zone: string): string {
  if (occurred.precision === 'instant') return timeWords(occurred.from, zone)
  if (occurred.precision === 'month')
    return format(zone, { month: 'long', year: 'numeric' }).format(new Date(occurred.from))
  if (occurred.precision === 'year') return format(zone, { year: 'numeric' }).format(new Date(occurred.from))
  if (Date.parse(occurred.until) - Date.parse(occurred.from) < 60_000) return timeWords(occurred.from, zone)
  // Between two times: no less exactly than it was said.
  if (![occurred.from, occurred.until].every((end) => Date.parse(end) === startOfDay(isoDay(end, zone), zone)))
    return isoDay(occurred.from, zone) === isoDay(occurred.until, zone)
      ? `${timeWords(occurred.from, zone)}–${localTime(occurred.until, zone)}`
      : `${timeWords(occurred.from, zone)} – ${timeWords(occurred.until, zone)}`
  const [first, last] = [dayWords(occurred.from, zone), lastDay(occurred.until, zone)]
  return first === last ? first : `${first} – ${last}`
}

/** Damascus, GMT+3: the city of the zone's IANA name, which is English; elsewhere what the language calls the zone's time. */
export function zoneName(zone: string): string {
  const part = (style: 'longGeneric' | 'shortOffset') =>
    format(zone, { timeZoneName: style })
      .formatToParts(new Date())
      .find((part) => part.type === 'timeZoneName')?.value
  const name = spoken() === 'en' ? undefined : part('longGeneric')
  return [name ?? zone.split('/').at(-1)!.replaceAll('_', ' '), part('shortOffset')]
    .filter(Boolean)
    .join(words().common.comma)
}

export const inZoneWords = (zone: string): string => words().common.inZone.replace('{zone}', zoneName(zone))

/** The instant at which a day of the zone begins. A day that begins after midnight, because clocks were put forward, begins then. */
export function startOfDay(day: string, zone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`)
  let guess = wanted - offsetAt(wanted, zone)
  guess = wanted - offsetAt(guess, zone)
  return isoDay(guess, zone) < day ? guess + 3_600_000 : guess
}

/** The instant at which the clocks of the zone show this day and time; of two such instants the earlier, and of none the one an hour on. */
export function instantAt(day: string, time: string, zone: string): number {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const guess = wanted - offsetAt(wanted, zone)
  return wanted - offsetAt(guess, zone)
}

/** 14:05 */
export const clockTime = (instant: string | number, zone: string): string =>
  format(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'en-GB').format(new Date(instant))

export const DAY = 86_400_000

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

function offsetAt(instant: number, zone: string): number {
  const parts = Object.fromEntries(
    format(
      zone,
      {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      },
      'en-CA',
    )
      .formatToParts(new Date(instant))
      .map((part) => [part.type, Number(part.value)]),
  )
  return (
    Date.UTC(parts.year!, parts.month! - 1, parts.day!, parts.hour!, parts.minute!, parts.second!) -
    Math.floor(instant / 1000) * 1000
  )
}
