/** Takes the app off the screen before it can keep or ask anything again; main.tsx hears it. */
export const LEAVING = 'ledger-leaving'

/**
 * Leaves for an empty page, so that nothing on the screen names this app, and takes the addresses of this visit out of this tab: Back leads to the front page, not
 * to a report. What the browser lists in its own history no page can take away.
 */
export async function leave() {
  dispatchEvent(new Event(LEAVING))
  const entries = window.navigation?.entries() ?? []
  const first = entries.find((entry) => entry.sameDocument)
  if (first && first.index < (window.navigation?.currentEntry?.index ?? 0))
    await window.navigation?.traverseTo(first.key).finished?.catch(() => undefined)
  history.replaceState(null, '', '/')
  // Going on from here, and not in place of it: that cuts off what came after.
  location.assign('about:blank')
}
