import { useEffect, useRef } from 'react'
import { type Bindings, keyboard, type Scan } from './keyboard.ts'

/** Binds keys while the component is there: useKeys({a: approve, 'mod+Enter': send}). off takes them away;
 * wall makes what was bound before do nothing, as under a dialog. */
export function useKeys(keys: Bindings, off = false, wall = false) {
  useBound(keys, off, wall, false)
}

/** Binds keys that only show something else, as a view, a row or a screen: they wait for less before they act. */
export function useShowKeys(keys: Bindings, off = false) {
  useBound(keys, off, false, true)
}

function useBound(keys: Bindings, off: boolean, wall: boolean, shows: boolean) {
  const latest = useRef(keys)
  latest.current = keys
  const names = Object.keys(keys).join('\n')
  useEffect(() => {
    if (off) return
    const bound: Bindings = {}
    for (const name of names.split('\n')) bound[name] = e => latest.current[name]?.(e)
    return keyboard.bind(bound, { wall, shows })
  }, [names, off, wall, shows])
}

/** Takes scans while the component is there; the latest on the page gets them. */
export function useScan(take: (scan: Scan) => void, off = false) {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => (off ? undefined : keyboard.onScan(s => latest.current(s))), [off])
}
