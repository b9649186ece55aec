import { BarChart, LineChart } from 'echarts/charts'
import {
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

// The part of the library that our charts need, in a chunk of its own.
use([
  BarChart,
  LineChart,
  AriaComponent,
  DatasetComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
])

export type ChartOption = EChartsCoreOption

/** A chart in an element: show draws, end takes it away. */
export function draw(place: HTMLElement, pick: (name: string) => void) {
  const style = getComputedStyle(place)
  const of = (name: string) => style.getPropertyValue(name).trim()
  const chart = init(place, null, { renderer: 'svg' })
  chart.on('click', e => pick(e.name))
  const size = new ResizeObserver(() => chart.resize())
  size.observe(place)
  return {
    show(option: ChartOption) {
      chart.setOption(
        {
          animation: false,
          color: [1, 2, 3, 4, 5, 6].map(n => of(`--chart-${n}`)),
          textStyle: { fontFamily: of('--font'), color: of('--text-2') },
          grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
          tooltip: { trigger: 'axis' },
          aria: { enabled: true, decal: { show: true } },
          ...option,
        },
        { notMerge: true },
      )
    },
    end() {
      size.disconnect()
      chart.dispose()
    },
  }
}
