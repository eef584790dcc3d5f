import { instantAt } from '../../time/zone'
import { latinDigits } from '../../words'

/** 2018-10-16, from what people write: 2018-10-16, 16.10.2018, 16/10/18, in any digits. */
export function parseDay(typed: string): string | undefined {
  const parts = latinDigits(typed).trim().split(/[\s\-./،,]+/).map(part => (/^\d{1,4}$/.test(part) ? part : ''))
  if (parts.length !== 3 || parts.includes('')) return undefined
  const [year, month, day] = parts[0]!.length === 4 ? [parts[0]!, parts[1]!, parts[2]!] : [parts[2]!.padStart(4, '20'), parts[1]!, parts[0]!]
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

export const instantOf = (day: string, time: string, zone: string): number => instantAt(day, time, zone)
