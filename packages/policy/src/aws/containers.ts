import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, parsed, shown, type Value } from '../model/value';

/**
 * The containers of a task definition, with the field names of the API (`readonlyRootFilesystem`); none if they are unknown until apply.
 */
export function containersOf({ attributes }: Resource): readonly Attributes[] {
  return blocks(parsed(attributes['container_definitions']));
}

/** Whether the containers of a task definition are unknown until apply. */
export function containersUnknown({ attributes }: Resource): boolean {
  return attributes['container_definitions'] !== undefined && parsed(attributes['container_definitions']) === undefined;
}

/** The log group of one container. */
export interface ContainerLog {
  readonly container: string;
  /** A token or a name; undefined if the container does not write to CloudWatch Logs. */
  readonly name: Value | undefined;
  /** @default - no stack creates the group */
  readonly group: Resource | undefined;
}

export function containerLogs(task: Resource, model: Model): readonly ContainerLog[] {
  return containersOf(task).map((container) => {
    const name = at(container, 'logConfiguration.options.awslogs-group');
    const group = model.meant('aws_cloudwatch_log_group', name, task.stack);
    return { container: shown(container['name']), name, group };
  });
}
