import type { ServiceEventView } from '@nightshift/release';
import { clockTime } from '../text/clock-time';
import { oneLine } from '../text/one-line';
import { span, type TextLine } from '../text/text-line';

/** `(service ecs-service-prod) has reached a steady state.`: every event begins with the same service. */
const SERVICE = /^\(service [^)]*\)\s*/;

/** What ECS says of the service. */
export function serviceEventLine({ time, text }: ServiceEventView): TextLine {
  return [span(`${clockTime(time)} `, 'dim'), span(serviceEventText(text))];
}

export function serviceEventText(text: string): string {
  return oneLine(text).replace(SERVICE, '');
}
