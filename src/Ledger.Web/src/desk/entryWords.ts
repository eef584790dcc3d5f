import type { AgreementFile, Entry, ReportContent } from '../api/types'
import { called, label, listed, textOf, words } from '../words'
import { partyName, zoneName } from '../parts/names'

/** What an entry says, in a line, from its data alone. */
export function entryWords(file: AgreementFile, { data }: Pick<Entry, 'data'>): string {
  const { common } = words()
  const [report, text] = [
    data.report as ReportContent | undefined,
    (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : undefined),
  ]
  if (report) return listed([label(file.codebook.kinds, report.kind), report.place?.name, report.summary])
  const stance = text('stance')
  const provisions = (data.provisions as string[] | undefined)?.map(
    (id) => textOf(file.provisions.find((one) => one.id === id)?.title).words || id,
  )
  const level = text('level')
  const adopted = data.file as AgreementFile | undefined
  return listed([
    adopted && textOf(adopted.title).words,
    adopted?.version,
    text('by') ?? (text('party') && partyName(file, text('party')!)),
    stance && called(common.stance, stance),
    level && called(common.level, level),
    text('zone') && zoneName(file, text('zone')!),
    provisions?.join(common.comma),
    text('summary') ?? text('reason') ?? text('grounds') ?? text('question') ?? text('words'),
  ])
}
