import { containersOf } from '../model/containers-of';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at, shown, type Value } from '../model/value';

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
