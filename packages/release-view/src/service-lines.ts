import { type ReleaseRecord, type ServiceStatus, suspendedParts, versionName } from '@nightshift/release';
import { oneLine, span, type TextLine } from '@nightshift/console';
import { gateLine } from './cockpit-lines';
import { colourOf, utcTime } from './release-text';
import { taskSetTable } from './task-set-table';

/** Room for the names of the lines. */
const NAME_WIDTH = 10;

/** The current state of a service, one line per part, then the problems with their fixes. */
export function serviceLines(status: ServiceStatus, suffix: string, columns: number): readonly TextLine[] {
  const { version, taskSets, targetGroups, gates, images, problems } = status;
  const { name, taskDefinition, registeredBy } = version;
  const line = (title: string, text: string): TextLine => [span(title.padEnd(NAME_WIDTH), 'dim'), span(text)];
  return [
    [span(`service of ${suffix}`, 'bold'), span(`: ${name}`)],
    line('version', `${taskDefinition}, registered by ${registeredBy}`),
    line('images', images.mark === 'OK' ? imagesText(images.detail) : images.detail),
    line('traffic', targetGroups.map(targetGroupText).join('; ')),
    line('scaling', scalingText(status)),
    [span('gates'.padEnd(NAME_WIDTH), 'dim'), ...gateLine(gates)],
    ...releaseLines(status).map(([title, text]) => line(title, text)),
    ...taskSetTable(taskSets, columns, rowName),
    ...problems.flatMap(({ severity, what, todo }): readonly TextLine[] => [
      [span(severity === 'act' ? '[ACT] ' : '[WARN] ', severity === 'act' ? 'red' : 'yellow'), span(oneLine(what))],
      [span(`  -> ${oneLine(todo)}`)],
    ]),
  ];
}

/** @param names of the images in use, separated by commas: the repository may have more. */
function imagesText(names: string): string {
  const count = names.split(', ').length;
  return `needed: ${names} (${['', 'both '][count - 1] ?? 'all '}in the repository)`;
}

/** Without a release, a task set other than the primary one is surplus. */
function rowName({ label, targetGroup }: ServiceStatus['taskSets'][number]): string {
  return `${label === 'blue' ? 'primary' : 'surplus'} (${colourOf(targetGroup)})`;
}

function targetGroupText({
  name,
  trafficPercent,
  healthy,
  unhealthy,
  draining,
}: ServiceStatus['targetGroups'][number]): string {
  const counts = [
    `${String(healthy)} healthy`,
    ...(unhealthy > 0 ? [`${String(unhealthy)} unhealthy`] : []),
    ...(draining > 0 ? [`${String(draining)} draining`] : []),
  ];
  return `${name} ${String(trafficPercent)} % (${counts.join(', ')})`;
}

function scalingText({ scaling, desired }: Pick<ServiceStatus, 'scaling' | 'desired'>): string {
  if (!scaling) return `${String(desired)} tasks desired; the service does not scale`;
  const suspended = suspendedParts(scaling);
  const state = suspended.length === 0 ? '' : `; suspended: ${suspended.join(', ')}`;
  return `${String(desired)} tasks desired, from ${String(scaling.minimum)} to ${String(scaling.maximum)}${state}`;
}

function releaseLines({ lastRelease, otherDeployment }: ServiceStatus): readonly (readonly [string, string])[] {
  const none = !lastRelease && !otherDeployment;
  return [
    ...(lastRelease
      ? [[lastRelease.kind, `${changeOf(lastRelease)}: ${lastRelease.outcome ?? 'in progress'}`] as const]
      : []),
    ...(otherDeployment ? [['release', deploymentSentence(otherDeployment)] as const] : []),
    ...(none ? [['release', 'none yet'] as const] : []),
  ];
}

/** A deployment without a recorded release. */
export function deploymentSentence({
  deploymentId,
  status,
  creator,
  description,
}: NonNullable<ServiceStatus['otherDeployment']>): string {
  const by = creator === undefined ? 'another client' : `another client (${creator})`;
  return `${deploymentId} by ${by}${description === undefined ? '' : `, ${oneLine(description)}`}: ${status}`;
}

export function releaseSentence(record: ReleaseRecord): string {
  return `${record.kind} ${changeOf(record)}`;
}

function changeOf({ from, to, startedAt, by }: ReleaseRecord): string {
  return `${versionName(from)} -> ${versionName(to)}, started ${utcTime(startedAt)} by ${by}`;
}
