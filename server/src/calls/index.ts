export { authenticationKind, awsCredentials, withOAuth1 } from './authorize.ts';
export { createCalls, toCallError } from './execute.ts';
export type { Calls } from './execute.ts';
export { fillTemplate, resolveConfiguration } from './template.ts';
export { readProviderMessage } from './provider-message.ts';
export type { CallInput, CallReply, FilePart, HookRun, InputBody, Part, ReplyBody, Target } from './call.ts';
export { parseXmlReply } from './read-reply.ts';
