import type { Words } from '../en'
import { account } from './account'
import { admin } from './admin'
import { common } from './common'
import { desk } from './desk'
import { field } from './field'
import { record } from './record'
import { review } from './review'

export const tr: Words = { common, desk, field, record, review, admin, account }
