/** A column of a list; where `text` is not enough, the page fills the slot `cell-<key>`. */
export interface Column<Item> {
  key: string;
  title: string;
  text?: (item: Item) => string;
  isNumber?: boolean;
  /** Shown only when it is chosen. */
  isExtra?: boolean;
}
