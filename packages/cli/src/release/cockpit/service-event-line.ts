import type { ServiceEventView } from '@nightshift/release';
import { clockTime } from '../text/clock-time';
import { oneLine } from '../text/one-line';
import { span, type TextLine } from '../text/text-line';

/** `(service ecs-service-prod) has reached a steady state.`: every event begins with the same service. */
const SERVICE = /^\(service [^)]*\)\s*/;
/** `arn:aws:elasticloadbalancing:…:targetgroup/tg-green-prod/0123456789abcdef` */
const TARGET_GROUP = /\barn:[^\s,()]*:targetgroup\/([^/\s]+)\/\w+/g;
/** Ids of tasks have 32 digits; the first ones tell them apart. */
const TASK = /\b([0-9a-f]{8})[0-9a-f]{24}\b/g;

/** What ECS says of the service. */
export function serviceEventLine({ time, text }: ServiceEventView): TextLine {
  return [span(`${clockTime(time)} `, 'dim'), span(serviceEventText(text))];
}

export function serviceEventText(text: string): string {
  return oneLine(text).replace(SERVICE, '').replace(TARGET_GROUP, '$1').replace(TASK, '$1');
}
