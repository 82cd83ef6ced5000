import { Aspects, TerraformResource, TerraformStack, type IAspect } from 'cdktf';
import type { IConstruct } from 'constructs';

export type Tags = Readonly<Record<string, string>>;

/** The interface of generated resource classes with tags. */
interface Taggable {
  tags: Tags;
  readonly tagsInput: Tags | undefined;
}

/** Adds tags to every resource that supports them (R0.9); keeps tags of the resource itself, such as `Name`. */
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

/** In data sources, tags are a filter. */
function isTaggable(node: IConstruct): node is IConstruct & Taggable {
  return TerraformResource.isTerraformResource(node) && 'tagsInput' in node;
}
