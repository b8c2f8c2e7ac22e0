/** Logging in and setting up. */
export const access = {
  logIn: {
    title: 'Log in',
    email: 'E-mail',
    password: 'Password',
    submit: 'Log in',
    firstTime:
      'Nobody has logged in yet. Open the link that the server has printed, or log in with the user and the password that stand beside it.',
  },
  setUp: {
    title: 'Set up Ligand',
    text: 'You are the first user of this server, and its administrator. Choose how you log in.',
    email: 'E-mail',
    firstName: 'First name',
    lastName: 'Last name',
    password: 'Password',
    passwordHelp: 'At least 8 characters: a capital and a small letter, a digit and a special character.',
    submit: 'Set up and log in',
    noLink:
      'This page needs the link that the server has printed. Copy the whole line from its terminal, with all that follows the #.',
    toLogIn: 'To the log in',
  },
};
