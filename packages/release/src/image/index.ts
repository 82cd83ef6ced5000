export { findImage, type FoundImage } from './find-image';
export type { WantedImage } from './image-platform';

export { type Finding, scanFinding } from './scan-findings';

export { finishedScan, type FinishedScan } from './wait-for-scan';

export { imageName, type ImageName } from './image-name';

export { noResult } from './wait-for-scan';

export type { ScanRequest } from './wait-for-scan';

export { scanState, type ScanState } from './scan-findings';

export { allowedSeverities, type AllowedSeverity } from './scan-verdict';

export { unfinishedScan } from './scan-findings';

export { verdictOf, type Verdict } from './scan-verdict';

export { verdictSentence } from './scan-verdict';
