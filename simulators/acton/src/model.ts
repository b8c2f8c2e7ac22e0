export interface User {
  id: string;
  userType: string;
  email: string;
  firstName: string;
  lastName: string;
  title: string;
}

export type MessageType = 'DRAFT' | 'TEMPLATE' | 'SENT' | 'TRIGGERED' | 'TEST' | 'FAILED' | 'SCHEDULED';

export interface Message {
  id: string;
  type: MessageType;
  title: string;
  subject: string;
  htmlBody: string;
  textBody: string;
  folderName: string;
  senderName: string;
  senderEmail: string;
  headerId: string;
  footerId: string;
  logoId: string;
  sentTo: string[];
  suppressedOn: string[];
  /** Addresses that it went to, and what became of it there. */
  deliveries: Delivery[];
  timeMs: number;
  createdMs: number;
}

export interface Delivery {
  recordId: string;
  email: string;
  atMs: number;
  opens: number;
  clicks: number;
  bounce?: 'hard' | 'soft';
  optedOut?: boolean;
  spam?: boolean;
}

export interface Campaign {
  id: string;
  name: string;
  description: string;
  messageIds: string[];
  startMs: number;
}

/** Headers and footers: pieces of text that messages share. */
export interface Block {
  id: string;
  title: string;
  html: string;
  text: string;
  modifiedMs: number;
}

/** Logos, images and documents. */
export interface Asset {
  id: string;
  name: string;
  folderName: string;
  size: number;
  altText: string;
  toolTip: string;
  targetUrl: string;
  createdMs: number;
  modifiedMs: number;
}

export interface Page {
  id: string;
  title: string;
  folderName: string;
  html: string;
  visits: number;
  createdMs: number;
  modifiedMs: number;
}

export interface Form {
  id: string;
  title: string;
  folderName: string;
  views: number;
  submits: number;
  createdMs: number;
  modifiedMs: number;
}

export interface Program {
  id: string;
  name: string;
  type: string;
  state: string;
  startedMs: number;
}

export interface Suppression {
  email: string;
  atMs: number;
  reason: string;
}

export interface Category {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  optOuts: Map<string, number>;
}

export interface UnifiedContact {
  id: string;
  fields: Record<string, string>;
  customFields: Record<string, string>;
  cookieId?: string;
  createdMs: number;
  updatedMs: number;
}

export interface SchemaColumn {
  fieldId: number;
  columnIndex: number;
  name: string;
  type: string;
  standardFieldMapping: string | null;
  required: boolean;
  readonly: boolean;
  hidden: boolean;
}

export interface Segment {
  id: string;
  name: string;
  type: string;
  parentId: string;
  filter: unknown;
  contactIds: Set<string>;
}

export interface ObjectSchema {
  id: string;
  /** What the caller sent, kept as it is. */
  definition: Record<string, unknown> & { name: string; fields: ObjectField[] };
  createdMs: number;
  modifiedMs: number;
  datasets: Dataset[];
}

export interface ObjectField {
  id: string;
  name: string;
  type: string;
  [more: string]: unknown;
}

export interface Dataset {
  id: string;
  name: string;
  description: string;
  isDefault: boolean;
  records: Map<string, Record<string, unknown>>;
  modifiedMs: number;
}

/** What the account holds besides its lists and tokens. */
export interface AccountData {
  accountId: string;
  rejectedFiles: Map<string, string>;
  users: User[];
  messages: Message[];
  campaigns: Campaign[];
  headers: Block[];
  footers: Block[];
  logos: Asset[];
  images: Asset[];
  media: Asset[];
  pages: Page[];
  forms: Form[];
  programs: Program[];
  optOuts: Map<string, Suppression>;
  hardBounces: Suppression[];
  spamComplaints: Suppression[];
  categories: Category[];
  contacts: UnifiedContact[];
  columns: SchemaColumn[];
  segments: Segment[];
  importDefinitions: Map<number, Record<string, unknown>>;
  imports: Map<string, Record<string, unknown>>;
  objects: ObjectSchema[];
  objectJobs: Map<string, Record<string, unknown>>;
  /** The last number given to anything new. */
  lastNumber: number;
}
