import { Component, type ReactNode } from 'react'
import { ErrorState } from '../ui/States.tsx'

/** Keeps a screen that failed from taking the rest with it. A chunk that is gone after an upgrade comes with a reload. */
export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  state: { error: Error | null } = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  render() {
    if (!this.state.error) return this.props.children
    return <ErrorState error={this.state.error} retry={() => location.reload()} />
  }
}
