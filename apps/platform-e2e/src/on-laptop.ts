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

/** The tests of a fresh clone, in order. Each part starts with the state of the previous one. */
export function onLaptop(workspace: () => Workspace): void {
  let local: Platform | undefined;
  const platform = () => (local ??= new Platform({ workspace: workspace(), configuration: 'local' }));

  describe('a fresh clone', () => freshClone(workspace, platform));
  describe('the environment local', () => allRequirements(platform));
  describe('one stack alone', () => redeploy(workspace, platform));
  // Slow lanes run in parallel with the following tests.
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
  // They affect all environments, so they run alone.
  describe('outages', () => outages(workspace, platform));
  describe('the end', () => destroy(workspace, platform));
}
