import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
} from '@aws-sdk/client-ecr';
import { execa } from 'execa';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';
import type { Workspace } from '../harness/workspace';

/** Builds the batch processor with Docker and pushes it to the repository of an environment in AWS. Each tag is another image. */
export async function pushImage(platform: Platform, { directory }: Workspace, tag: string): Promise<void> {
  const ecr = platform.aws(ECRClient);
  const repositoryNames = [platform.names.of('ecr-repository')];
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames }));
  const image = `${String(only(repositories).repositoryUri)}:${tag}`;
  const { authorizationData } = await ecr.send(new GetAuthorizationTokenCommand({}));
  const { authorizationToken, proxyEndpoint } = only(authorizationData);
  const input = Buffer.from(String(authorizationToken), 'base64').toString().replace('AWS:', '');
  await execa('docker', ['login', '--username', 'AWS', '--password-stdin', String(proxyEndpoint)], { input });
  const build = ['--platform', 'linux/amd64', '-f', 'apps/batch-processor/Dockerfile', '--build-arg', `VERSION=${tag}`];
  await execa('docker', ['build', ...build, '-t', image, '.'], { cwd: directory });
  await execa('docker', ['push', image]);
}

/** The digest of a tag in the repository of an environment. */
export async function digestOf(platform: Platform, imageTag: string): Promise<string> {
  const repositoryName = platform.names.of('ecr-repository');
  const { imageDetails } = await platform
    .aws(ECRClient)
    .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }));
  return String(only(imageDetails).imageDigest);
}
