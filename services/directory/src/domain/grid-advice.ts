import { type Grid, gridHouseholds } from '@ddp/contracts/directory/grids';

/** Whether a grid has as many households as one grid worker can know. */
export function adviseGrid(households: number | null): Grid['advice'] {
  if (households === null) return 'unknown';
  if (households < gridHouseholds.least) return 'too-few';
  return households > gridHouseholds.most ? 'too-many' : 'fits';
}
