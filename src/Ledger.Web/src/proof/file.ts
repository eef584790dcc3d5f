import { Refused, send } from '../api/client'
import { sha256, toHex } from './bytes'

/** The bytes of a file of evidence, what they hash to, worked out here, and what the server takes them for. */
export interface Fetched {
  found: string
  bytes: Uint8Array<ArrayBuffer>
  type: string
}

/** A file of evidence as the server has it now; undefined if it has no such file, or shows it to others only. */
export async function evidenceOf(report: string, digest: string): Promise<Fetched | undefined> {
  try {
    // The browser's copy of yesterday would say nothing about what the server has.
    const answer = await send(evidenceAddress(report, digest), { cache: 'no-store' })
    const bytes = new Uint8Array(await answer.arrayBuffer())
    return { found: toHex(await sha256(bytes)), bytes, type: answer.headers.get('content-type') ?? '' }
  } catch (fault) {
    if (fault instanceof Refused) return undefined
    throw fault
  }
}

export const evidenceAddress = (report: string, digest: string): string =>
  `/api/v1/reports/${encodeURIComponent(report)}/evidence/${digest}`

/** Types that the browser decodes into a picture and nothing else: none of them can hold a script or name another address. */
const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']

export const isPicture = (type: string): boolean => pictures.includes(type.split(';')[0]!.trim().toLowerCase())
