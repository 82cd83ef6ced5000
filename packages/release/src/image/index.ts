export { findImage, type FoundImage, hasImage } from './find-image';
export { imageName, type ImageName } from './image-name';
export type { WantedImage } from './image-platform';
export { type Finding, scanFinding, scanState, type ScanState, unfinishedScan } from './scan-findings';
export { scanReport, type ScanReport } from './scan-report';
export { allowedSeverities, type AllowedSeverity, type Verdict, verdictOf, verdictSentence } from './scan-verdict';
export { finishedScan, type FinishedScan, noResult, type ScanRequest } from './wait-for-scan';
