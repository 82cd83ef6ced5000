import type { Platform } from '../harness/platform';
import { Releases } from '../harness/releases';
import type { Workspace } from '../harness/workspace';
import { agreement } from './agreement';
import { badVersions } from './bad-versions';
import { control } from './control';
import { goodVersions } from './good-versions';
import { otherClients } from './other-clients';
import { survival } from './survival';

/** R10: releases of a deployed environment, one after the other; each part ends with one version with all traffic. */
export function allReleases(workspace: () => Workspace, platform: () => Platform): void {
  const releases = new Releases(workspace, platform);

  describe('a good version', () => goodVersions(releases));
  describe('a bad version', () => badVersions(releases, platform));
  describe('control', () => control(releases));
  describe('other clients', () => otherClients(platform, releases));
  describe('the tool is killed', () => survival(releases));
  describe('Terraform', () => agreement(workspace, platform, releases));
}
