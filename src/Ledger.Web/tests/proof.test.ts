import { describe, expect, it } from 'vitest'
import page from '../../../docs/formats.md?raw'
import { concat, fromBase64, fromHex, fromText, toHex, type Bytes } from '../src/proof/bytes'
import { checkSignature, cosignedAt, readCheckpoint, readKey, readNote, readPolicy } from '../src/proof/note'
import { continues, proves, readReceipt } from '../src/proof/receipt'
import { readBundle, tilePath, tilesOf } from '../src/proof/tiles'
import { emptyRoot, isConsistent, leafHash, nodeHash, rootOfInclusion, Tree } from '../src/proof/tree'
import { verifyLog } from '../src/proof/verify'

/** docs/formats.md holds a whole log of seven entries; every value there was worked out with sha256sum and openssl. */
const block = (name: string) =>
  new RegExp(`\`\`\`(?:text|json|sh) ${name}\n([\\s\\S]*?)\n\`\`\``).exec(page)![1]! + '\n'
const entries = block('entries').trimEnd().split('\n')
const policy = block('policy')
const [logKey, witnessKey] = block('signed').split('\n')
const checkpoint = block('signed').split('\n').slice(2).join('\n')

/** Roots of the log by size, from the page. */
const roots = new Map([...block('tree').matchAll(/^root (\d) (\w+)$/gm)].map((found) => [Number(found[1]), found[2]!]))

describe('a tree', () => {
  it('has the roots that sha256sum gives, at every size', async () => {
    const tree = new Tree()
    expect(toHex(await tree.root())).toBe(roots.get(0))
    for (const [at, entry] of entries.entries()) {
      await tree.add(await leafHash(fromText(entry)))
      expect(toHex(await tree.root())).toBe(roots.get(at + 1))
    }
  })

  it('accepts every inclusion and consistency proof that follows from its definition, and nothing that was changed', async () => {
    const leaves = await Promise.all(Array.from({ length: 20 }, (_, at) => leafHash(fromText(String(at)))))
    for (let size = 1; size <= leaves.length; size++) {
      const root = await rootOf(leaves.slice(0, size))
      for (let index = 0; index < size; index++) {
        const proof = await pathTo(index, leaves.slice(0, size))
        expect(toHex((await rootOfInclusion(index, size, leaves[index]!, proof))!)).toBe(toHex(root))
        const other = await rootOfInclusion(index, size, leaves[(index + 1) % 20]!, proof)
        expect(other && toHex(other)).not.toBe(toHex(root))
        expect(await rootOfInclusion(index, size, leaves[index]!, [...proof, root])).toBeUndefined()
      }
      for (let old = 1; old <= size; old++) {
        const proof = await consistency(old, leaves.slice(0, size), true)
        const before = await rootOf(leaves.slice(0, old))
        expect(await isConsistent(old, size, before, root, proof)).toBe(true)
        expect(await isConsistent(old, size, await emptyRoot(), root, proof)).toBe(false)
        if (old < size) expect(await isConsistent(old, size, before, before, proof)).toBe(false)
      }
    }
  })
})

describe('a checkpoint', () => {
  it('is read, and its signatures hold', async () => {
    const note = readNote(checkpoint)
    expect(readCheckpoint(note.text)).toMatchObject({ origin: 'ledger.example/idlib-2018', size: 7 })
    expect(await checkSignature(note, await readKey(logKey!))).toBe('good')
    expect(await checkSignature(note, await readKey(witnessKey!))).toBe('good')
    expect(cosignedAt(note, await readKey(witnessKey!))).toBe(1_540_000_000_000)
  })

  it('does not hold once a letter is another', async () => {
    const note = readNote(checkpoint)
    expect(await checkSignature({ ...note, text: note.text.replace('\n7\n', '\n8\n') }, await readKey(logKey!))).toBe(
      'bad',
    )
  })

  it('is not signed by a key that is not there', async () => {
    const note = readNote(checkpoint)
    expect(await checkSignature({ ...note, signatures: note.signatures.slice(1) }, await readKey(logKey!))).toBe(
      'absent',
    )
  })

  it.each([
    '',
    'a\n1\nAAAA\n',
    'a\n01\ncTd5h8EWXMi8ZXi9WcWbPbjPxfQUBUs++LZdOMlSpwI=\n',
    'a\n1\ncTd5h8EWXMi8ZXi9WcWbPbjPxfQUBUs++LZdOMlSpwI\n',
    'a\n1\ncTd5h8EWXMi8ZXi9WcWbPbjPxfQUBUs++LZdOMlSpwI=\nmore\n',
  ])('is refused as %j', (text) => {
    expect(() => readCheckpoint(text)).toThrow()
  })

  it('names its keys in a policy', async () => {
    expect(await readPolicy(policy)).toMatchObject({
      logs: [{ name: 'ledger.example/idlib-2018' }],
      witnesses: [{ name: 'one' }],
      quorum: 'seen',
    })
  })
})

