import { openDB } from 'idb'
import { canonical, clean, type Json } from '../../proof/canonical'
import type { Body, ItemType } from './item'

/** The key of this device, which signs what is filed with it. It cannot leave the browser: not even this code can read it. */

export const KEY_DATABASE = 'ledger-device'

interface Named {
  publicKey: CryptoKey
  privateKey: CryptoKey
}

async function deviceKey(): Promise<Named> {
  const db = await openDB(KEY_DATABASE, 1, {
    upgrade: (db) => void db.createObjectStore('keys'),
    blocking: (_, __, event) => (event.target as IDBDatabase).close(),
  })
  try {
    const kept = (await db.get('keys', 'signing')) as Named | undefined
    if (kept) return kept
    const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
    // Two tabs may make a key at once; the first one stays.
    const write = db.transaction('keys', 'readwrite')
    const meanwhile = (await write.store.get('signing')) as Named | undefined
    if (!meanwhile) await write.store.put(made, 'signing')
    await write.done
    return meanwhile ?? made
  } finally {
    db.close()
  }
}

/** The public half, as the server enrols it. */
export async function publicKey(): Promise<{ kty: string; crv: string; x: string; y: string }> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', (await deviceKey()).publicKey)
  return { kty: kty!, crv: crv!, x: x!, y: y! }
}

/** In place of a key that was revoked, which stays revoked. */
export async function newKey(): Promise<void> {
  const db = await openDB(KEY_DATABASE, 1, { upgrade: (db) => void db.createObjectStore('keys') })
  try {
    await db.delete('keys', 'signing')
  } finally {
    db.close()
  }
}

/** Base64url without padding. */
export const base64 = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** The fingerprint by which the key can be told to somebody. */
export async function fingerprint(): Promise<string> {
  const raw = await crypto.subtle.exportKey('raw', (await deviceKey()).publicKey)
  return base64(new Uint8Array(await crypto.subtle.digest('SHA-256', raw))).slice(0, 16)
}

type Report = { [name: string]: Json }

/** The body with salts and this device's signature; docs/formats.md, Reporter's signature. Only reports and corrections are signed: nothing else names a key. */
export async function signed(agreement: string, type: ItemType, whole: Body): Promise<Body> {
  const body = normal(whole) as Body
  const { report } = body
  if (!report) return body
  const salts: Record<string, string> = {}
  const sealed: Record<string, string> = {}
  for (const [name, value] of Object.entries(secrets(report))) {
    salts[name] = base64(crypto.getRandomValues(new Uint8Array(16)))
    sealed[name] = await digest(salts[name]!, name, value)
  }
  const payload = payloadOf(body, sealed)
  const message = new TextEncoder().encode(`ledger/signed-report/v1\n${agreement}\n${type}\n${canonical(payload)}`)
  const pair = await deviceKey()
  const signature = {
    alg: 'ES256',
    key: base64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
    value: base64(
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, message)),
    ),
  }
  return { ...body, report: { ...report, ...(Object.keys(salts).length > 0 && { salts }), signature } }
}

/** What is signed: the body without its secrets, and with their digests. */
export function payloadOf(body: Body, sealed: Record<string, string>): Json {
  const { narrative: _, handles: __, salts: ___, signature: ____, ...rest } = body.report!
  const report: Report = { ...rest }
  if (report.source) {
    const { identity: _____, ...source } = report.source as { [name: string]: Json }
    report.source = source
  }
  if (report.place) {
    const { exact: _____, ...place } = report.place as { [name: string]: Json }
    report.place = place
  }
  if (Object.keys(sealed).length > 0) report.sealed = sealed
  return { ...body, report }
}

function secrets(report: Report): Record<string, Json> {
  const identity = (report.source as { identity?: string } | undefined)?.identity
  const exact = (report.place as { exact?: Json } | undefined)?.exact
  return {
    ...(typeof report.narrative === 'string' && { narrative: report.narrative }),
    ...(identity !== undefined && { 'source.identity': identity }),
    ...(exact !== undefined && { 'place.exact': exact }),
  }
}

export async function digest(salt: string, name: string, value: Json): Promise<string> {
  const disclosure = base64(new TextEncoder().encode(canonical([salt, name, value])))
  return base64(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(disclosure))))
}

/** Every text in the form in which it is hashed. */
function normal(value: Json): Json {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map(normal)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normal(member)]))
}
