// Renders a ZPL file as PNG files: node render.mjs FILE OUT-PREFIX, with zpl-renderer-js in the working directory's node_modules.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const wanted = createRequire(process.cwd() + "/").resolve("zpl-renderer-js");
const { ready } = await import(pathToFileURL(wanted).href);
const { api } = await ready;
const [file, prefix] = process.argv.slice(2);
const pictures = await api.zplToBase64MultipleAsync(readFileSync(file, "utf8"), 100, 150, 8);
pictures.forEach((p, i) => writeFileSync(`${prefix}-${i + 1}.png`, Buffer.from(p, "base64")));
