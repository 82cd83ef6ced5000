export { limits, type NameLimit, type ResourceType } from './limits';
export { MAX_SUFFIX_LENGTH, namesFor, suffixed, SUFFIX_PATTERN, type Names } from './names';
