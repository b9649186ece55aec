import type { CaseDetail } from '../../api/types.gen.ts'
import { name, say } from '../../shared/words.ts'
import { Card, Facts, Table } from '../../ui/Card.tsx'
import { Copyable } from '../../ui/Copyable.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { When } from '../../ui/When.tsx'
import css from './Aftersales.module.css'

/** What comes back: what was asked for, its way, and how every piece looks. */
export function Inbound({ c }: { c: CaseDetail }) {
  const goods = ['return', 'exchange', 'refused'].includes(c.kind)
  return (
    <Card
      title={say(goods ? 'ui.aftersales.inbound' : 'ui.aftersales.about')}
      acts={
        goods && (
          <StateBadge
            area=""
            value={c.label}
            text={say(`ui.aftersales.label.${c.label}`)}
            tone={c.label === 'failed' ? 'exception' : undefined}
          />
        )
      }
    >
      {(c.waybill || c.label_reason) && (
        <Facts
          list={[
            [say('ui.aftersales.waybill'), c.waybill && <Copyable text={c.waybill} />],
            [say('ui.aftersales.carrier'), c.carrier],
            [
              say('ui.aftersales.no_label'),
              c.label_reason && name('aftersales', c.label_reason.replace('aftersales.', '')),
            ],
          ]}
        />
      )}
      <Table
        head={[
          { title: say('ui.aftersales.sku') },
          { title: say('ui.customer.goods') },
          { title: say('ui.aftersales.asked_for'), num: true },
          { title: say('ui.aftersales.here'), num: true },
        ]}
        rows={c.lines.map(l => ({
          key: `${l.line_no} ${l.sku}`,
          cells: [<Copyable key="s" text={l.sku} />, l.title, l.quantity, l.received],
        }))}
      />
      {c.units.length > 0 && (
        <div className={css.sub}>
          <Table
            head={[
              { title: say('ui.aftersales.unit') },
              { title: say('ui.aftersales.pieces_n'), num: true },
              { title: say('ui.aftersales.grade') },
              { title: say('ui.aftersales.fate') },
              { title: say('ui.aftersales.location') },
              { title: say('ui.aftersales.graded') },
            ]}
            rows={c.units.map(u => ({
              key: u.id,
              cells: [
                <span key="s" className="code">
                  {u.sku} {u.lot}
                </span>,
                u.quantity,
                u.grade ? `${u.grade} · ${say(`ui.aftersales.grade.${u.grade}`)}` : '—',
                <StateBadge
                  key="f"
                  area=""
                  value={u.fate}
                  text={say(`ui.aftersales.fate.${u.fate}`)}
                  tone={u.fate === 'waiting' ? 'pack' : undefined}
                />,
                u.location ?? '—',
                u.graded_at ? <When key="g" at={u.graded_at} as="clock" /> : '—',
              ],
            }))}
          />
        </div>
      )}
    </Card>
  )
}
