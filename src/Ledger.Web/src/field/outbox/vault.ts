import { clean } from '../../proof/canonical'

/**
 * What a PIN locks. A random key encrypts what is kept on this phone; the PIN, stretched, only wraps that key, so that changing the PIN rewrites nothing.
 * Six digits are a million guesses: this stops a finger, not a laboratory, and the app says so.
 */
export interface Lock {
  salt: Uint8Array<ArrayBuffer>
  iv: Uint8Array<ArrayBuffer>
  wrapped: ArrayBuffer
  rounds: number
}

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>
  bytes: ArrayBuffer
}

const ROUNDS = 1_000_000

export async function makeLock(pin: string): Promise<{ lock: Lock; key: CryptoKey }> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  const lock = { salt: random(16), iv: random(12), rounds: ROUNDS }
  const wrapped = await crypto.subtle.wrapKey('raw', key, await stretch(pin, lock.salt, lock.rounds), {
    name: 'AES-GCM',
    iv: lock.iv,
  })
  const whole = { ...lock, wrapped }
  return { lock: whole, key: (await openLock(whole, pin))! }
}

/** The key, or nothing if the PIN is another one. */
export async function openLock(lock: Lock, pin: string): Promise<CryptoKey | undefined> {
  const wrapping = await stretch(pin, lock.salt, lock.rounds)
  try {
    return await crypto.subtle.unwrapKey(
      'raw',
      lock.wrapped,
      wrapping,
      { name: 'AES-GCM', iv: lock.iv },
      'AES-GCM',
      false,
      ['encrypt', 'decrypt'],
    )
  } catch {
    return undefined
  }
}

export async function seal(bytes: BufferSource, key: CryptoKey): Promise<Sealed> {
  const iv = random(12)
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

export const unseal = ({ iv, bytes }: Sealed, key: CryptoKey): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes)

async function stretch(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(clean(pin)), 'PBKDF2', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    typed,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  )
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
