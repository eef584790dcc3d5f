export { field } from '../en/field'
