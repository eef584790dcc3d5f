import { concat, equal, fromBase64, fromText, sha256, toHex, type Bytes } from './bytes'

/** C2SP signed notes and checkpoints. */

export interface Checkpoint {
  origin: string
  size: number
  root: Bytes
}
export interface Signature {
  name: string
  keyId: Bytes
  signature: Bytes
}
export interface Note {
  text: string
  signatures: Signature[]
}
export interface VerifierKey {
  name: string
  keyId: Bytes
  type: number
  key: Bytes
  text: string
}

/** The text up to and with its last newline, and the lines below it. */
export function readNote(note: string): Note {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n'))
    throw new Error('This is not a signed note: there is no empty line before signatures.')
  const signatures = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => {
      const parts = /^— (\S+) (\S+)$/.exec(line)
      if (!parts) throw new Error(`This is not a signature: ${line.slice(0, 80)}`)
      const bytes = fromBase64(parts[2]!)
      if (bytes.length < 5) throw new Error(`This signature is too short: ${line.slice(0, 80)}`)
      return { name: parts[1]!, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
    })
  return { text: note.slice(0, end + 1), signatures }
}

export function readCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  if (lines.length !== 4 || lines[3] !== '' || lines[0] === '' || !/^(0|[1-9]\d{0,15})$/.test(lines[1]!))
    throw new Error('This is not a checkpoint: it must be an origin, a size and a root.')
  const root = fromBase64(lines[2]!)
  if (root.length !== 32) throw new Error('The root of a checkpoint has 32 bytes.')
  return { origin: lines[0]!, size: Number(lines[1]), root }
}

/** name+key id in hexadecimal+base64 of the type and the key */
export async function readKey(text: string): Promise<VerifierKey> {
  const [name, id, ...rest] = text.split('+')
  const bytes = fromBase64(rest.join('+'))
  const key: VerifierKey = {
    name: name!,
    keyId: await keyIdOf(name!, bytes),
    type: bytes[0]!,
    key: bytes.slice(1),
    text,
  }
  if (toHex(key.keyId) !== id) throw new Error(`The key id of ${name} is not that of its key.`)
  return key
}

/** The keys of a policy: of its logs and of its witnesses. */
export async function readPolicy(
  policy: string,
): Promise<{ logs: VerifierKey[]; witnesses: { name: string; key: VerifierKey }[]; quorum: string }> {
  const lines = policy
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((parts) => parts[0] !== '' && !parts[0]!.startsWith('#'))
  return {
    logs: await Promise.all(lines.filter((parts) => parts[0] === 'log').map((parts) => readKey(parts[1]!))),
    witnesses: await Promise.all(
      lines
        .filter((parts) => parts[0] === 'witness')
        .map(async (parts) => ({ name: parts[1]!, key: await readKey(parts[2]!) })),
    ),
    quorum: lines.find((parts) => parts[0] === 'quorum')?.[1] ?? 'none',
  }
}

export type Checked = 'good' | 'bad' | 'absent' | 'unsupported'

/** What a note's signature by a key is worth; unsupported is a browser without Ed25519. */
export async function checkSignature(note: Note, key: VerifierKey): Promise<Checked> {
  const line = note.signatures.find((one) => one.name === key.name && equal(one.keyId, key.keyId))
  if (!line) return 'absent'
  let made: CryptoKey
  try {
    made = await crypto.subtle.importKey('raw', key.key, { name: 'Ed25519' }, false, ['verify'])
  } catch {
    return 'unsupported'
  }
  const [signature, text] = key.type === 4 ? cosigned(line.signature, note.text) : [line.signature, fromText(note.text)]
  return (await crypto.subtle.verify({ name: 'Ed25519' }, made, signature, text)) ? 'good' : 'bad'
}

/** When a witness signed, in milliseconds. */
export function cosignedAt(note: Note, key: VerifierKey): number | undefined {
  const line = note.signatures.find((one) => one.name === key.name && equal(one.keyId, key.keyId))
  return line && key.type === 4 ? timeOf(line.signature) * 1000 : undefined
}

function cosigned(line: Bytes, text: string): [Bytes, Bytes] {
  return [line.slice(8), fromText(`cosignature/v1\ntime ${timeOf(line)}\n${text}`)]
}

const timeOf = (line: Bytes): number => Number(new DataView(line.buffer, line.byteOffset).getBigUint64(0))

const keyIdOf = async (name: string, typed: Bytes): Promise<Bytes> =>
  (await sha256(concat(fromText(`${name}\n`), typed))).slice(0, 4)
