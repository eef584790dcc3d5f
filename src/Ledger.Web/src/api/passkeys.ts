import { post } from './client'
import type { Me } from './described'

/** Passkeys: the server asks, this browser's authenticator answers. Bytes travel as base64url. */

export class Stopped extends Error {}

export class Already extends Error {}

/** Whether this browser can have a passkey for this address; an address that is no name never can. */
export function passkeysHere(): 'yes' | 'no-name' | 'no' {
  if (/^[\d.]+$|:/.test(location.hostname.replace(/^\[|\]$/g, ''))) return 'no-name'
  return 'PublicKeyCredential' in globalThis ? 'yes' : 'no'
}

interface Descriptor {
  id: string
  type: 'public-key'
  transports?: AuthenticatorTransport[]
}
type Json<T> = { options: T }
type Creation = Omit<PublicKeyCredentialCreationOptions, 'challenge' | 'user' | 'excludeCredentials'> & {
  challenge: string
  user: { id: string; name: string; displayName: string }
  excludeCredentials?: Descriptor[]
}
type Asking = Omit<PublicKeyCredentialRequestOptions, 'challenge' | 'allowCredentials'> & { challenge: string }

export async function makePasskey(name: string): Promise<void> {
  const { options } = (await post<Json<Creation>>('/passkeys/challenges', {})).body
  const made = await ask(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: (options.excludeCredentials ?? []).map((known) => ({ ...known, id: bytes(known.id) })),
      },
    }),
  )
  const response = made.response as AuthenticatorAttestationResponse
  await post('/passkeys', {
    name,
    credential: {
      ...named(made),
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    },
  })
}

export async function signInByPasskey(): Promise<Me> {
  const { options } = (await post<Json<Asking>>('/sign-in/challenges', {})).body
  const shown = await ask(() =>
    navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: [] } }),
  )
  const response = shown.response as AuthenticatorAssertionResponse
  const { body } = await post<Me>('/sign-in/passkey', {
    credential: {
      ...named(shown),
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle && text(response.userHandle),
      },
    },
  })
  return body
}

/** A browser says alike that somebody refused, waited too long, or has none: nobody learns which. */
async function ask(authenticator: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const answer = await authenticator()
    if (answer) return answer as PublicKeyCredential
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'InvalidStateError') throw new Already()
    if (!(fault instanceof DOMException)) throw fault
  }
  throw new Stopped()
}

const named = ({ id, rawId, type }: PublicKeyCredential) => ({
  id,
  rawId: text(rawId),
  type,
  clientExtensionResults: {},
})

const text = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const bytes = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
