import type { ProcessingWindow } from './processing-window';
import { DAYS } from './wall-clock';

/** Every night from ten to six in London, but for what a test says. */
export function windowWith(different: Partial<ProcessingWindow> = {}): ProcessingWindow {
  return { name: 'overnight-risk', days: DAYS, from: '22:00', to: '06:00', timeZone: 'Europe/London', ...different };
}
