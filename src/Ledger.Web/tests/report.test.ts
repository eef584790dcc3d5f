import { describe, expect, it } from 'vitest'
import type { AgreementFile, Occurrence, Quantity, ReportContent } from '../src/api/types'
import { finishedOf } from '../src/field/outbox/file'
import { handlesFor } from '../src/field/outbox/handles'
import { search } from '../src/field/report/places'
import { findings, reportOf } from '../src/field/draft/content'
import { completed, emptyDraft, whole, type Draft } from '../src/field/draft/draft'
import { draftOf } from '../src/field/report/correct'
import { wantedBy } from '../src/field/report/wanted'
import { addDays, occurredWords, startOfDay } from '../src/time/zone'
import { parseDay, parseTime } from '../src/field/draft/when'
import { isSealedSpot } from '../src/field/draft/where'
import { insideZone, type Zones } from '../src/field/report/zones'
import { keyOf } from '../src/map/spelling'

const file = { timeZone: 'Asia/Damascus', codebook: { kinds: { bombing: {} } } } as unknown as AgreementFile
const draft = (changes: Partial<Draft>): Draft => ({ ...emptyDraft('d', 'a', 'bombing'), ...changes })
const when = (changes: Partial<Draft['when']>) =>
  draft({ when: { precision: 'instant', day: '2018-11-28', time: '14:05', lastDay: '', lastTime: '', ...changes } })

describe('a day and a time', () => {
  it.each([
    ['2018-10-16', '2018-10-16'],
    ['16.10.2018', '2018-10-16'],
    ['١٦/١٠/٢٠١٨', '2018-10-16'],
    ['۲۰۱۸-۱۰-۱۶', '2018-10-16'],
    ['6.1.18', '2018-01-06'],
    ['31.2.2018', undefined],
    ['yesterday', undefined],
  ])('%s', (typed, day) => expect(parseDay(typed)).toBe(day))
  it.each([
    ['14:05', '14:05'],
    ['١٤:٠٥', '14:05'],
    ['1405', '14:05'],
    ['9.30', '09:30'],
    ['24:00', undefined],
  ])('%s', (typed, time) => expect(parseTime(typed)).toBe(time))
})

describe('what is filed', () => {
  it('is an instant by the clocks of the zone, in winter and in summer time', () => {
    expect(reportOf(when({}), file, []).occurred).toBe('2018-11-28T12:05:00.000Z')
    expect(reportOf(when({ day: '2018-10-16' }), file, []).occurred).toBe('2018-10-16T11:05:00.000Z')
  })
  it('excludes the end of days and of a month', () => {
    expect(reportOf(when({ precision: 'days', lastDay: '30.11.2018' }), file, []).occurred).toEqual({
      from: '2018-11-28',
      until: '2018-12-01',
      precision: 'days',
    })
    expect(reportOf(when({ precision: 'month', day: '2018-12-31' }), file, []).occurred).toEqual({
      from: '2018-12-01',
      until: '2019-01-01',
      precision: 'month',
    })
  })
  it('is no more exact than it was said', () => {
    const of = (changes: Partial<Draft['when']>) => reportOf(when(changes), file, []).occurred
    expect(of({ precision: 'hour', time: '١٤' })).toEqual({
      from: '2018-11-28T12:00:00.000Z',
      until: '2018-11-28T13:00:00.000Z',
      precision: 'day',
    })
    expect(of({ precision: 'between', time: '23:30', lastTime: '01:15' })).toEqual({
      from: '2018-11-28T21:30:00.000Z',
      until: '2018-11-28T23:15:00.000Z',
      precision: 'day',
    })
    expect(of({ precision: 'week' })).toEqual({ from: '2018-11-28', until: '2018-12-05', precision: 'week' })
    expect(of({ precision: 'month', day: '١٢/٢٠١٨' })).toEqual({
      from: '2018-12-01',
      until: '2019-01-01',
      precision: 'month',
    })
    expect(of({ precision: 'year', day: '2018' })).toEqual({
      from: '2018-01-01',
      until: '2019-01-01',
      precision: 'year',
    })
    expect(of({ precision: 'day' })).toBe('2018-11-28')
  })
  it('has decimals as text and no empty members', () => {
    const report = reportOf(
      {
        ...when({}),
        where: { name: ' Jisr ', lat: '٣٥٫٨١٤١٨', lon: '36,3', precision: 'near', radius: '', seal: false },
        quantities: { killed: { low: '٢', best: '', high: '5' }, injured: { low: '', best: '0', high: '' } },
      },
      file,
      [],
    )
    expect(report).toEqual({
      kind: 'bombing',
      occurred: '2018-11-28T12:05:00.000Z',
      place: { name: 'Jisr', point: { lat: '35.81418', lon: '36.3' }, precision: 'near' },
      quantities: { killed: { low: 2, high: 5 }, injured: 0 },
      source: { class: 'own-observation' },
    })
  })
  it('names a protected source only where it is sealed', () => {
    const source = { class: 'witness', who: 'A. B.', protect: true, party: '', reliability: 'B', credibility: '2' }
    expect(reportOf({ ...when({}), source }, file, []).source).toEqual({
      class: 'witness',
      identity: 'A. B.',
      reliability: 'B',
      credibility: 2,
    })
    expect(reportOf({ ...when({}), source: { ...source, protect: false } }, file, []).source).toEqual({
      class: 'witness',
      name: 'A. B.',
      reliability: 'B',
      credibility: 2,
    })
  })
})

