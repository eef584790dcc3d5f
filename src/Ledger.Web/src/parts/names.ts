import type { AgreementFile } from '../api/types'
import { textOf } from '../words'

/** What the file calls a party; anybody else goes by the name that the report gives. */
export const partyName = (file: AgreementFile, name: string): string =>
  textOf(file.parties.find((party) => party.id === name)?.name).words || name

export const zoneName = (file: AgreementFile, id: string): string =>
  textOf(file.zones?.find((zone) => zone.id === id)?.name).words || id

/** The server's English sentences name parties as the file writes them for machines; people read their names. */
export function namedIn(file: AgreementFile, sentence: string): string {
  const names = new Map(file.parties.map((party) => [party.id, textOf(party.name, 'en').words]))
  return sentence.replace(/[\w-]+/g, (word) => names.get(word) || word)
}
