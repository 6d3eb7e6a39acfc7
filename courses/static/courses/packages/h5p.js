// An H5P file's result, told in SCORM 2004's words so that it is saved and counted like any other part.

const WHOLE = ["completed", "answered", "consumed"]; // what a statement about the whole file may be

export const load = () => null;
export const address = (files) => `/run/h5p/#${files}`;

// Puts what the player's page (h5p-player.js) looks for where it looks. `on` hears of states and results.
export function open(_, seed, on) {
  const opened = Date.now();
  const cmi = { completion_status: "incomplete", success_status: "unknown", exit: "suspend", suspend_data: seed.suspend_data };
  window.h5pRun = {
    state: seed.suspend_data,
    keep(state) {
      if (state === cmi.suspend_data) return;
      cmi.suspend_data = state;
      on.commit();
    },
    said(statement) {
      const verb = statement.verb.id.split("/").pop();
      if (!WHOLE.includes(verb) || statement.context?.contextActivities?.parent?.length) return;
      const { completion, success, score } = statement.result ?? {};
      if (completion !== false) cmi.completion_status = "completed";
      if (success !== undefined) cmi.success_status = success ? "passed" : "failed";
      if (score?.scaled !== undefined) cmi.score = { scaled: String(score.scaled), raw: String(score.raw) };
      on.commit();
    },
  };
  return {
    state: () => ({ ...cmi, session_time: `PT${Math.round((Date.now() - opened) / 1000)}S` }),
    close: () => delete window.h5pRun,
  };
}
