import type { AgreementFile, Incident } from '../api/types'
import { partyName } from '../parts/names'
import { occurredWords } from '../time/zone'
import { label, listed, words } from '../words'

/** An incident in a line: what, where, by whom, when. */
export function incidentWords(file: AgreementFile, zone: string, incident: Incident): string {
  const { common } = words()
  const actors = incident.actors.map(
    (actor) => `${common.actorRole[actor.role]} ${partyName(file, actor.party ?? actor.name)}`,
  )
  return listed([label(file.codebook.kinds, incident.kind), incident.place, ...actors, occurredWords(incident, zone)])
}
