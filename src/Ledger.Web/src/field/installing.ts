interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

let offered: InstallPrompt | undefined

// The browser offers it once and early, long before somebody looks for it.
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offered = event as InstallPrompt
  dispatchEvent(new Event('ledger-installable'))
})

export const canInstall = (): boolean => offered !== undefined

export async function askToInstall() {
  await offered?.prompt()
  offered = undefined
  dispatchEvent(new Event('ledger-installable'))
}
