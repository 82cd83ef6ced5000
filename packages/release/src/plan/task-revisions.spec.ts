import { imageIn, sameContent, taskContent, withImage } from './task-revisions';

const revision = {
  taskDefinitionArn: 'arn',
  revision: 3,
  status: 'ACTIVE',
  family: 'f',
  cpu: undefined,
  containerDefinitions: [
    { name: 'a', image: 'x:1', environment: [{ name: 'K', value: 'v' }] },
    { name: 'b', image: 'y:1' },
  ],
} as const;

const content = taskContent({ ...revision, containerDefinitions: [...revision.containerDefinitions] } as never);

describe('taskContent', () => {
  it('omits the fields that ECS adds', () => {
    expect(content).toEqual({ family: 'f', containerDefinitions: revision.containerDefinitions });
  });

  it('changes the image of one container', () => {
    const changed = withImage(content, 'a', 'x:2');
    expect([imageIn(changed, 'a'), imageIn(changed, 'b'), imageIn(changed, 'c')]).toEqual(['x:2', 'y:1', '']);
  });

  it('ignores the order of fields and omitted fields in a comparison', () => {
    const other = {
      containerDefinitions: [
        { image: 'x:1', name: 'a', environment: [{ value: 'v', name: 'K' }], cpu: undefined },
        { image: 'y:1', name: 'b' },
      ],
      family: 'f',
    };
    expect(sameContent(content, other as never)).toBe(true);
    expect(sameContent(content, withImage(content, 'b', 'y:2'))).toBe(false);
    expect(sameContent({ ...content, pidMode: null } as never, content)).toBe(false);
  });
});
