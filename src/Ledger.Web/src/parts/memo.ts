import { Component, h, type ComponentType, type FunctionComponent } from 'preact'

/** Renders again only when a property is another one: what a slider does not touch is left alone. */
export function memo<P extends object>(Inner: FunctionComponent<P>): ComponentType<P> {
  return class Kept extends Component<P> {
    override shouldComponentUpdate(next: P) {
      const before = this.props as P
      return [...new Set([...Object.keys(before), ...Object.keys(next)])].some(
        (name) => before[name as keyof P] !== next[name as keyof P],
      )
    }

    override render() {
      return h(Inner, this.props as P)
    }
  }
}
