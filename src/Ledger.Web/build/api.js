// Writes the types of what the server takes and answers, from the description of the API. `npm run api`; tests/api.test.ts compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { compile } from 'json-schema-to-typescript'

const described = new URL('../../../docs/openapi.json', import.meta.url)
export const written = new URL('../src/api/described.ts', import.meta.url)

export async function typesOfTheApi() {
  const text = readFileSync(described, 'utf8').replaceAll('#/components/schemas/', '#/$defs/')
  const { components } = JSON.parse(text, (_, schema) => {
    // Words beside a reference would make a second type of what it refers to.
    if (schema?.$ref) return { $ref: schema.$ref }
    // Any object, as the agreement's file is to the server's description.
    return schema?.type === 'object' && !schema.properties ? { additionalProperties: true, ...schema } : schema
  })
  const types = await compile({ $defs: components.schemas, type: 'object', additionalProperties: false }, 'Nothing', {
    additionalProperties: false,
    unreachableDefinitions: true,
    bannerComment: '// Made from docs/openapi.json by `npm run api`.',
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
  return types
    .replace(/^ \* This interface was referenced by .*\n \* via the `definition` .*\n/gm, '')
    .replace(/^\/\*\*\n \*\/\n/gm, '')
    .replace(/^ \*\n \*\/\n/gm, ' */\n')
    .replace(/^export interface Nothing \{\}\n/m, '')
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(written, await typesOfTheApi())
