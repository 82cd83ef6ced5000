import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { synthStack } from '@nightshift/testing';
import { TerraformStack, type App, type IAspect } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { addAspect } from './add-aspect';

/** Paths that an aspect comes to when it was added to what `choose` gives, but for provider and backend. */
function visited(choose: (app: App, stack: TerraformStack) => IConstruct): string[] {
  const paths: string[] = [];
  const aspect: IAspect = { visit: ({ node }) => paths.push(node.path) };
  synthStack((app) => {
    const stack = new TerraformStack(app, 'one');
    new AwsProvider(stack, 'Aws');
    new TerraformStack(app, 'two');
    new Vpc(new Construct(stack, 'Inside'), 'Vpc');
    addAspect(choose(app, stack), aspect);
    return stack;
  });
  return paths.filter((path) => !/Aws|backend/.test(path));
}

describe('an aspect', () => {
  it('of an app comes to all of its stacks and what is in them', () => {
    expect(visited((app) => app)).toEqual(['one', 'one/Inside', 'one/Inside/Vpc', 'two']);
  });

  it('of a stack comes to what is in it', () => {
    expect(visited((_, stack) => stack)).toEqual(['one', 'one/Inside', 'one/Inside/Vpc']);
  });

  it('of a construct comes to what is below it', () => {
    expect(visited((_, stack) => stack.node.findChild('Inside'))).toEqual(['one/Inside', 'one/Inside/Vpc']);
  });
});
