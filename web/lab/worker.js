// The library beside the page, in a worker: a long question can be stopped, and the page stays alive.
import { Engine, LabFailure } from './engine.js';

// The worker's side. The bundle is page and worker in one: main.js calls this where there is no page.
export function serve() {
  let engine = null;
  self.onmessage = ({ data: { id, module, question, options, data } }) => {
    try {
      engine ??= new Engine(module);
      self.postMessage({ id, answer: engine.ask(question, options, data) });
    } catch (error) {
      self.postMessage({ id, message: error.message, words: error.words });
    }
  };
}

function makeWorker() {
  const source = document.querySelector('script[type=module]').textContent;
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    return new Worker(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

// The page's side: like Engine, but ask() gives a promise. Falls back to the page's own thread.
export class Bench {
  constructor(module) {
    this.module = module;
    this.waiting = new Map();
    this.last = 0;
    this.inPage = null;
  }

  async ask(question, options, data) {
    if (!this.worker && !this.inPage) this.open();
    if (this.inPage) return this.inPage.ask(question, options, data);
    const id = ++this.last;
    const module = this.module;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, asked: [question, options, data] });
      this.worker.postMessage({ id, module, question, options, data });
    });
  }

  open() {
    try {
      this.worker = makeWorker();
    } catch {
      this.inPage = new Engine(this.module);
      return;
    }
    let answered = false;
    this.worker.onmessage = ({ data: { id, answer, message, words } }) => {
      answered = true;
      const { resolve, reject } = this.waiting.get(id);
      this.waiting.delete(id);
      if (answer) resolve(answer);
      else reject(new LabFailure(message, words));
    };
    this.worker.onerror = (event) => {
      if (answered) this.stop(event.message || 'the worker failed');
      else this.moveIn();
    };
  }

  // A worker that cannot even start: the page does what it was asked.
  moveIn() {
    this.worker = null;
    this.inPage = new Engine(this.module);
    for (const { resolve, reject, asked } of this.waiting.values()) {
      try {
        resolve(this.inPage.ask(...asked));
      } catch (error) {
        reject(error);
      }
    }
    this.waiting.clear();
  }

  // Ends whatever runs; the next question starts a new worker.
  stop(message) {
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(new LabFailure(message));
    this.waiting.clear();
  }
}
