import { Aspects, TerraformResource, TerraformStack, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

export type Tags = Readonly<Record<string, string>>;

/** What every generated class of a resource with tags has. */
interface Taggable {
  tags: Tags;
  readonly tagsInput: Tags | undefined;
}

/** Puts tags on every resource that takes them (R0.9); tags of the resource itself, such as `Name`, stay. */
class TagsAspect implements IAspect {
  constructor(private readonly tags: Tags) {}

  visit(node: IConstruct): void {
    if (isTaggable(node)) node.tags = { ...this.tags, ...node.tagsInput };
  }
}

/**
 * Tags everything below a construct. CDKTF looks for aspects in stacks and never above them, so an app passes the aspect on to the stacks
 * that it has at this moment.
 */
export function applyTags(scope: IConstruct, tags: Tags): void {
  const stacks = scope.node.findAll().filter((node) => TerraformStack.isStack(node));
  for (const target of stacks.length > 0 ? stacks : [scope]) Aspects.of(target).add(new TagsAspect(tags));
}

/** Data sources have tags too, but as a filter. */
function isTaggable(node: IConstruct): node is IConstruct & Taggable {
  return TerraformResource.isTerraformResource(node) && 'tagsInput' in node;
}
