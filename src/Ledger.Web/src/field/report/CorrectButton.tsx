import { useState } from 'preact/hooks'
import { Unreachable } from '../../api/client'
import type { Agreement } from '../../api/types'
import { go } from '../../parts/router'
import { useWords } from '../../words'
import { Trouble, troubleOf } from '../outbox/Trouble'
import { beginCorrection } from './correct'

/** Opens the form with what the report says now, to be set right. */
export function CorrectButton({ report, agreement }: { report: string; agreement: Agreement }) {
  const { field } = useWords()
  const [trouble, setTrouble] = useState<string>()
  const begin = async () => {
    try {
      go(`/field/report/${(await beginCorrection(report, agreement)).id}`)
    } catch (fault) {
      setTrouble(fault instanceof Unreachable ? field.correct.notHere : troubleOf(fault))
    }
  }
  return (
    <>
      <button type="button" onClick={() => void begin()}>
        {field.correct.button}
      </button>
      <Trouble said={trouble} />
    </>
  )
}
