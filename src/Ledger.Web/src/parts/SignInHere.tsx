import type { ComponentChildren } from 'preact'
import { useMe } from '../api/me'
import { useWords } from '../words'
import { signInAddress } from './router'

/** What is for people who have come in, and the way in that leads back here. */
export function SignInHere({ children }: { children: ComponentChildren }) {
  const { common } = useWords()
  return (
    <p class="notice">
      {children} <a href={signInAddress()}>{common.nav.signIn}</a>
    </p>
  )
}

/** The way in and back, for whoever has not come in; nothing for everybody else. */
export function SignInFirst() {
  const { common } = useWords()
  return useMe()?.person === null ? <SignInHere>{common.perhapsSignedOut}</SignInHere> : null
}
