/** What stands in one cell of a print. */
export interface CellTexts {
  /** Text of the symbol. */
  content: string;
  shortCode: string;
  name: string;
  title: string;
  unit: string;
  area: string;
  place: string;
}

/** Everything of a cell that is set in type, for the look at the font. */
export function typesetOf(cell: CellTexts, contactPhone: string): string[] {
  return [cell.name, cell.title, cell.unit, cell.area, cell.place, contactPhone];
}
