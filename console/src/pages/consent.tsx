import { useState } from 'react';
import { tellOutcome } from '../consent.ts';
import { Gate } from '../parts/gate.tsx';
import { consent as words } from '../strings/instances.ts';

let told: boolean | undefined;

/** Where a provider sends the window back to. */
export function Consent() {
  const [isTold] = useState(() => (told ??= tellOutcome()));
  return (
    <Gate title={words.title}>
      <p className="m-0 text-sm">{isTold ? words.text : words.lost}</p>
    </Gate>
  );
}
