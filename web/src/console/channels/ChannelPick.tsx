import { useGet } from '../../shared/query.ts'
import { useUrlState } from '../../shared/url.ts'
import { say } from '../../shared/words.ts'
import css from './Channels.module.css'

/** The channels there are: those with a connector, and those whose orders wait for a mapping. */
export function useChannel(): [string, string[], (name: string) => void] {
  const [url, change] = useUrlState()
  const shops = useGet('list-channels')
  const strangers = useGet('list-strangers')
  const known = [
    ...(shops.data?.channels ?? []).map(c => c.name),
    ...(strangers.data?.strangers ?? []).map(s => s.channel),
  ]
  const list = [...new Set([...known, ...(url.channel ? [url.channel] : [])])].sort()
  return [url.channel ?? list[0] ?? '', list, name => change({ channel: name })]
}

export function ChannelPick({ at, list, onGo }: { at: string; list: string[]; onGo(name: string): void }) {
  return (
    <label className={css.which}>
      {say('ui.channels.channel')}
      <select value={at} onChange={e => onGo(e.target.value)}>
        {list.map(c => (
          <option key={c} value={c}>
            {c}
          </option>
        ))}
      </select>
    </label>
  )
}
