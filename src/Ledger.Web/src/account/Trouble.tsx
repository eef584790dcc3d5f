import { Refused, Unreachable } from '../api/client'
import { Already, Stopped } from '../api/passkeys'
import { called, words } from '../words'

/** What stands in the way of coming in, in the reader's language as far as it has words for it. */
export function troubleOf(fault: unknown): string {
  const { account, common } = words()
  if (fault instanceof Stopped) return account.stopped
  if (fault instanceof Already) return account.already
  if (fault instanceof Refused) return called(account.refused, fault.problem.code, fault.message)
  if (fault instanceof Unreachable) return `${common.unreachable} ${common.unreachableNext}`
  throw fault
}

export function Trouble({ said }: { said: string | undefined }) {
  return said === undefined ? null : (
    <p class="notice trouble" role="alert" dir="auto">
      {said}
    </p>
  )
}
