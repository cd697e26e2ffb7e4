// The protocol's own client library through every feature of the server, with its typed requests. Stops at the first
// thing that is not as expected. Called by run.sh with a folder that holds a Dockerfile.
import { readFileSync } from "node:fs";
import { encodings, endsWithItsInput } from "./encodings.mjs";
import { kinds } from "./kinds.mjs";
import { pull } from "./pull.mjs";
import { push } from "./push.mjs";

const folder = process.argv[2];
await push(folder, readFileSync(`${folder}/Dockerfile`, "utf8"));
await pull(`${folder}/pulled`);
await kinds(`${folder}/kinds`);
await encodings(`${folder}/encodings`);
await endsWithItsInput(folder);
console.log("protocol client: ok");
