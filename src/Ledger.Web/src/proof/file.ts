import { Refused, send } from '../api/client'
import { sha256, toHex } from './bytes'

export interface Hashed {
  found: string
  size: number
}

/** What the bytes of a file of evidence hash to, worked out here; undefined if the server has no such file, or shows it to others only. */
export async function hashOfEvidence(report: string, digest: string): Promise<Hashed | undefined> {
  try {
    // The browser's copy of yesterday would say nothing about what the server has.
    const bytes = new Uint8Array(
      await (await send(evidenceAddress(report, digest), { cache: 'no-store' })).arrayBuffer(),
    )
    return { found: toHex(await sha256(bytes)), size: bytes.length }
  } catch (fault) {
    if (fault instanceof Refused) return undefined
    throw fault
  }
}

export const evidenceAddress = (report: string, digest: string): string =>
  `/api/v1/reports/${encodeURIComponent(report)}/evidence/${digest}`
