import type { AgreementFile, Incident } from '../api/types'
import { occurredWords } from '../time/zone'
import { label, textOf, words } from '../words'

/** What the file calls a party; anybody else goes by the name that the report gives. */
export const partyName = (file: AgreementFile, name: string): string => textOf(file.parties.find(party => party.id === name)?.name).words || name

export const zoneName = (file: AgreementFile, id: string): string => textOf(file.zones?.find(zone => zone.id === id)?.name).words || id

/** An incident in a line: what, where, by whom, when. */
export function incidentWords(file: AgreementFile, zone: string, incident: Incident): string {
  const { common } = words()
  const actors = incident.actors.map(actor => `${common.actorRole[actor.role]} ${partyName(file, actor.party ?? actor.name)}`)
  return [label(file.codebook.kinds, incident.kind), incident.place, ...actors, occurredWords(incident, zone)].filter(Boolean).join(' · ')
}
