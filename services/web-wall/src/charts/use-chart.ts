import { LineChart, MapChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { onMounted, onUnmounted, type Ref, watch } from 'vue';

use([LineChart, MapChart, GridComponent, CanvasRenderer]);

/** Draws a chart in an element, and again whenever what it says changes. */
export function useChart(element: Ref<HTMLElement | null>, option: () => EChartsOption): void {
  let chart: EChartsType | undefined;
  const sizes = new ResizeObserver(() => chart?.resize());
  onMounted(() => {
    if (!element.value) return;
    // Twice as fine as the page, for it may be shown larger than it is drawn.
    chart = init(element.value, null, { devicePixelRatio: 2 });
    chart.setOption(option());
    // What stands beside it grows with its figures.
    sizes.observe(element.value);
  });
  watch(option, (next) => chart?.setOption(next, { notMerge: true }));
  onUnmounted(() => {
    sizes.disconnect();
    chart?.dispose();
  });
}
