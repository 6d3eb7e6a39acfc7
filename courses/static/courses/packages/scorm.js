// SCORM's programming interface for one part, held by scorm-again and seeded before the part loads.

const VERSIONS = {
  scorm12: { name: "API", file: "scorm12", class: "Scorm12API", set: "LMSSetValue.cmi.*", over: "LMSFinish", commit: "LMSCommit" },
  scorm2004: { name: "API_1484_11", file: "scorm2004", class: "Scorm2004API", set: "SetValue.cmi.*", over: "Terminate", commit: "Commit" },
};
const STEPS = { SequenceNext: "next", SequencePrevious: "back", SequenceChoice: "choice", SequenceJump: "choice" };
const NOTHING = 5; // scorm-again's word for logging nothing

export async function load(kind) {
  const version = VERSIONS[kind];
  const made = await import(document.body.dataset[version.file]);
  return { ...version, make: made[version.class] };
}

export const address = (files, href) => files + href;

// Puts the interface where the part looks for it. `on` hears of a change, a commit, the end, and a step asked for.
export function open(version, seed, on) {
  const api = new version.make({ autocommit: false, autoCompleteLessonStatus: true, logLevel: NOTHING });
  api.loadFromJSON({ cmi: seed });
  api.on(version.set, on.change);
  api.on(version.commit, on.commit);
  api.on(version.over, on.over);
  for (const [event, step] of Object.entries(STEPS)) api.on(event, (target) => on.step(step, target));
  window[version.name] = api;
  return { state: () => api.renderCMIToJSONObject().cmi, close: () => delete window[version.name] };
}
