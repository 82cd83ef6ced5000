import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Given } from '../given';

/** What a revision is made of: what RegisterTaskDefinition takes, without tags. */
export type TaskContent = Omit<Given<RegisterTaskDefinitionCommandInput, 'containerDefinitions'>, 'tags'>;

/** What DescribeTaskDefinition adds: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
const ADDED = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'deregisteredAt',
  'deleteRequestedAt',
  'registeredBy',
];

/** A revision, as it would be registered again. */
export function taskContent(revision: TaskDefinition): TaskContent {
  const content = Object.entries(revision).filter(([key, value]) => !ADDED.includes(key) && value !== undefined);
  return Object.fromEntries(content) as unknown as TaskContent;
}

/** The same with another image in one container. */
export function withImage(content: TaskContent, containerName: string, image: string): TaskContent {
  const containerDefinitions = content.containerDefinitions.map((container) =>
    container.name === containerName ? { ...container, image } : container,
  );
  return { ...content, containerDefinitions };
}

/** The image of one container, such as `123456789012.dkr.ecr.us-east-1.amazonaws.com/risk@sha256:…`. */
export function imageIn(content: Pick<TaskContent, 'containerDefinitions'>, containerName: string): string {
  return content.containerDefinitions.find(({ name }) => name === containerName)?.image ?? '';
}

/** The port that one container listens on. */
export function portIn(
  { containerDefinitions }: Pick<TaskContent, 'containerDefinitions'>,
  containerName: string,
): number | undefined {
  return containerDefinitions.find(({ name }) => name === containerName)?.portMappings?.[0]?.containerPort;
}

/** Whether two revisions are the same, whatever the order in which ECS gives the fields. */
export function sameContent(one: TaskContent, other: TaskContent): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, ordered(one)]));
}
