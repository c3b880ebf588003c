/** The choices of a field by their values, with what each is called. */
export function choicesOf<Choice extends string>(
  values: readonly Choice[],
  nameOf: (value: Choice) => string,
): { value: Choice; text: string }[] {
  return values.map((value) => ({ value, text: nameOf(value) }));
}