describe('a correction begun from what the server tells', () => {
  /** As the server answers: half-open instants, quantities with their bounds. */
  const told = (report: ReturnType<typeof reportOf>): ReportContent => {
    const at = (text: string) => (text.length === 10 ? new Date(startOfDay(text, file.timeZone)).toISOString() : text)
    const { occurred } = report as { occurred: string | Occurrence }
    const stretch: Occurrence =
      typeof occurred !== 'string'
        ? { ...occurred, from: at(occurred.from), until: at(occurred.until) }
        : occurred.length > 10
          ? { from: occurred, until: occurred, precision: 'instant' }
          : { from: at(occurred), until: at(addDays(occurred, 1)), precision: 'day' }
    const quantities = Object.entries((report.quantities ?? {}) as Record<string, number | Quantity>).map(
      ([name, given]) => [name, typeof given === 'number' ? { low: given, best: given, high: given } : given],
    )
    return { ...report, occurred: stretch, quantities: Object.fromEntries(quantities) } as unknown as ReportContent
  }
  const again = (first: Draft) =>
    reportOf({ ...draftOf({ id: 'a', timeZone: file.timeZone }, told(reportOf(first, file, []))), id: 'd' }, file, [])

  it.each(['instant', 'hour', 'between', 'day', 'days', 'week', 'month', 'year'] as const)(
    'says the same %s',
    (precision) => {
      const first = when({ precision, time: '23:00', lastTime: '01:15', lastDay: '2018-12-02' })
      expect(again(first)).toEqual(reportOf(first, file, []))
    },
  )
  it('says the same in every other field', () => {
    const first: Draft = {
      ...when({}),
      actors: [{ name: 'syria', role: 'by' }],
      subject: 'T-72',
      attributes: { weapon: 'shell' },
      summary: 'Two fell.',
      quantities: { killed: { low: '2', best: '', high: '5' }, injured: { low: '', best: '0', high: '' } },
      where: { name: 'Jisr', lat: '35.81', lon: '36.32', precision: 'district', radius: '900', seal: false },
      source: {
        class: 'official',
        who: 'A ministry',
        protect: false,
        party: 'turkey',
        reliability: 'B',
        credibility: '2',
      },
    }
    expect(again(first)).toEqual(reportOf(first, file, []))
  })
  it('seals another spot, though the first one stands in the clear', () => {
    const first = draftOf(
      { id: 'a', timeZone: file.timeZone },
      told(
        reportOf(
          {
            ...when({}),
            where: { name: 'Jisr', lat: '35.81', lon: '36.32', precision: 'near', radius: '', seal: false },
          },
          file,
          [],
        ),
      ),
    )
    expect(isSealedSpot(first)).toBe(false)
    expect(isSealedSpot({ ...first, where: { ...first.where, lat: '35.8127' } })).toBe(true)
  })
  it('keeps what no field of the form shows', () => {
    const said = { level: 'corroborated', origin: { dataSet: 'x', record: '1' }, kind: 'bombing' }
    expect(
      reportOf(
        { ...when({}), corrects: { report: 'r', reason: 'w', said, evidence: ['e'], withheld: false } },
        file,
        [],
      ),
    ).toMatchObject({ level: 'corroborated', origin: said.origin, evidence: ['e'] })
  })
  it('needs a reason', () =>
    expect(
      findings(
        { ...when({}), corrects: { report: 'r', reason: ' ', said: {}, evidence: [], withheld: false } },
        file,
        Date.parse('2019-01-01'),
      ).map((finding) => finding.trouble),
    ).toEqual(['reason']))
})

