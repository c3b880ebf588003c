import { commonProblems, Problem } from '@ddp/contracts/problem';
import type { Metrics } from '@ddp/service-kit/metrics';

/** The same figures to count on, which nobody can read: `/metrics` answers 404. */
export function hideFigures(metrics: Metrics): Metrics {
  const registry: Metrics['registry'] = Object.create(metrics.registry);
  registry.metrics = async () => {
    throw new Problem(commonProblems.notFound);
  };
  return { ...metrics, registry };
}
