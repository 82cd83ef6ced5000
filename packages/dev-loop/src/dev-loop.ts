import { join } from 'node:path';
import { duration } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import { withFileLock } from '@nightshift/files';
import type { JobAnswer } from './seed-job';
import type { SourceWatcher } from './source-watcher';

/** The steps of a round. Each throws a UserError with the cause if it fails. */
export interface DevSteps {
  /** Builds the source and pushes its image. @returns the tag, which is different for each bundle. */
  readonly push: () => Promise<string>;
  /** The version that answers. @default - no task answers */
  readonly runningVersion: () => Promise<string | undefined>;
  /** Releases a version and waits for the end. Calls `onTraffic` when the version has all traffic. */
  readonly release: (tag: string, onTraffic: () => Promise<void>) => Promise<void>;
  readonly sendJob: () => Promise<JobAnswer>;
  /** Prints the log lines of the tasks until the loop ends. */
  readonly followLogs: () => Promise<void>;
}

interface DevLoopProps {
  readonly watcher: Pick<SourceWatcher, 'next'>;
  readonly steps: DevSteps;
  readonly print: (text: string) => void;
  readonly printError: (error: unknown) => void;
  /** Milliseconds. */
  readonly monotonic: () => number;
  readonly stop: AbortSignal;
}

/**
 * Builds, releases and tries the source now and after each change, until the signal fires. A failure is printed, and the loop waits for
 * the next change. Changes during a round are one round after it.
 */
export async function devLoop({ watcher, steps, print, printError, monotonic, stop }: DevLoopProps): Promise<void> {
  let logs: Promise<void> | undefined;
  const follow = async () => {
    try {
      await steps.followLogs();
    } catch (error) {
      printError(error);
    }
    logs = undefined;
  };
  for (let saved: number | undefined = monotonic(); saved !== undefined; saved = await watcher.next(stop)) {
    // The next round tries again if the log cannot be read.
    logs ??= follow();
    try {
      await round(steps, print, () => monotonic() - Number(saved), printError);
    } catch (error) {
      // A build that Ctrl-C has ended is no failure.
      if (!stop.aborted) printError(error);
    }
    if (!stop.aborted) print('waiting for the next change; Ctrl-C ends');
  }
  await logs;
}

async function round(
  steps: DevSteps,
  print: DevLoopProps['print'],
  elapsed: () => number,
  printError: DevLoopProps['printError'],
): Promise<void> {
  print('building apps/batch-processor');
  const tag = await steps.push();
  if ((await steps.runningVersion()) === tag) {
    print(`nothing to release: ${tag} runs already`);
    return;
  }
  await steps.release(tag, async () => {
    try {
      const { version, status, body } = await steps.sendJob();
      print(`${version} answers ${String(status)} after ${duration(elapsed())}: ${body}`);
    } catch (error) {
      printError(error);
    }
  });
}

/**
 * Runs the loop of an environment in one process of this checkout.
 * @param root the workspace.
 * @throws {UserError} if another process runs it.
 */
export async function onlyOnce<T>(root: string, suffix: string, run: () => Promise<T>): Promise<T> {
  const path = join(root, '.nightshift', `dev-${suffix}.lock`);
  const error = (holder: number) =>
    new UserError({
      where: 'nightshift dev',
      what: `process ${String(holder)} already releases each change to ${suffix}`,
      todo: 'use its terminal, or end it with Ctrl-C there',
    });
  // The first wait is too long.
  return await withFileLock({ path, timeout: { milliseconds: -1, error } }, run);
}
