import { clockTime, tableLines } from '@nightshift/console';
import { taskView, type TaskView } from '@nightshift/release';
import type { Command } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { ExitCode } from '@nightshift/errors';
import { onReleases, releaseWorld, type ReleaseWorld } from './release/on-releases';

export const output = {
  tasks: environmentResult('tasks', { tasks: z.array(taskView).describe('The oldest first.') }),
};

interface TasksOptions extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'List the tasks of the service that have not stopped: version, health, capacity and Availability Zone.',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ json = false, ...options }: TasksOptions) => {
      await onReleases('tasks', options, world, effects, async ({ verb, environment, context, engine }) => {
        const tasks = await engine.serviceTasks(context);
        const { write } = effects.stdout;
        if (json)
          effects.stdout.json(output.tasks, { ...resultOf({ verb, environment }), tasks, exitCode: ExitCode.done });
        else if (tasks.length === 0) write(`no tasks of ${environment.suffix}\n`);
        else for (const line of tableLines([HEADINGS, ...tasks.map(rowOf)])) write(`${line}\n`);
      });
    });
}

const HEADINGS = ['task', 'version', 'task definition', 'status', 'health', 'started (UTC)', 'capacity', 'zone'];

function rowOf({ id, version, taskDefinition, status, health, startedAt, capacity, zone }: TaskView): string[] {
  const started = startedAt === undefined ? '-' : `${startedAt.toISOString().slice(0, 10)} ${clockTime(startedAt)}`;
  return [id.slice(0, SHORT_ID), version, taskDefinition, status, health, started, capacity, zone];
}

/** Enough digits of an id to distinguish the tasks of a service. */
export const SHORT_ID = 8;
