/** 非常满意 5 to 非常不满意 1, best first, as they stand on the page. */
export const levels = [5, 4, 3, 2, 1] as const;
export type Level = (typeof levels)[number];

/** Signed in, without sign-in, or given by staff for somebody without a phone: shown apart. */
export const raterClasses = ['verified', 'guest', 'assisted'] as const;
export type RaterClass = (typeof raterClasses)[number];

/** What is counted together: the ratings of a subject in a month, where it served then. */
export interface Cell {
  subjectId: string;
  /** `YYYY-MM` in Asia/Shanghai. */
  month: string;
  raterClass: RaterClass;
  programmeId: string | null;
  unitId: string | null;
  areaPath: string;
}

/** How often each level was given. */
export type LevelCounts = Record<Level, number>;

export const noCounts: LevelCounts = { 5: 0, 4: 0, 3: 0, 2: 0, 1: 0 };

export function isLevel(value: number): value is Level {
  return (levels as readonly number[]).includes(value);
}

/** One more of a level. Throws on what is no level. */
export function addLevel(counts: LevelCounts, level: number, by = 1): LevelCounts {
  if (!isLevel(level)) throw new RangeError(`not a level: ${level}`);
  return { ...counts, [level]: counts[level] + by };
}

/** Equal cells have equal keys, and the order of keys is one for all. */
export function cellKey(cell: Cell): string {
  const { subjectId, month, raterClass, programmeId, unitId, areaPath } = cell;
  return [subjectId, month, raterClass, programmeId ?? '', unitId ?? '', areaPath].join(' ');
}

/** What counters have to say where ratings say this: cells that are gone are zero. */
export function decideCorrections(
  counted: ReadonlyMap<string, CountedCell>,
  kept: ReadonlyMap<string, CountedCell>,
): CountedCell[] {
  const wrong = [...counted].filter(([key, { counts }]) => !isSame(counts, kept.get(key)?.counts));
  const gone = [...kept].filter(([key, { counts }]) => !counted.has(key) && !isSame(counts));
  return [
    ...wrong.map(([, cell]) => cell),
    ...gone.map(([, { cell }]) => ({ cell, counts: noCounts })),
  ];
}

export interface CountedCell {
  cell: Cell;
  counts: LevelCounts;
}

function isSame(a: LevelCounts, b: LevelCounts = noCounts): boolean {
  return levels.every((level) => a[level] === b[level]);
}
