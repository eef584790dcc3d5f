export { desk } from '../en/desk'
