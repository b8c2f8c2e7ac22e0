import { createScripting } from '#platform/scripting';
import { execSync } from 'node:child_process';
const s = createScripting({ cpuLimitMs: 300, wallLimitMs: 3000, memoryLimitMb: 64 });
const body = process.argv[2] ?? '';
const t = Date.now();
console.log(
  await s.run({ name: 'a', body, legacy: false }, {}, { tenant: 'x' }).catch((e) => e.message),
  Date.now() - t,
);
await new Promise((r) => setTimeout(r, 1500));
console.log(execSync(`top -b -n2 -d1 | grep node | tail -3 | awk '{print $9, $12}'`).toString());
await s.close();
