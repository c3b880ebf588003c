export interface ProgrammeArea {
  id: string;
  areaPath: string;
}

/** The programme over an area: the nearest one on the way to the root. */
export function nearestProgramme(
  areaPath: string,
  programmes: readonly ProgrammeArea[],
): ProgrammeArea | null {
  return (
    programmes
      .filter((programme) => areaPath.startsWith(programme.areaPath))
      .sort((a, b) => b.areaPath.length - a.areaPath.length)[0] ?? null
  );
}
