// Runs in Node before the jsii kernel, by NODE_OPTIONS=--require.
"use strict";

const children = require("node:child_process");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const stream = require("node:stream");
const workers = require("node:worker_threads");

// NODE_OPTIONS reaches every Node that this process starts; JSII_AGENT is set for the kernel alone.
if (process.env.JSII_AGENT && workers.isMainThread) {
  runInOneProcess();
  loadLazyIndexes();
  finishTypeIndexes();
  askTerraformOnce();
  lightenCdktf();
}

// runInOneProcess has the kernel run in the Node that jsii starts.
//
// That one runs jsii-runtime.js, which starts a second Node with lib/program.js, the kernel, and passes each call and each answer on. The
// kernel speaks on descriptor 3, where nothing else is printed. Here lib/program.js is loaded at once, and speaks on standard input and
// output; what is printed goes to standard error, in the form that jsii-runtime.js gives it. In any other layout this steps aside.
function runInOneProcess() {
  const [channel, ownChannel] = ["readFD:3,writeFD:3", "readFD:0,writeFD:1"];
  const { _resolveFilename: resolve, prototype: { _compile: compile } } = Module;
  const preservesSymlinks = process.env.NODE_PRESERVE_SYMLINKS === "1"; // jsii-runtime.js gives the kernel that by an argument
  delete process.env.NODE_PRESERVE_SYMLINKS; // it was meant for this process alone
  if (!preservesSymlinks || typeof resolve !== "function" || typeof compile !== "function") {
    say(`stepped aside, the kernel runs in a second process of Node ${process.version}`);
    return;
  }

  let kernel;
  Module._resolveFilename = function (request, parent, isMain, ...rest) {
    const file = resolve.call(this, request, parent, isMain, ...rest);
    if (!isMain || path.basename(file) !== "jsii-runtime.js") {
      return file;
    }
    const program = path.join(path.dirname(file), "..", "lib", "program.js");
    if (!fs.existsSync(program) || !fs.readFileSync(program, "utf8").includes(channel)) {
      say(`stepped aside, no ${channel} in ${program}`);
      return file;
    }
    kernel = program;
    process.execArgv.push("--preserve-symlinks"); // the kernel links packages where it finds it here, and copies them otherwise
    printOnStandardError();
    return kernel;
  };
  Module.prototype._compile = function (content, file, ...rest) {
    return compile.call(this, file === kernel ? content.replace(channel, ownChannel) : content, file, ...rest);
  };
}

// printOnStandardError has what is printed arrive as jsii's clients expect it: a line of JSON, with the text in base64.
function printOnStandardError() {
  const stdout = new stream.Writable({
    write(text, _, done) {
      process.stderr.write(`${JSON.stringify({ stdout: text.toString("base64") })}\n`, done);
    },
  });
  Object.defineProperty(process, "stdout", { configurable: true, enumerable: true, get: () => stdout });
}

// loadLazyIndexes makes the kernel load a provider's lazy-index.js in place of index.js.
//
// The kernel unpacks a package into its cache (or a temporary folder), links it as <tmp>/node_modules/@cdktf/provider-x, resolves
// that name, which gives lib/index.js, and requires the answer. The answer is what changes here, and only when the file beside it is
// there; in any other layout this steps aside, and the start is slow but right.
function loadLazyIndexes() {
  const providerIndex = /[\\/]@cdktf[\\/]provider-[^\\/]+[\\/]lib[\\/]index\.js$/;
  const chosen = new Map();

  function choose(index) {
    const lazy = path.join(path.dirname(index), "lazy-index.js");
    if (fs.existsSync(lazy)) {
      return lazy;
    }
    say(`stepped aside, no ${lazy}`);
    return index;
  }

  const resolve = Module._resolveFilename;
  if (typeof resolve !== "function") {
    say(`stepped aside, Node ${process.version} has no Module._resolveFilename`);
    return;
  }
  Module._resolveFilename = function (...request) {
    const file = resolve.apply(this, request);
    if (typeof file !== "string" || !providerIndex.test(file)) {
      return file;
    }
    if (!chosen.has(file)) {
      chosen.set(file, choose(file));
    }
    return chosen.get(file);
  };
}

// finishTypeIndexes delays the kernel's exit until the indexes of types that it builds beside cached packages are written.
//
// jsii-runtime-go 1.140 builds them in worker threads on the first run, and its exit ends those. With lazy modules a run is over
// before provider-aws's index is: without this no run would ever write it, and every run would parse all the types again.
function finishTypeIndexes() {
  const building = new Set();
  const exit = process.exit;
  let asked;

  workers.Worker = class extends workers.Worker {
    constructor(file, ...options) {
      super(file, ...options);
      if (path.basename(String(file)) !== "runtime-index-worker.js") {
        return;
      }
      building.add(this);
      this.once("exit", () => {
        building.delete(this);
        if (asked && building.size === 0) {
          exit.apply(process, asked);
        }
      });
    }
  };

  process.exit = function (...code) {
    if (building.size === 0) {
      exit.apply(process, code);
    }
    asked = code;
  };
}

// askTerraformOnce has `terraform version` run once in a kernel. CDKTF runs it for every terraform_data resource and every import, to tell
// whether Terraform knows those; without CHECKPOINT_DISABLE each run also asks HashiCorp's server for a newer release.
function askTerraformOnce() {
  const run = children.execSync;
  const answers = new Map();

  children.execSync = function (command, ...options) {
    if (!/^\S+ version$/.test(command)) {
      return run.call(this, command, ...options);
    }
    if (!answers.has(command)) {
      answers.set(command, run.call(this, command, ...options));
    }
    return answers.get(command);
  };
}

// lightenCdktf takes two things out of CDKTF that cost time and give nothing in a kernel. It loads a ZIP library, though it packs assets in
// a process of their own: that is loaded when it is called. And every token keeps a stack trace, for its error messages: the frames are the
// kernel's, the caller's are in Go. TITAN_DEBUG=1 keeps them.
function lightenCdktf() {
  const load = Module._load;
  if (typeof load !== "function") {
    say(`stepped aside, Node ${process.version} has no Module._load`);
    return;
  }
  Module._load = function (request, parent, ...rest) {
    const real = () => load.call(this, request, parent, ...rest);
    if (!/[\\/]node_modules[\\/]cdktf[\\/]lib[\\/]/.test(parent?.filename)) {
      return real();
    }
    if (request === "archiver") {
      return (...options) => real()(...options);
    }
    if (path.basename(request) === "stack-trace" && process.env.TITAN_DEBUG !== "1") {
      return { captureStackTrace: () => [] };
    }
    return real();
  };
}

function say(what) {
  if (process.env.TITAN_DEBUG === "1") {
    console.error(`titan faststart: ${what}`);
  }
}
