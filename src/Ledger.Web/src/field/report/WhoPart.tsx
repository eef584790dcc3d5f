import type { Actor } from '../../api/types'
import { textOf, useWords } from '../../words'
import type { Part } from './part'

const roles = ['by', 'against', 'observed'] as const
const OTHER = '\u0000other'

/** Who did it, to whom, and who was seen: a party of the agreement, or any name. */
export function WhoPart({ draft, file, change, wrong }: Part) {
  const { field, common } = useWords()
  const set = (at: number, changes: Partial<Actor>) =>
    change({ actors: draft.actors.map((actor, i) => (i === at ? { ...actor, ...changes } : actor)) })
  const isParty = (name: string) => file.parties.some((party) => party.id === name)
  const add = (role: Actor['role']) => change({ actors: [...draft.actors, { name: '', role }] })
  return (
    <>
      {draft.actors.map((actor, i) => {
        const other = actor.name !== '' && !isParty(actor.name)
        return (
          <fieldset class={wrong(`actor-${i}`) ? 'line-set wrong' : 'line-set'}>
            <legend class="visually-hidden">{common.actorRole[actor.role]}</legend>
            <select
              aria-label={field.who.role}
              value={actor.role}
              onChange={(event) => set(i, { role: event.currentTarget.value as Actor['role'] })}
            >
              {roles.map((role) => (
                <option value={role}>{common.actorRole[role]}</option>
              ))}
            </select>
            <select
              aria-label={field.who.party}
              value={other ? OTHER : actor.name}
              onChange={(event) =>
                set(i, { name: event.currentTarget.value === OTHER ? ' ' : event.currentTarget.value })
              }
            >
              <option value="">{field.who.choose}</option>
              {file.parties.map((party) => (
                <option value={party.id}>{textOf(party.name).words}</option>
              ))}
              <option value={OTHER}>{field.who.other}</option>
            </select>
            {other && (
              <input
                aria-label={field.who.name}
                dir="auto"
                autocomplete="off"
                value={actor.name.trimStart()}
                onInput={(event) => set(i, { name: event.currentTarget.value || ' ' })}
              />
            )}
            <button
              type="button"
              class="plain"
              aria-label={field.who.remove}
              onClick={() => change({ actors: draft.actors.filter((_, at) => at !== i) })}
            >
              ✕
            </button>
            {wrong(`actor-${i}`) && (
              <span class="problem" role="alert">
                {wrong(`actor-${i}`)}
              </span>
            )}
          </fieldset>
        )
      })}
      <p class="row">
        {roles.map((role) => (
          <button type="button" onClick={() => add(role)}>
            + {field.who.add[role]}
          </button>
        ))}
      </p>
    </>
  )
}
