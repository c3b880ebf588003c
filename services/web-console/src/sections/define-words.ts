interface Catalogue {
  [key: string]: string | Catalogue;
}

type SameKeys<M> = { [K in keyof M]: M[K] extends string ? string : SameKeys<M[K]> };

/** The words of a section; with other keys in English than in Chinese it does not compile. */
export function defineWords<M extends Catalogue>(zh: M, en: SameKeys<M>): { zh: M; en: M } {
  return { zh, en: en as M };
}
