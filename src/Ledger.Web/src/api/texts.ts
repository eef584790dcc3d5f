/**
 * Signs that turn the direction of what follows them, so that a screen seems to say something else than it does. The record keeps them; what is shown is shown
 * without, as on the pages that need no script. Marks that Arabic and Hebrew need (U+200E, U+200F) stay. Bytes that are hashed are never read this way.
 */
const turning = /[\u202a-\u202e\u2066-\u2069]/g
const written = /[\u202a-\u202e\u2066-\u2069]|\\u20(?:2[a-e]|6[6-9])/i

export function readJson<T>(text: string): T {
  return written.test(text)
    ? JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? value.replace(turning, '') : value))
    : JSON.parse(text)
}
