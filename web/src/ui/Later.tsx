import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/** A page or panel whose code comes when it is first drawn, or when load is called. */
export type Later<P> = ComponentType<P> & { load(): Promise<unknown> }

/**
 * Makes one. It is drawn in the frame after its code has come: Suspense would keep what it shows in the meantime for 300 ms, however soon
 * that is. A failure to load is thrown, for whoever keeps screens from taking the rest with them.
 */
export function later<P extends object>(
  from: () => Promise<{ default: ComponentType<P> }>,
  meanwhile: () => ReactNode,
): Later<P> {
  let Got: ComponentType<P> | undefined
  const load = async () => {
    Got ??= (await from()).default
  }
  function Drawn(props: P) {
    const [failed, setFailed] = useState<unknown>()
    const [, setCame] = useState(Got !== undefined)
    useEffect(() => {
      let gone = false
      if (!Got) {
        load().then(
          () => gone || setCame(true),
          error => gone || setFailed(error),
        )
      }
      return () => {
        gone = true
      }
    }, [])
    if (failed) throw failed
    return Got ? <Got {...props} /> : meanwhile()
  }
  return Object.assign(Drawn, { load })
}
