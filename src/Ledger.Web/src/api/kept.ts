/** Where the worker keeps what the server last said, for when it cannot be reached. */
export const ANSWERS = 'answers'

export async function forgetAnswers() {
  if ('caches' in globalThis) await caches.delete(ANSWERS)
}
