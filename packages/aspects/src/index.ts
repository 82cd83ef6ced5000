export { applyTags, type Tags } from './apply-tags';
export { requireDestroyable } from './require-destroyable';
