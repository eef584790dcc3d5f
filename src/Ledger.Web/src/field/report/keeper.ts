import type { Draft } from '../draft/draft'
import { draft as kept, saveDraft } from '../outbox/store'
import { troubleOf } from '../outbox/Trouble'

/** What could not be kept, as long as this tab lives: whoever leaves the form and comes back finds what they typed. */
const unkept = new Map<string, Draft>()

/** A draft as it was typed last. */
export const latestOf = async (id: string): Promise<Draft | undefined> => unkept.get(id) ?? (await kept(id))

/** Writes the latest state of a draft, one write at a time; what is typed meanwhile is written after it. Where a write fails, the next change tries again. */
export class Keeper {
  private waiting: Draft | undefined
  private writing: Promise<void> = Promise.resolve()
  private busy = false

  /** Hears when it was kept, or why it could not be. */
  constructor(private readonly heard: (result: number | string) => void) {}

  keep(draft: Draft) {
    this.waiting = draft
    if (this.busy) return
    this.busy = true
    this.writing = this.write()
  }

  done(): Promise<void> {
    return this.writing
  }

  private async write() {
    while (this.waiting) {
      const draft = this.waiting
      this.waiting = undefined
      try {
        await saveDraft(draft)
        unkept.delete(draft.id)
        this.heard(Date.now())
      } catch (fault) {
        unkept.set(draft.id, draft)
        this.heard(troubleOf(fault))
      }
    }
    this.busy = false
  }
}
