import { DescribeImagesCommand, type ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';

/** As many as a person reads. */
const NEWEST = 5;

/** The tags that were pushed last, the newest first. */
export async function newestTags(ecr: ECRClient, repositoryName: string): Promise<readonly string[]> {
  const images: ImageDetail[] = [];
  let nextToken: string | undefined;
  do {
    const filter = { tagStatus: 'TAGGED' } as const;
    const page = await ecr.send(new DescribeImagesCommand({ repositoryName, filter, nextToken }));
    images.push(...(page.imageDetails as ImageDetail[]));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return images
    .sort((one, other) => Number(other.imagePushedAt) - Number(one.imagePushedAt))
    .flatMap(({ imageTags = [] }) => imageTags)
    .slice(0, NEWEST);
}
