import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Button } from '../parts/button.tsx';
import { TextField } from '../parts/form.tsx';
import { Failure } from '../parts/states.tsx';
import { Gate } from '../parts/gate.tsx';
import { logIn, sessionQuery } from '../session.ts';
import { access } from '../strings/access.ts';

const words = access.logIn;

export function LogIn() {
  const { to } = useSearch({ from: '/log-in' });
  const navigate = useNavigate();
  const { data: session } = useQuery(sessionQuery);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const enter = useMutation({
    mutationFn: () => logIn(email, password),
    onSuccess: () => navigate({ to: to ?? '/catalog', replace: true }),
  });
  return (
    <Gate title={words.title}>
      {session?.setUpIsOpen && (
        <p className="m-0 rounded-md bg-accent-soft p-3 text-sm text-accent-text">{words.firstTime}</p>
      )}
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <TextField
          label={words.email}
          type="email"
          name="username"
          autoComplete="username"
          autoFocus
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={words.password}
          type="password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {enter.error && <Failure error={enter.error} />}
        <Button type="submit" look="primary" busy={enter.isPending}>
          {words.submit}
        </Button>
      </form>
    </Gate>
  );
}
