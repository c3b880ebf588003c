/** `138****1234`: enough for a person to know their own number. */
export function maskPhone(phone: string | null): string | null {
  return phone === null ? null : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

/** `张*`: the first character; how many follow is not told. */
export function maskName(name: string | null): string | null {
  const [first] = name ?? '';
  return first === undefined ? null : `${first}*`;
}
