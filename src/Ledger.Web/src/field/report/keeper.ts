import { saveDraft } from '../outbox/store'
import { troubleOf } from '../outbox/Trouble'
import type { Draft } from '../draft/draft'

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
        this.heard(Date.now())
      } catch (fault) {
        this.heard(troubleOf(fault))
      }
    }
    this.busy = false
  }
}
