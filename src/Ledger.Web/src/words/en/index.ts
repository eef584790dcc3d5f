import { common } from './common'
import { desk } from './desk'
import { field } from './field'
import { record } from './record'
import { review } from './review'
import { account } from './account'
import { admin } from './admin'

export const en = { common, desk, field, record, review, admin, account }

type Loose<T> = T extends string
  ? string
  : T extends { one: string; other: string }
    ? { other: string } & { [form in Intl.LDMLPluralRule]?: string }
    : { [key in keyof T]: Loose<T[key]> }

/** What every language has to say; a language that lacks a key, or has one too many, does not compile. */
export type Words = Loose<typeof en>
