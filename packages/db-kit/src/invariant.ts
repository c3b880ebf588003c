/** Something that must hold over a schema's rows, as a query that returns the rows that break it. */
export interface Invariant {
  /** Short name, `I2 cached balances equal their entries`. */
  name: string;
  /** What is wrong when rows come back, in a sentence. */
  description: string;
  /** Portable SQL; zero rows mean that it holds. */
  sql: string;
}
