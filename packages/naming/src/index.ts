export { limits, type NameLimit, type ResourceType } from './limits';
export { MAX_SUFFIX_LENGTH, namesFor, SUFFIX_PATTERN, type Names } from './names';
