import { readJson } from './texts'

/** RFC 9457, as the server answers every failure. */
export interface Problem {
  status: number
  code: string
  title: string
  detail?: string
  errors?: { pointer?: string; code: string; detail: string }[]
}

/** The server answered, and says no. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title)
  }
}

/** Nobody answered: no network, or a server that is being restarted. Sending again is safe. */
export class Unreachable extends Error {}

const base = '/api/v1'

export async function get<T>(path: string, query?: URLSearchParams | string, signal?: AbortSignal): Promise<T> {
  const text = query?.toString() ?? ''
  const response = await send(`${base}${path}${text === '' ? '' : `?${text}`}`, {
    headers: { accept: 'application/json' },
    ...(signal && { signal }),
  })
  return readJson<T>(await response.text())
}

interface Posted<T> {
  status: number
  body: T
  text: string
}

let prove = () => Promise.resolve(false)

/** How somebody who is signed in shows anew who they are; until this is said, nobody can. */
export const provingBy = (how: () => Promise<boolean>) => {
  prove = how
}

/** Sends something. What concerns the ways in takes a fresh proof, for which the passkey is asked, and then it is sent again. */
export async function post<T>(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' | 'DELETE' = 'POST',
  signal?: AbortSignal,
): Promise<Posted<T>> {
  try {
    return await postOnce<T>(path, body, method, signal)
  } catch (fault) {
    if (!(fault instanceof Refused) || fault.problem.code !== 'permission/stale-proof') throw fault
    if (!(await prove())) throw fault
    return await postOnce<T>(path, body, method, signal)
  }
}

async function postOnce<T>(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' | 'DELETE',
  signal?: AbortSignal,
): Promise<Posted<T>> {
  const response = await send(base + path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'ledger-request': '1' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? undefined : readJson<T>(text)) as T, text }
}

export async function send(address: string, request: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(address, { credentials: 'same-origin', ...request })
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault
    throw new Unreachable(String(fault))
  }
  if (response.ok) return response
  // A gateway in between may answer 502 in HTML; only the server's own words are a refusal.
  const problem = response.headers.get('content-type')?.includes('json')
    ? readJson<Problem>(await response.text())
    : undefined
  if (!problem || response.status === 503) throw new Unreachable(problem?.detail ?? `${response.status}`)
  throw new Refused({ ...problem, status: response.status })
}
