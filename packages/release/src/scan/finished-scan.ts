import { StartImageScanCommand } from '@aws-sdk/client-ecr';
import type { Finding } from './finding';
import { cannotStart, noResult, notInTime } from './scan-problems';
import type { ScanRequest } from './scan-request';
import { scanState } from './scan-state';
import { unfinishedScan } from './unfinished-scan';

export interface FinishedScan {
  readonly completedAt: Date;
  readonly findings: readonly Finding[];
}

const POLL_MILLISECONDS = 5000;
const NOTE_MILLISECONDS = 15_000;

/** How long after a push its scan may still have to begin. */
const FRESH_MILLISECONDS = 60_000;

/**
 * Waits for the result of an image's scan.
 * @throws {UserError} when there is none and none is to come, or not in time.
 */
export async function finishedScan(request: ScanRequest): Promise<FinishedScan> {
  const { timeoutSeconds, effects, sleep, onWait, found } = request;
  const began = effects.monotonic();
  const isFresh = () => effects.now().getTime() - found.pushedAt.getTime() < FRESH_MILLISECONDS;
  let started = false;
  let noted = -Infinity;
  for (;;) {
    const state = await scanState(request);
    const { completedAt, findings, status } = state;
    if (completedAt) return { completedAt, findings };
    const mayStart = request.start && !started && (status === 'NONE' || status === 'FAILED');
    if (mayStart) {
      await start(request);
      started = true;
    }
    const words =
      mayStart || (status === 'NONE' && (started || isFresh())) ? unfinishedScan('PENDING') : unfinishedScan(status);
    if (words === undefined) throw noResult(request, state);
    const waited = effects.monotonic() - began;
    if (waited >= timeoutSeconds * 1000) throw notInTime(request, state);
    if (waited - noted >= NOTE_MILLISECONDS) {
      noted = waited;
      onWait(`the scan ${words}, ${String(Math.round(waited / 1000))} s`);
    }
    await sleep(POLL_MILLISECONDS);
  }
}

async function start(request: ScanRequest): Promise<void> {
  const { ecr, repository: repositoryName, found } = request;
  try {
    await ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageDigest: found.digest } }));
  } catch (error) {
    throw cannotStart(request, error as Error);
  }
}