describe('a receipt', () => {
  it('leads from an entry to the signed root, and from no other entry', async () => {
    const receipt = readReceipt(block('receipt'))
    expect(receipt.index).toBe(2)
    expect(await proves(receipt, fromText(entries[2]!))).toBe(true)
    expect(await proves(receipt, fromText(entries[3]!))).toBe(false)
    expect(await proves({ ...receipt, index: 3 }, fromText(entries[2]!))).toBe(false)
  })

  it('shows that a log continues', async () => {
    const now = readCheckpoint(readNote(checkpoint).text)
    const before = { origin: now.origin, size: 3, root: fromHex(roots.get(3)!) }
    expect(await continues(block('add-checkpoint'), before, now)).toBe(true)
    expect(await continues(block('add-checkpoint'), { ...before, root: fromHex(roots.get(4)!) }, now)).toBe(false)
    expect(await continues(block('add-checkpoint'), { ...before, size: 4 }, now)).toBe(false)
  })
})

describe('a whole log', () => {
  it('verifies', async () => {
    const steps: number[] = []
    const result = await verifyLog('idlib-2018', serve(), undefined, (done) => steps.push(done))
    expect(result).toMatchObject({ entries: 7, rootHolds: true, signature: 'good', tampered: [] })
    expect(steps).toEqual([7])
  })

  it('names an entry whose bytes were changed', async () => {
    const result = await verifyLog(
      'idlib-2018',
      serve({ entries: entries.map((entry, at) => (at === 2 ? entry.replace('shelling', 'bombing') : entry)) }),
      undefined,
      () => {},
    )
    expect(result.tampered).toEqual([{ position: 3, reason: 'hash', entry: '01664a3e-0003-7000-8000-000000000003' }])
    expect(result.rootHolds).toBe(false)
  })

  it('is not believed when the tiles fit the changed entry', async () => {
    const changed = entries.map((entry, at) => (at === 2 ? entry.replace('shelling', 'bombing') : entry))
    const result = await verifyLog('idlib-2018', serve({ entries: changed, hashes: changed }), undefined, () => {})
    expect(result).toMatchObject({ tampered: [], rootHolds: false })
  })

  it('names entries that changed places', async () => {
    const swapped = [entries[1]!, entries[0]!, ...entries.slice(2)]
    expect(
      (await verifyLog('idlib-2018', serve({ entries: swapped, hashes: swapped }), undefined, () => {})).tampered.map(
        (one) => [one.position, one.reason],
      ),
    ).toEqual([
      [1, 'position'],
      [2, 'position'],
    ])
  })

  it('names an entry that is missing', async () => {
    expect(
      (await verifyLog('idlib-2018', serve({ entries: entries.slice(0, 6) }), undefined, () => {})).tampered,
    ).toEqual([{ position: 7, reason: 'missing' }])
  })

  it('that has become shorter than what this browser kept is refused', async () => {
    const longer = checkpoint.replace('\n7\n', '\n9\n')
    expect((await verifyLog('idlib-2018', serve(), longer, () => {})).since?.continues).toBe(false)
  })
})

