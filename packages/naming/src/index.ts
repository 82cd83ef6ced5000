export { limits, type NameLimit, type ResourceType } from './limits';
export { KEPT_IMAGE_TAG_PREFIX, MAX_SUFFIX_LENGTH, namesFor, suffixed, SUFFIX_PATTERN, type Names } from './names';
