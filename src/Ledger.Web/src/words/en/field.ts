export const field = {
  title: 'Field',
}
