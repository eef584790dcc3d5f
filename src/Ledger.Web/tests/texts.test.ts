import { expect, it } from 'vitest'
import { readJson } from '../src/api/texts'

it('shows no text that turns what stands behind it around', () => {
  expect(readJson('{"a": ["x\u202eyz", "\\u2066\\u202Eb\\u2069"], "n": 1, "\u0645": "\u200f\u0645"}')).toEqual({
    a: ['xyz', 'b'],
    n: 1,
    '\u0645': '\u200f\u0645',
  })
})

it('leaves every other text as it is', () => {
  const value = { a: 'مورك \u200f (Morek)', b: [null, true, 1.5], c: '\\u202 is no sign' }
  expect(readJson(JSON.stringify(value))).toEqual(value)
})
