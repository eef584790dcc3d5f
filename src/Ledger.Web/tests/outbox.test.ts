import { describe, expect, it } from 'vitest'
import { canonical } from '../src/proof/canonical'
import { digest, payloadOf } from '../src/field/outbox/deviceKey'
import { uuid7 } from '../src/api/uuid'

describe('canonical JSON', () => {
  it('orders names by UTF-16 units and escapes no more than it must', () => {
    expect(
      canonical({ '\u20ac': 1, '\r': 2, '1': 3, '\ud83d\ude00': 4, '\uff21': 5, ö: [true, null, 'a"\\\u0001é'] }),
    ).toBe('{"\\r":2,"1":3,"ö":[true,null,"a\\"\\\\\\u0001é"],"€":1,"😀":4,"Ａ":5}')
  })
  it('has form C and no minus nought', () => expect(canonical(['e\u0301', -0])).toBe('["é",0]'))
  it('refuses fractions', () => expect(() => canonical({ lat: 35.8 })).toThrow(RangeError))
})

describe('the signed payload', () => {
  // The example of docs/formats.md, byte for byte.
  const salt = 'AAECAwQFBgcICQoLDA0ODw'
  it('has the digest of what is sealed', async () => {
    expect(await digest(salt, 'narrative', 'Two shells fell near the crossing.')).toBe(
      'C-lYsyMTRapYyCLqpYysVuxRjIYAupzgEZ0fdH55CWA',
    )
  })
  it('seals the exact place as the object it is, and leaves the coarse one', async () => {
    expect(await digest(salt, 'place.exact', { lon: '36.3174', lat: '35.81277' })).toBe(
      await digest(salt, 'place.exact', { lat: '35.81277', lon: '36.3174' }),
    )
    const report = {
      kind: 'shelling',
      place: { name: 'Jisr', precision: 'near', exact: { lat: '35.81277', lon: '36.3174' } },
    }
    expect(canonical(payloadOf({ entryId: 'e', saidAt: 's', report }, { 'place.exact': 'd' }))).toBe(
      '{"entryId":"e","report":{"kind":"shelling","place":{"name":"Jisr","precision":"near"},"sealed":{"place.exact":"d"}},"saidAt":"s"}',
    )
  })
  it('leaves the secrets out', () => {
    const report = {
      kind: 'shelling',
      narrative: 'secret',
      source: { class: 'witness', identity: 'secret' },
      salts: { narrative: salt },
    }
    expect(canonical(payloadOf({ entryId: 'e', saidAt: 's', report }, { narrative: 'd' }))).toBe(
      '{"entryId":"e","report":{"kind":"shelling","sealed":{"narrative":"d"},"source":{"class":"witness"}},"saidAt":"s"}',
    )
  })
})

describe('a UUIDv7', () => {
  it('holds its time, version and variant', () => {
    expect(uuid7(0x01922b7e4a00, new Uint8Array(10).fill(0xff))).toBe('01922b7e-4a00-7fff-bfff-ffffffffffff')
  })
  it('sorts by time', () => expect(uuid7(1_000) < uuid7(2_000)).toBe(true))
})
