import type { AreaMap } from '@ddp/contracts/directory/area-maps';

type Outlines = AreaMap['map'];

const rowHeight = Math.sqrt(3) / 2;

/** A hexagon for each area, in rows, where no outlines were brought in. */
export function layTiles(parts: readonly { code: string; name: string }[]): Outlines {
  const columns = Math.max(1, Math.ceil(Math.sqrt(parts.length)));
  const features = parts.map(({ code, name }, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, parts.length - row * columns);
    // A last row that is not full stands in the middle, on the grid of the others.
    const gap = Math.floor((columns - inRow) / 2);
    const x = (index % columns) + gap + (row % 2) / 2;
    return {
      type: 'Feature' as const,
      properties: { code, name },
      geometry: { type: 'Polygon' as const, coordinates: [hexagon(x, -row * rowHeight)] },
    };
  });
  return { type: 'FeatureCollection', features };
}

/** Pointed at the top, with a little air to its neighbours. */
function hexagon(x: number, y: number): number[][] {
  const radius = 0.96 / Math.sqrt(3);
  const corners = Array.from({ length: 6 }, (_none, corner) => {
    const angle = (Math.PI / 3) * corner + Math.PI / 6;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });
  return [...corners, corners[0] ?? []];
}
