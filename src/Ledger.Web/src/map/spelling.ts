/**
 * One key for the many spellings of a place: Morek, Murak, Mūrak and مورك are all "mrk"; Jisr al-Shughur, Djisr ech-Choghour and جسر الشغور are "jsr sgr".
 * Vowels, doubled letters, articles and marks differ from writer to writer, consonants hardly.
 */
export function keyOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, '')
    .toLowerCase()
    .replace(/[’‘'`ʻʼ´]/g, '')
    .split(/[\s\-_/,.()]+/)
    .map((word) => keyOfWord(withoutArticle(word)))
    .filter((key) => key !== '')
    .join(' ')
}

/** Whether what was typed finds a name: each word of it begins a word of the name. */
export function finds(typed: string, key: string): boolean {
  const words = key.split(' ')
  return typed !== '' && typed.split(' ').every((part) => words.some((word) => word.startsWith(part)))
}

function withoutArticle(word: string): string {
  if (/^(al|el|ul|il|ar|er|as|es|ash|esh|ech|ad|ed|adh|an|en|at|et|az|ez)$/.test(word)) return ''
  return word.replace(/^ال(?=.{2})/, '')
}

const arabic: Record<string, string> = {
  ب: 'b',
  ت: 't',
  ث: 't',
  ج: 'j',
  ح: 'h',
  خ: 'k',
  د: 'd',
  ذ: 'd',
  ر: 'r',
  ز: 'z',
  س: 's',
  ش: 's',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  غ: 'g',
  ف: 'f',
  ق: 'k',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  پ: 'b',
  چ: 'j',
  گ: 'g',
  ک: 'k',
}

const cyrillic: Record<string, string> = {
  б: 'b',
  в: 'f',
  г: 'g',
  д: 'd',
  ж: 'j',
  з: 'z',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  п: 'b',
  р: 'r',
  с: 's',
  т: 't',
  ф: 'f',
  х: 'k',
  ц: 's',
  ч: 's',
  ш: 's',
  щ: 's',
}

function keyOfWord(word: string): string {
  const latin = [...word]
    .map((letter) => arabic[letter] ?? cyrillic[letter] ?? letter)
    .join('')
    .replace(/dj/g, 'j')
    .replace(/dzh/g, 'j')
    .replace(/(sh|sch|ch|ş|ç|c(?=[eiy]))/g, 's')
    .replace(/(kh|q|ck|x)/g, 'k')
    .replace(/(gh|ğ)/g, 'g')
    .replace(/(th)/g, 't')
    .replace(/(dh)/g, 'd')
    .replace(/ph/g, 'f')
    .replace(/c/g, 'k')
    .replace(/v/g, 'f')
    .replace(/p/g, 'b')
    // A final h is how some write the ending that others leave out.
    .replace(/h$/g, '')
  const consonants = latin.replace(/[^bdfghjklmnrstz]/g, '').replace(/(.)\1+/g, '$1')
  return consonants === '' ? latin.replace(/[^\p{L}\p{N}]/gu, '') : consonants
}
