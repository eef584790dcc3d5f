import { expect, test } from 'vitest'
import { typesOfTheApi } from '../build/api.js'
import described from '../src/api/described.ts?raw'

// The server's tests hold docs/openapi.json against what it answers; this holds what the app is compiled with against docs/openapi.json.
test('the types of the API are those of its description; `npm run api` writes them', async () => {
  expect(described).toBe(await typesOfTheApi())
})
