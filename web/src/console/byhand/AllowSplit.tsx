import { say } from '../../shared/words.ts'
import css from './ByHand.module.css'

/** The yes of a person to more parcels than the channel of the order allows. */
export const AllowSplit = ({ on, onChange }: { on: boolean; onChange(on: boolean): void }) => (
  <label className={css.allow}>
    <input type="checkbox" checked={on} onChange={e => onChange(e.target.checked)} />
    <span>{say('ui.byhand.allow_split')}</span>
  </label>
)
