export { admin } from '../en/admin'
