import { History } from 'lucide-react'
import type { Rule } from '../../api/types.gen.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Button } from '../../ui/Button.tsx'
import { Card, Table } from '../../ui/Card.tsx'
import css from './Rules.module.css'

/** What the rule was before, each version to be put back. */
export function Versions({ rule, onBack }: { rule: Rule; onBack?: (r: Rule) => Promise<void> }) {
  const read = useGet('list-rule-versions', { path: { code: rule.id }, query: { limit: 20 } }, { follows: ['review'] })
  const list = read.data?.rules ?? []
  return (
    <Card title={say('ui.rules.versions')}>
      {list.length === 0 ? (
        <p className={css.quiet}>{say('ui.rules.versions_none')}</p>
      ) : (
        <Table
          head={[
            { title: say('ui.rules.version'), num: true },
            { title: say('ui.rules.expr') },
            { title: say('ui.rules.action') },
            { title: say('ui.rules.enabled') },
            { title: '' },
          ]}
          rows={list.map(v => ({
            key: String(v.version),
            cells: [
              v.version,
              <code key="expr" className={css.code}>
                {v.expr}
              </code>,
              say(`ui.rules.act_${v.action}`),
              say(v.enabled ? 'ui.rules.on' : 'ui.rules.off'),
              v.version === rule.version ? (
                say('ui.rules.holds')
              ) : onBack ? (
                <Button
                  key="back"
                  tone="quiet"
                  icon={<History size={14} />}
                  onClick={() => void onBack(v).then(() => read.refetch())}
                >
                  {say('ui.rules.back_to', { version: v.version })}
                </Button>
              ) : (
                ''
              ),
            ],
          }))}
        />
      )}
    </Card>
  )
}
