import { findingsIn, modelWith, type Resources } from '../model.fixture';
import { imageImmutable } from './image-immutable';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const checked = (image: string | undefined, others: Resources = {}) =>
  findingsIn(
    imageImmutable,
    modelWith({
      aws_ecs_task_definition: { T: { container_definitions: JSON.stringify([{ name: 'app', image }]) } },
      ...others,
    }),
  );
const repository = (image_tag_mutability: string) => ({ aws_ecr_repository: { Own: { image_tag_mutability } } });
const own = '${aws_ecr_repository.Own.repository_url}';

describe('image-immutable (R2.1)', () => {
  it('refuses images of other registries with a tag, or without one', () => {
    for (const image of ['nginx', 'nginx:latest', 'public.ecr.aws/nginx:1.29@sha256:abc']) {
      expect(checked(image)).toEqual([
        `aws_ecs_task_definition.T: container app: ${image} - use the digest: <image>@sha256:…`,
      ]);
    }
  });

  it('refuses a tag of a repository with mutable tags', () => {
    expect(checked(`${own}:1`, repository('MUTABLE'))).toEqual([
      'aws_ecs_task_definition.T: container app: a tag of aws_ecr_repository.Own, whose tags are mutable - use the digest, or set image_tag_mutability to IMMUTABLE',
    ]);
  });

  it('accepts a digest and an immutable tag, and does not check unknown values', () => {
    expect(checked(`nginx@${DIGEST}`)).toEqual([]);
    expect(checked(`${own}@${DIGEST}`, repository('MUTABLE'))).toEqual([]);
    expect(checked(`${own}:1`, repository('IMMUTABLE'))).toEqual([]);
    expect(checked('${var.image}')).toEqual([
      'aws_ecs_task_definition.T: not checked: the image of container app is unknown until apply',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(imageImmutable, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
