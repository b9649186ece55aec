import { Pencil, Plus, Zap } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { TemplateLoad, WaveOutlook } from '../../api/types.gen.ts'
import { may } from '../../shared/session.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { EmptyState } from '../../ui/States.tsx'
import { TimeLeft, When } from '../../ui/When.tsx'
import { Load } from './Load.tsx'
import { release } from './release.ts'
import { TemplateDialog } from './TemplateDialog.tsx'
import css from './Waves.module.css'

/** What a warehouse releases by itself, when it does so next, and what that would be now. */
export function Templates({ outlook: o }: { outlook: WaveOutlook }) {
  const [edited, setEdited] = useState<Partial<TemplateLoad> | null>(null)
  const admin = may('admin')
  return (
    <aside className={css.templates} aria-label={say('ui.waves.templates')}>
      <header className={css.sideHead}>
        <h2>{say('ui.waves.templates')}</h2>
        {admin && (
          <Button icon={<Plus size={14} />} onClick={() => setEdited({ node: o.node })}>
            {say('ui.waves.add_template')}
          </Button>
        )}
      </header>
      {o.templates.length === 0 && (
        <EmptyState title={say('ui.waves.no_templates')} text={say('ui.waves.no_templates_text')} />
      )}
      {o.templates.map(t => (
        <Template key={t.id} template={t} onEdit={admin ? () => setEdited(t) : undefined} />
      ))}
      {edited && <TemplateDialog template={edited} onClose={() => setEdited(null)} />}
    </aside>
  )
}

function Template({ template: t, onEdit }: { template: TemplateLoad; onEdit?: () => void }) {
  const [, navigate] = useLocation()
  const go = async () => {
    const out = await release({ template: t.id })
    if (out?.wave) navigate(`/waves/${out.wave}`)
  }
  return (
    <section className={css.template}>
      <header>
        <h3>{t.name}</h3>
        <StateBadge
          area=""
          value={t.enabled ? 'on' : 'off'}
          tone={t.due ? 'shipped' : t.enabled ? 'review' : 'cancelled'}
          text={say(t.due ? 'ui.waves.due' : t.enabled ? 'ui.waves.on' : 'ui.waves.off')}
        />
      </header>
      <p className={css.quiet}>
        {[
          say(`ui.waves.${t.method}`),
          t.carriers?.join(' '),
          t.zones?.length ? say('ui.waves.in_zones', { zones: t.zones.join(' ') }) : undefined,
          say('ui.waves.at_most', { n: t.max_orders }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {t.cutoff_at && (
        <p className={css.quiet}>
          {say('ui.waves.cutoff')} <When at={t.cutoff_at} as="clock" /> (<TimeLeft until={t.cutoff_at} />)
          {t.enabled && !t.due && t.opens_at && (
            <>
              {' · '}
              {say('ui.waves.opens')} <When at={t.opens_at} as="clock" />
            </>
          )}
        </p>
      )}
      <Load load={t.load} walks />
      <div className={css.acts}>
        {may('work') && (
          <Button icon={<Zap size={14} />} disabled={t.load.orders === 0} onClick={() => void go()}>
            {say('ui.waves.release_now')}
          </Button>
        )}
        {onEdit && (
          <Button tone="quiet" icon={<Pencil size={14} />} onClick={onEdit}>
            {say('ui.order.edit')}
          </Button>
        )}
      </div>
    </section>
  )
}
