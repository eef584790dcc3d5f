import type { AgreementFile } from '../api/types'
import { textOf } from '../words'

/** What the file calls a party; anybody else goes by the name that the report gives. */
export const partyName = (file: AgreementFile, name: string): string => textOf(file.parties.find(party => party.id === name)?.name).words || name

export const zoneName = (file: AgreementFile, id: string): string => textOf(file.zones?.find(zone => zone.id === id)?.name).words || id
