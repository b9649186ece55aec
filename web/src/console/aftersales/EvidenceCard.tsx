import { weight } from '../../shared/format.ts'
import { useGet } from '../../shared/query.ts'
import { say } from '../../shared/words.ts'
import { Card, Table } from '../../ui/Card.tsx'
import { actorName } from '../../ui/Timeline.tsx'

/** Who picked and packed the goods, and what the parcel weighed: read before somebody is blamed or paid. */
export function EvidenceCard({ id }: { id: string }) {
  const { data } = useGet('get-evidence', { path: { id } })
  if (!data?.evidence.length) return null
  return (
    <Card title={say('ui.aftersales.evidence')}>
      <Table
        head={[
          { title: say('ui.aftersales.sku') },
          { title: say('ui.aftersales.picked_by') },
          { title: say('ui.aftersales.packed_by') },
          { title: say('ui.aftersales.parcel') },
          { title: say('ui.aftersales.weighed'), num: true },
        ]}
        rows={data.evidence.map(e => ({
          key: `${e.parcel} ${e.line_no} ${e.sku} ${e.lot} ${e.location} ${e.task}`,
          cells: [
            <span key="s" className="code">
              {e.sku} × {e.quantity}
            </span>,
            [e.picker && actorName(e.picker), e.location].filter(Boolean).join(' · ') || '—',
            actorName(e.packer),
            [e.carton, e.carrier, e.waybill].filter(Boolean).join(' · '),
            say('ui.aftersales.weights', { got: weight(e.weight_g), expected: weight(e.expected_g) }),
          ],
        }))}
      />
    </Card>
  )
}
