import { environmentFile, environmentOf } from '@nightshift/config';
import { findImage, finishedScan, imageName } from '../image';
import { digestOf, FakeEcr } from './fake-ecr';

interface ScanOptions {
  readonly start?: boolean;
  readonly timeoutSeconds?: number;
}

/** A repository with image 1.4.2 and its scans. `seconds` counts the simulated wait. */
export class ScanFixture {
  readonly ecr = new FakeEcr();
  readonly notes: string[] = [];
  seconds = 0;
  private readonly environment = environmentOf(
    environmentFile.parse({ tags: { Project: 'nightshift', CostCenter: '4711' } }),
    'dev',
    'dev',
  );

  constructor() {
    this.push('1.4.2', 'a1');
  }

  push(tag: string, digest: string, pushedAt = '2024-12-24T00:00:00Z'): void {
    this.ecr.images.push({ digest: digestOf(digest), tags: [tag], pushedAt: new Date(pushedAt) });
  }

  async find(image = '1.4.2') {
    return await findImage(this.wanted(image));
  }

  async scan(image = '1.4.2', { start = false, timeoutSeconds = 300 }: ScanOptions = {}) {
    const monotonic = () => this.seconds * 1000;
    return await finishedScan({
      ...this.wanted(image),
      found: await this.find(image),
      start,
      timeoutSeconds,
      effects: { monotonic, now: () => new Date(Date.UTC(2025, 0, 1) + monotonic()) },
      sleep: (milliseconds) => {
        this.seconds += milliseconds / 1000;
        return Promise.resolve();
      },
      onWait: (text) => this.notes.push(text),
    });
  }

  private wanted(image: string) {
    const { environment, ecr } = this;
    return {
      ecr: ecr.client,
      repository: 'ecr-repository-dev',
      image: imageName(image, 'nightshift test'),
      environment,
    };
  }
}
