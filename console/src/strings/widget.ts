/** The widget in a customer's page. */
export const widget = {
  title: 'Connect an account',
  connect: (name: string) => `Connect ${name}`,
  again: (name: string) => `Connect ${name} again`,
  choose: 'What do you want to connect?',
  another: 'Choose another',
  cancel: 'Cancel',
  submit: 'Connect',
  submitOauth: (name: string) => `Go on at ${name}`,
  waiting: 'Waiting for the other window …',
  waitingText: 'Log in there and allow the access. Has it been closed? Then stop waiting, and try again.',
  stop: 'Stop waiting',
  done: 'The account is connected.',
  cannotOpen: 'This cannot be used any more. Close it and begin again.',
  outcomes: {
    denied: 'The access was not allowed. Nothing was connected; you can try again.',
    blocked: 'The browser has blocked the window. Allow windows for this page, and try again.',
    closed: 'Nothing was connected; you can try again.',
    failed: (reason: string) => `The other side says: ${reason}`,
  },
};
