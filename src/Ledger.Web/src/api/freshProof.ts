import { get } from './client'
import type { Me } from './described'
import { passkeysHere, signInByPasskey } from './passkeys'

/** Whether the person who is signed in has shown anew who they are. */
export async function prove(): Promise<boolean> {
  if (passkeysHere() !== 'yes') return false
  const before = await get<Me>('/me')
  try {
    return (await signInByPasskey()).person?.id === before.person?.id
  } catch {
    return false
  }
}
