import type { Words } from '../en'
import { account } from './account'
import { admin } from './admin'
import { common } from './common'
import { desk } from './desk'
import { field } from './field'
import { review } from './review'

export const ru: Words = { common, desk, field, review, admin, account }
