import type { Figures } from '../../api/types.gen.ts'
import { number } from '../../shared/format.ts'
import { say } from '../../shared/words.ts'
import { Card } from '../../ui/Card.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { type Column, columnsOf, total } from './figures.ts'

interface Props {
  title: string
  figures: Figures
  of: string[]
  large?: boolean
  onPick?(column: Column): void
}

/** Figures beside each other, by the hour or the day; a column leads to what it counts. */
export function Flow({ title, figures, of, large, onPick }: Props) {
  const columns = columnsOf(figures)
  const name = (figure: string) => say(`ui.dashboard.figure.${figure}`)
  const told = of.map(f => `${name(f)} ${number(total(figures.hours, f))}`).join(', ')
  const size = large ? 20 : 12
  return (
    <Card title={title}>
      <Chart
        height={large ? 'clamp(160px, 26vh, 420px)' : 220}
        summary={`${title}: ${told}`}
        onPick={at => {
          const column = columns.find(c => c.name === at)
          if (column) onPick?.(column)
        }}
        option={{
          legend: { top: 0, right: 0, textStyle: { fontSize: size } },
          grid: { left: 8, right: 8, top: large ? 44 : 32, bottom: 4, containLabel: true },
          xAxis: { type: 'category', data: columns.map(c => c.name), axisLabel: { fontSize: size } },
          yAxis: { type: 'value', minInterval: 1, axisLabel: { fontSize: size } },
          series: of.map(f => ({
            type: 'bar',
            name: name(f),
            barMaxWidth: 28,
            data: columns.map(c => total(c.hours, f)),
          })),
        }}
        table={{
          head: [{ title: say('ui.dashboard.time') }, ...of.map(f => ({ title: name(f), num: true }))],
          rows: columns.map(c => ({ key: c.from, cells: [c.name, ...of.map(f => number(total(c.hours, f)))] })),
        }}
      />
    </Card>
  )
}
