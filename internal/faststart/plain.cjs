// Runs in Node before the jsii kernel when TITAN_PLAIN_START=1: hides the index that jsii-runtime-go 1.140 keeps of a package's
// types, and lets it build none, so that the kernel starts as it did before 1.140. The kernel takes both as 'no index'.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const workers = require("node:worker_threads");

if (process.env.JSII_AGENT) {
  const readFileSync = fs.readFileSync;
  fs.readFileSync = function (file, ...options) {
    if (typeof file === "string" && /^\.jsii\.runtime\.v\d+\.json$/.test(path.basename(file))) {
      throw Object.assign(new Error(`ENOENT: hidden by TITAN_PLAIN_START: ${file}`), { code: "ENOENT" });
    }
    return readFileSync.call(this, file, ...options);
  };

  workers.Worker = class extends workers.Worker {
    constructor(file, ...options) {
      if (path.basename(String(file)) === "runtime-index-worker.js") {
        throw new Error("hidden by TITAN_PLAIN_START");
      }
      super(file, ...options);
    }
  };
}
