import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Button, buttonClasses } from '../parts/button.tsx';
import { SecretField, TextField } from '../parts/form.tsx';
import { Gate } from '../parts/gate.tsx';
import { Failure } from '../parts/states.tsx';
import { setUp } from '../session.ts';
import { access } from '../strings/access.ts';

const words = access.setUp;

/** The token is behind the #, which no browser sends to a server or a proxy; it leaves the address at once. */
function takeToken(): string {
  const token = window.location.hash.slice(1);
  if (token !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
  return token;
}

let taken: string | undefined;

export function SetUp() {
  const [token] = useState(() => (taken ??= takeToken()));
  const [wish, setWish] = useState({ email: '', firstName: '', lastName: '', password: '' });
  const navigate = useNavigate();
  const finish = useMutation({
    mutationFn: () => setUp({ ...wish, token }),
    onSuccess: () => navigate({ to: '/catalog', replace: true }),
  });
  const field = (name: keyof typeof wish) => ({
    label: words[name],
    required: true,
    value: wish[name],
    onChange: (event: { target: { value: string } }) => setWish({ ...wish, [name]: event.target.value }),
  });
  if (token === '') {
    return (
      <Gate title={words.title}>
        <p className="m-0 text-sm">{words.noLink}</p>
        <Link to="/log-in" className={buttonClasses()}>
          {words.toLogIn}
        </Link>
      </Gate>
    );
  }
  return (
    <Gate title={words.title}>
      <p className="m-0 text-sm text-muted">{words.text}</p>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          finish.mutate();
        }}
      >
        <TextField {...field('email')} type="email" autoComplete="username" autoFocus />
        <TextField {...field('firstName')} autoComplete="given-name" />
        <TextField {...field('lastName')} autoComplete="family-name" />
        <SecretField {...field('password')} help={words.passwordHelp} autoComplete="new-password" />
        {finish.error && <Failure error={finish.error} />}
        <Button type="submit" look="primary" busy={finish.isPending}>
          {words.submit}
        </Button>
      </form>
    </Gate>
  );
}
