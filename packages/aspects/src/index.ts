export { applyTags, type Tags } from './apply-tags';
