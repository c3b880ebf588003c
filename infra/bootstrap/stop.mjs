/** An end that needs no stack: its message tells the reader what to do. */
export class Stop extends Error {
  name = 'Stop';
}
