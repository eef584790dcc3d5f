import { useEffect, useState } from 'preact/hooks'
import { en, type Words } from './en'

/** The languages of the app, each by its own name. */
export const languages = { en: 'English', ar: 'العربية', tr: 'Türkçe', ru: 'Русский' } as const
export type Language = keyof typeof languages

const kept = 'ledger.language'
const loaded: Partial<Record<Language, Words>> = { en }
let current: Language = 'en'
const listeners = new Set<() => void>()

/** What was chosen on this device; otherwise the first language of the browser that the app speaks. */
export function language(): Language {
  const chosen = localStorage.getItem(kept)
  return [chosen ?? '', ...navigator.languages.map((tag) => tag.split('-')[0] ?? '')].find(isLanguage) ?? 'en'
}

export async function speak(next: Language) {
  // A language that is not English is its own file, so that the first load stays small.
  loaded[next] ??=
    next === 'ar'
      ? (await import('./ar')).ar
      : next === 'tr'
        ? (await import('./tr')).tr
        : next === 'ru'
          ? (await import('./ru')).ru
          : en
  current = next
  document.documentElement.lang = next
  document.documentElement.dir = next === 'ar' ? 'rtl' : 'ltr'
  for (const listener of listeners) listener()
}

export async function choose(next: Language) {
  localStorage.setItem(kept, next)
  await speak(next)
}

/** The words of the language that is spoken, and a new rendering when another one is. */
export function useWords(): Words {
  const [, again] = useState(0)
  useEffect(() => {
    const changed = () => again((count) => count + 1)
    listeners.add(changed)
    return () => void listeners.delete(changed)
  }, [])
  return words()
}

export const words = (): Words => loaded[current]!
export const spoken = (): Language => current

/** What a code of the API is called here. One that this version does not know is shown as it is, or as is said. */
export const called = (names: Readonly<Record<string, string>>, code: string, otherwise: string = code): string =>
  names[code] ?? otherwise

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** "{n} entries" with the number in its place, in the grammar of the language. */
export function count(n: number, forms: Plural): string {
  const form = forms[new Intl.PluralRules(current).select(n)] ?? forms.other
  return form.replace('{n}', number(n))
}

export function number(n: number): string {
  return new Intl.NumberFormat(current).format(n)
}

/** A share in whole percent, never rounded up: 100% says that all of it is there. */
export function percent(part: number, whole: number): string {
  return new Intl.NumberFormat(current, { style: 'percent' }).format(Math.floor((part * 100) / whole) / 100)
}

export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** A text of the agreement in the language wanted, which is the one spoken, else in English, else in whatever it has; with its own language, for the lang attribute. */
export function textOf(
  text: Record<string, string> | string | undefined,
  wanted: Language = current,
): { words: string; lang: string } {
  if (text === undefined) return { words: '', lang: wanted }
  if (typeof text === 'string') return { words: text, lang: 'en' }
  const lang = [wanted, 'en', ...Object.keys(text)].find((tag) => text[tag] !== undefined) ?? 'en'
  return { words: text[lang] ?? '', lang }
}

/** A code of the codebook in the language spoken; the code itself where nobody named it. */
export const label = (texts: Record<string, Record<string, string>> | undefined, code: string): string =>
  textOf(texts?.[code]).words || code

/** What is said in several languages, one thing after the other: each keeps the direction in which it is read. */
export const listed = (parts: (string | undefined | false)[], between = ' · '): string =>
  parts
    .filter(Boolean)
    .map((part) => `\u2068${part}\u2069`)
    .join(between)

/** Arabic-Indic and Persian digits, as people type them, to the digits that machines read. */
export const latinDigits = (text: string): string =>
  text
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/\u066b/g, '.')
    .replace(/[\u066c\u200e\u200f]/g, '')

const isLanguage = (tag: string): tag is Language => tag in languages
