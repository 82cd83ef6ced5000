import { Lane } from './harness/lane';
import { Platform } from './harness/platform';
import type { Workspace } from './harness/workspace';
import { badInput } from './operations/bad-input';
import { cdktfCli } from './operations/cdktf-cli';
import { destroy } from './operations/destroy';
import { failures } from './operations/failures';
import { freshClone } from './operations/fresh-clone';
import { Interrupted, interruption } from './operations/interruption';
import { policy } from './operations/policy';
import { processingWindow } from './operations/processing-window';
import { redeploy } from './operations/redeploy';
import { removal, sideBySide, TwoEnvironments } from './operations/side-by-side';
import { allReleases } from './releases/all-releases';
import { outages } from './releases/outages';
import { allRequirements } from './requirements/all-requirements';

/** What a user does with a fresh clone, in the order in which it makes sense. Each part starts where the part before it ended. */
export function onLaptop(workspace: () => Workspace): void {
  let local: Platform | undefined;
  const platform = () => (local ??= new Platform({ workspace: workspace(), configuration: 'local' }));

  describe('a fresh clone', () => freshClone(workspace, platform));
  describe('the environment local', () => allRequirements(platform));
  describe('one stack alone', () => redeploy(workspace, platform));
  // What waits for minutes runs beside what follows.
  const interrupted = new Interrupted(workspace, platform);
  const two = new TwoEnvironments(workspace, platform);
  const beside = new Lane();
  describe('several environments at once', () => {
    beforeAll(() => {
      two.begin();
      interrupted.begin();
      void two.settled().then(() => beside.begin());
    });

    describe('releases', () => allReleases(workspace, platform));
    describe('two from one checkout', () => sideBySide(two, workspace, platform));
    describe('Ctrl-C', () => interruption(interrupted));
  });
  describe('what goes wrong', () => failures(beside.it, workspace, platform));
  describe('bad input', () => badInput(beside.it, workspace));
  describe('the upstream cdktf command', () => cdktfCli(beside.it, workspace));
  describe('policy', () => policy(workspace));
  describe('a processing window', () => processingWindow(workspace, platform));
  describe('the removal of an environment', () => removal(two));
  // They affect everything that runs, so they run alone.
  describe('outages', () => outages(workspace, platform));
  describe('the end', () => destroy(workspace, platform));
}