describe('tiles', () => {
  it('are named in groups of three digits', () => {
    expect(tilePath(1_234_067)).toBe('x001/x234/067')
    expect(tilePath(0, 7)).toBe('000.p/7')
    expect([...tilesOf(600)].map((tile) => tile.path)).toEqual(['000', '001', '002.p/88'])
  })

  it('hold whole entries only', () => {
    expect(readBundle(concat(new Uint8Array([0, 2, 1, 2]), new Uint8Array([0, 1, 9]))).map(toHex)).toEqual([
      '0102',
      '09',
    ])
    expect(() => readBundle(new Uint8Array([0, 5, 1]))).toThrow()
  })
})

describe('base64', () => {
  it.each(['QQ', 'QQ=', 'QR==', 'Q Q=', 'QQ==\n', '-_=='])('refuses %j', (text) =>
    expect(() => fromBase64(text)).toThrow(),
  )
})

/** Vectors of others, where they lie beside the checkout. */
const shared: Record<string, string> = {
  ...import.meta.glob('../../../../shared/data/tlog/{rfc6962-vectors.json,notes/*}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
  ...import.meta.glob('../../../../../shared/data/tlog/{rfc6962-vectors.json,notes/*}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
}
const named = (end: string) => Object.keys(shared).filter((path) => path.endsWith(end))

describe('vectors of others', () => {
  it.each(named('rfc6962-vectors.json'))('of %s hash as they say', async (path) => {
    const { hasher } = JSON.parse(shared[path]!) as {
      hasher: { op: string; want: string; data_utf8?: string; left_utf8?: string; right_utf8?: string }[]
    }
    for (const one of hasher) {
      const hash =
        one.op === 'empty'
          ? await emptyRoot()
          : one.op === 'leaf'
            ? await leafHash(fromText(one.data_utf8!))
            : await nodeHash(fromText(one.left_utf8!), fromText(one.right_utf8!))
      expect(toHex(hash)).toBe(one.want)
    }
  })

  it.each(named('.vkey'))('%s signs its note', async (path) => {
    const note = readNote(shared[path.replace('.vkey', '.note')]!)
    for (const key of shared[path]!.trim().split('\n'))
      expect(await checkSignature(note, await readKey(key))).toBe('good')
  })

  it.each(named('.vkey'))('%s signs nothing else', async (path) => {
    const note = readNote(shared[path.replace('.vkey', '.note')]!)
    for (const key of shared[path]!.trim().split('\n'))
      expect(await checkSignature({ ...note, text: `${note.text}.` }, await readKey(key))).toBe('bad')
  })
})

function serve({ entries: served = entries, hashes = entries } = {}) {
  return async (path: string) => {
    if (path === 'checkpoint') return new Response(checkpoint)
    if (path === 'policy') return new Response(policy)
    if (path.startsWith('tile/entries/'))
      return new Response(
        concat(
          ...served.flatMap((entry) => [
            new Uint8Array([fromText(entry).length >> 8, fromText(entry).length & 255]),
            fromText(entry),
          ]),
        ),
      )
    return new Response(concat(...(await Promise.all(hashes.map((entry) => leafHash(fromText(entry)))))))
  }
}

/** RFC 6962, section 2.1, word for word. */
async function rootOf(leaves: Bytes[]): Promise<Bytes> {
  if (leaves.length === 1) return leaves[0]!
  const k = below(leaves.length)
  return nodeHash(await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)))
}

async function pathTo(index: number, leaves: Bytes[]): Promise<Bytes[]> {
  if (leaves.length === 1) return []
  const k = below(leaves.length)
  return index < k
    ? [...(await pathTo(index, leaves.slice(0, k))), await rootOf(leaves.slice(k))]
    : [...(await pathTo(index - k, leaves.slice(k))), await rootOf(leaves.slice(0, k))]
}

async function consistency(old: number, leaves: Bytes[], whole: boolean): Promise<Bytes[]> {
  if (old === leaves.length) return whole ? [] : [await rootOf(leaves)]
  const k = below(leaves.length)
  return old <= k
    ? [...(await consistency(old, leaves.slice(0, k), whole)), await rootOf(leaves.slice(k))]
    : [...(await consistency(old - k, leaves.slice(k), false)), await rootOf(leaves.slice(0, k))]
}

const below = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)
