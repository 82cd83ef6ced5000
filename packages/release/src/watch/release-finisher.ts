import { UserError } from '@nightshift/errors';
import { isAboutAws } from '../aws-answers';
import { keepImagesInUse } from '../image/images-in-use';
import type { Observation } from '../observe/observation';
import type { ReleaseRecord, ReleaseTraffic, Verification } from '../record';
import { abandonedBefore, RecordStore, type StoredRecord } from '../records/record-store';
import type { ReleaseContext } from '../release-context';
import type { Snapshot } from '../snapshot';
import { findDeployment } from '../start/create-deployment';
import { nextAction } from '../start/next-action';
import { restoreScaling } from '../start/service-scaling';
import { closedRecord, notStartedRecord, reopenedRecord } from './closed-record';
import { type DeploymentEnd, withRecord } from './observe-release';

/** The progress of the deployment of a release. */
export interface Deployed {
  readonly deploymentId: string;
  /** CodeDeploy has deleted it with its deployment group. */
  readonly gone?: true;
  /** Undefined while it is in progress. */
  readonly ended?: {
    readonly end: DeploymentEnd;
    readonly observation: Observation;
    readonly snapshot: Snapshot;
    /** @default - not known */
    readonly traffic?: ReleaseTraffic | undefined;
  };
}

/** `watch`: the deployment is in progress. `wait`: another process is starting it. `done`: nothing is left to do. */
export type Finished = 'watch' | 'wait' | 'done';

/** Completes a release that any process started: records its deployment, restores auto-scaling, closes the record. */
export class ReleaseFinisher {
  private readonly store: RecordStore;
  private restoredAt: string | undefined;

  constructor(
    private readonly context: ReleaseContext,
    /** The record of the release. */
    private stored: StoredRecord,
  ) {
    const { bucket, suffix } = context.target;
    this.store = new RecordStore(context.clients.s3, bucket, suffix);
  }

  /** Of the newest release. Undefined if there was none. */
  static async ofNewest(context: ReleaseContext): Promise<ReleaseFinisher | undefined> {
    const { bucket, suffix } = context.target;
    const stored = await new RecordStore(context.clients.s3, bucket, suffix).latest();
    return stored && new ReleaseFinisher(context, stored);
  }

  get record(): ReleaseRecord {
    return this.stored.record;
  }

  /** The deployment of the release, recorded or not. */
  async deploymentId(): Promise<string | undefined> {
    return this.record.deploymentId ?? (await findDeployment(this.context, this.record))?.deploymentId;
  }

  /** Performs all steps that are possible now. Safe to call repeatedly. */
  async finish(deployed: Deployed | undefined): Promise<Finished> {
    for (;;) {
      const action = nextAction(this.facts(deployed));
      if (action === 'watch' || action === 'wait' || action === 'done') return action;
      if (action === 'restore') await this.restore();
      else if (action === 'close') await this.close(deployed);
      else await this.write(reopenedRecord(this.record, String(deployed?.deploymentId)));
    }
  }

  /** Records the reason before the release is stopped. */
  async noteCause(cause: string): Promise<void> {
    await this.write({ ...this.record, cause });
  }

  /** Records the result of the test, unless another process has recorded one: the first one counts. */
  async noteVerification(verification: Verification): Promise<Verification> {
    while (!this.record.verification) await this.write({ ...this.record, verification });
    return this.record.verification;
  }

  /** Records the current duration of each phase. A lost write is acceptable. */
  async noteDurations(durations: ReleaseRecord['durations']): Promise<void> {
    const { key } = this.stored.object;
    const written = await this.store.replace(this.stored, { ...this.record, durations });
    this.stored = written ?? (await this.store.read(key)) ?? this.stored;
  }

  private facts(deployed: Deployed | undefined) {
    const { record, object } = this.stored;
    return {
      role: 'finisher',
      record: record.outcome === undefined ? 'open' : 'closed',
      scalingNoted: record.scaling.noted === true,
      suspended: false,
      restored: this.restoredAt === object.etag,
      revision: true,
      deployment: this.deploymentState(deployed),
      deploymentNoted: record.deploymentId !== undefined,
      failed: false,
      abandoned:
        deployed?.gone === true || (object.writtenAt ?? this.context.clock.now()) < abandonedBefore(this.context),
    } as const;
  }

  /** A slow start may have recorded its deployment after this process searched for one. */
  private deploymentState(deployed: Deployed | undefined): 'none' | 'going-on' | 'ended' {
    if (!deployed) return this.record.deploymentId === undefined ? 'none' : 'going-on';
    if (deployed.gone) return 'none';
    return deployed.ended ? 'ended' : 'going-on';
  }

  private async restore(): Promise<void> {
    const { suspendedBefore } = this.record.scaling;
    if (suspendedBefore) await restoreScaling(this.context, suspendedBefore);
    this.restoredAt = this.stored.object.etag;
  }

  /** The versions that a rollback can choose from are known once the record is closed. The next release or deploy repeats a failed update. */
  private async close(deployed: Deployed | undefined): Promise<void> {
    await this.write(this.closed(deployed));
    try {
      await keepImagesInUse(this.context);
    } catch (error) {
      if (!isAboutAws(error) && !(error instanceof UserError)) throw error;
    }
  }

  private closed(deployed: Deployed | undefined): ReleaseRecord {
    if (deployed?.ended) {
      const { traffic, end, observation, snapshot } = deployed.ended;
      return { ...closedRecord(this.record, end, observation, withRecord(snapshot, this.record)), traffic };
    }
    const cause = deployed?.gone
      ? 'CodeDeploy no longer knows its deployment: the environment was destroyed in the meantime'
      : 'the command that started it ended before the deployment was created';
    return notStartedRecord(this.record, this.context.clock.now(), cause);
  }

  /** If another process has written the record since, the next step is decided from the new record. */
  private async write(record: ReleaseRecord): Promise<void> {
    const { key } = this.stored.object;
    const stored = (await this.store.replace(this.stored, record)) ?? (await this.store.read(key));
    if (stored) {
      this.stored = stored;
      return;
    }
    throw new UserError({
      where: `s3://${this.context.target.bucket}/${key}`,
      what: 'the release record does not exist any more',
      todo: 'find out who deleted it; the release itself is not affected',
    });
  }
}