describe('a line of a saved outbox', () => {
  const id = '01922b7e-4a00-7fff-bfff-ffffffffffff'
  const line = (type: string, data: object) =>
    finishedOf(JSON.stringify({ type, data: { entryId: id, saidAt: '2018-10-14T10:00:00Z', ...data } }))?.type
  it('is a report, or what its reporter says of it', () => {
    expect([
      line('report_filed', { report: {} }),
      line('report_corrected', { target: id, report: {}, reason: 'w' }),
      line('question_answered', { target: id, words: 'w' }),
      line('entry_retracted', { target: id, reason: 'w' }),
    ]).toEqual(['report_filed', 'report_corrected', 'question_answered', 'entry_retracted'])
  })
  it('is none without what its type needs, and of no other type', () => {
    expect([
      line('report_filed', {}),
      line('report_corrected', { report: {}, reason: 'w' }),
      line('question_answered', { target: id }),
      line('report_assessed', { target: id, level: 'confirmed', grounds: 'w' }),
      line('toString', {}),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})

describe('a spot under seal', () => {
  const town = { name: 'Jisr ash Shughūr', lat: 35.81, lon: 36.32 }
  const at = (changes: Partial<Draft['where']>, source: Partial<Draft['source']> = {}) => ({
    ...when({}),
    where: {
      name: '',
      lat: '35.81277',
      lon: '36.3174',
      precision: 'exact' as const,
      radius: '12',
      around: town,
      ...changes,
    },
    source: { ...emptyDraft('', '', '').source, ...source },
  })
  const place = (draft: Draft) => reportOf(draft, file, []).place
  const near = {
    name: 'Jisr ash Shughūr',
    point: { lat: '35.81', lon: '36.32' },
    precision: 'near',
    exact: { lat: '35.81277', lon: '36.3174' },
  }
  it('stands beside the known place around it, without what is stated of the spot itself', () =>
    expect(place(at({}))).toEqual(near))
  it('is the way of who observed and of who is protected, and of others on request', () => {
    expect(place(at({}, { class: 'witness', protect: true }))).toEqual(near)
    expect(place(at({}, { class: 'official', protect: false }))).toEqual({
      point: near.exact,
      precision: 'exact',
      radius: 12,
    })
    expect(place(at({ seal: true }, { class: 'official', protect: false }))).toEqual(near)
    expect(place(at({ seal: false }))).toEqual({ point: near.exact, precision: 'exact', radius: 12 })
  })
  it('is never published more exactly than it is known and lies', () => {
    expect(place(at({ precision: 'near', radius: '' }))).toMatchObject({ precision: 'district' })
    expect(place(at({ lat: '35.9' }))).toMatchObject({ precision: 'district', point: near.point })
    expect(place(at({ lat: '36.5' }))).toMatchObject({ precision: 'region' })
    expect(place(at({ precision: 'unknown', radius: '', name: 'Jisr' }))).toEqual({
      name: 'Jisr',
      precision: 'unknown',
      exact: near.exact,
    })
  })
  it('is no more than its town where only the town was chosen', () =>
    expect(place(at({ lat: '35.81', lon: '36.32', precision: 'near', radius: '' }))).toEqual({
      point: { lat: '35.81', lon: '36.32' },
      precision: 'near',
    }))
  it('needs the name of something coarser', () => {
    const of = (where: Partial<Draft['where']>) =>
      findings(at(where), file, Date.parse('2019-01-01')).map((finding) => finding.trouble)
    expect([of({ around: undefined }), of({ around: undefined, name: 'Jisr' }), of({ lat: '45' }), of({})]).toEqual([
      ['nothingCoarser'],
      [],
      ['nothingCoarser'],
      [],
    ])
  })
  it('is opened by the handle of whoever stood there', () => {
    const handles = (draft: Draft) => handlesFor(draft, reportOf(draft, file, []), [])
    const own = handles(at({}))
    expect(own.source).toBe(own.reporter)
    const witness = handles(at({}, { class: 'witness' }))
    expect(witness.source).not.toBe(witness.reporter)
    expect(handles(at({ seal: false }))).not.toHaveProperty('source')
  })
})

describe('what is found wrong', () => {
  const of = (draft: Draft) =>
    findings(draft, file, Date.parse('2018-12-01T00:00:00Z')).map((finding) => finding.trouble)
  it('is nothing in a good draft', () => expect(of(when({}))).toEqual([]))
  it('is a missing day, a later one, an end before its beginning', () => {
    expect(of(when({ day: '' }))).toEqual(['day'])
    expect(of(when({ day: '2019-01-01' }))).toEqual(['future'])
    expect(of(when({ precision: 'days', lastDay: '2018-11-01' }))).toEqual(['lastDayBefore'])
    expect(of(when({ precision: 'between', lastTime: 'noon' }))).toEqual(['lastTimeUnread'])
    expect(of(when({ precision: 'hour', time: '' }))).toEqual(['timeUnread'])
    expect(of(when({ precision: 'year', day: '18' }))).toEqual(['dayUnread'])
  })
  it('is half a point, a count that falls, an unnamed actor', () => {
    expect(of({ ...when({}), where: { name: '', lat: '35', lon: '', precision: 'near', radius: '' } })).toEqual([
      'point',
    ])
    expect(of({ ...when({}), quantities: { killed: { low: '5', best: '', high: '2' } } })).toEqual(['quantityOrder'])
    expect(of({ ...when({}), actors: [{ name: ' ', role: 'by' }] })).toEqual(['actor'])
  })
  it('reads numbers in any digits', () =>
    expect([whole('١٢'), whole('1,200'), whole('2.5'), whole('')]).toEqual([12, 1200, undefined, undefined]))
})

describe('whether a place lies in a zone', () => {
  const square = (half: number, part: string) => ({
    type: 'Feature',
    properties: { zone: 'z', part, name: {} },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [-half, -half],
          [half, -half],
          [half, half],
          [-half, half],
          [-half, -half],
        ],
      ],
    },
  })
  const zones = { type: 'FeatureCollection', features: [square(1, 'inner'), square(1.5, 'outer')] } as unknown as Zones
  it.each([
    [0, 5_000, 'yes'],
    [0, 112_000, 'perhaps'],
    [1.2, 100, 'perhaps'],
    [2, 5_000, 'no'],
    [2, 60_000, 'perhaps'],
  ])('%s° east within %s m: %s', (lon, metres, inside) =>
    expect(insideZone(zones, 'z', { lat: 0, lon }, metres)).toBe(inside),
  )
  it('is not asked of a zone that was never drawn', () =>
    expect(insideZone(zones, 'other', { lat: 0, lon: 0 }, 100)).toBeUndefined())
})

describe('a place by name', () => {
  const place = (name: string) => ({ name, lat: 0, lon: 0, region: '', key: keyOf(name), used: false })
  const places = ['Mūrak', 'Jisr ash Shughūr', 'Ma‘arrat an Nu‘mān', 'Marakiyah'].map(place)
  it.each([
    ['Morek', 'Mūrak'],
    ['مورك', 'Mūrak'],
    ['جسر الشغور', 'Jisr ash Shughūr'],
    ['Jisr al-Shughour', 'Jisr ash Shughūr'],
    ['Морек', 'Mūrak'],
  ])('%s', (typed, name) => expect(search(places, typed)[0]?.name).toBe(name))
})

describe('a draft of an earlier version of the app', () => {
  it('gets what it did not have, and keeps what it had', () => {
    const { originals: _, ...earlier } = {
      ...emptyDraft('d', 'a', 'bombing'),
      summary: 'Two strikes.',
      when: { precision: 'day', day: '2018-11-28', time: '', lastDay: '' },
    }
    const now = completed(earlier as unknown as Draft)
    expect([now.summary, now.when.day, now.when.lastTime, now.originals]).toEqual([
      'Two strikes.',
      '2018-11-28',
      '',
      'stay',
    ])
  })
})

describe('what an agreement looks at in a kind', () => {
  const provisions = [
    { id: 'p8', achieve: { act: { kinds: 'road-opened', subject: 'M4' }, by: '2018-12-31' } },
    {
      id: 'p6',
      maintain: {
        required: 'absent',
        enters: {
          kinds: ['convoy', 'presence'],
          attributes: { moved: 'heavy-weapons' },
          unless: [{ attributes: { destination: 'post' } }],
        },
        leaves: 'withdrawal',
        subjects: ['tank company'],
      },
    },
    { id: 'p2', forbid: { act: ['bombing', 'shelling'] } },
    { id: 'p1', achieve: { act: { kinds: 'weapon-handover' }, total: { quantity: 'weapons', atLeast: 100 } } },
  ]
  const of = (kind: string) => {
    const { attributes, quantities, subjects, followed } = wantedBy({ provisions } as unknown as AgreementFile, kind)
    return [[...attributes], [...quantities], subjects, followed]
  }
  it.each([
    ['road-opened', [[], [], ['M4'], false]],
    ['convoy', [['moved', 'destination'], [], ['tank company'], true]],
    ['withdrawal', [[], [], ['tank company'], true]],
    ['bombing', [[], [], [], false]],
    ['weapon-handover', [[], ['weapons'], [], false]],
  ])('%s', (kind, wanted) => expect(of(kind)).toEqual(wanted))
})

describe('when it happened, in words', () => {
  const words = (from: string, until: string) => occurredWords({ from, until, precision: 'day' }, 'Asia/Damascus')
  it('has the hours where they were said, and none for whole days', () => {
    expect(words('2018-11-28T12:00:00Z', '2018-11-28T13:00:00Z')).toBe('28 Nov 2018, 14:00–15:00')
    expect(words('2018-11-28T21:30:00Z', '2018-11-28T23:15:00Z')).toBe('28 Nov 2018, 23:30 – 29 Nov 2018, 01:15')
    expect(words('2018-11-27T22:00:00Z', '2018-11-28T22:00:00Z')).toBe('28 Nov 2018')
  })
  // The clocks of Damascus were put forward at midnight: that day began at one.
  it('takes a day that begins after midnight for a whole one', () =>
    expect(words('2018-03-29T22:00:00Z', '2018-03-30T21:00:00Z')).toBe('30 Mar 2018'))
})
