import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VerbRun } from './run-verb';

/** A resource without tags at a construct path. */
export const untaggedVpc = (path: string) => ({ resource: { aws_vpc: { Vpc_1A: { '//': { metadata: { path } } } } } });

/** `nightshift policy` on one stack that violates `tags-required`. */
export class PolicyRun extends VerbRun {
  constructor() {
    super();
    this.effects.synthesizedStacks = () => Promise.resolve({ network: untaggedVpc('network/Vpc/Resource') });
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.effects.root, path, '..'), { recursive: true });
    writeFileSync(join(this.effects.root, path), text);
  }

  /** Waives the violation until a date. */
  waiver(expires: string): void {
    this.write(
      'environments/dev.yaml',
      `tags: { Project: Nightshift, CostCenter: risk-analytics }
waivers:
  - { rule: tags-required, resource: network/Vpc/Resource, reason: Migration, expires: ${expires}, owner: Network team }
`,
    );
  }
}
