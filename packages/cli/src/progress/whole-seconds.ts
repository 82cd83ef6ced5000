import { duration } from './duration';

/** A duration without tenths, which say nothing about what is not over yet. */
export function wholeSeconds(milliseconds: number): string {
  return duration(Math.floor(milliseconds / 1000) * 1000).replace('.0 s', ' s');
}
