import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, parsed, shown, type Value } from '../model/value';

/** The containers of a task definition, in the API's own words (`readonlyRootFilesystem`); none, where they are not known before apply. */
export function containersOf({ attributes }: Resource): readonly Attributes[] {
  return blocks(parsed(attributes['container_definitions']));
}

/** Whether only the apply will show the containers of a task definition. */
export function containersUnknown({ attributes }: Resource): boolean {
  return attributes['container_definitions'] !== undefined && parsed(attributes['container_definitions']) === undefined;
}

/** Where one container writes. */
export interface ContainerLog {
  readonly container: string;
  /** As written: a token, a name, or nothing where the container does not write to CloudWatch Logs. */
  readonly name: Value | undefined;
  /** @default - no stack makes the group */
  readonly group: Resource | undefined;
}

export function containerLogs(task: Resource, model: Model): readonly ContainerLog[] {
  return containersOf(task).map((container) => {
    const name = at(container, 'logConfiguration.options.awslogs-group');
    const group = model.meant('aws_cloudwatch_log_group', name, task.stack);
    return { container: shown(container['name']), name, group };
  });
}
