// Beside words of one's own: where they may be about somebody's danger, a line says where there is help.
// It looks here, in the page, and tells nobody.
const WORRY =
  /\b(afraid|scared|frighten\w*|hit(s|ting)?|hurt(s|ing)?|beat(s|en|ing)?|kill\w*|suicid\w*|rape[ds]?|threat\w*|strangl\w*|chok(ed?|es|ing)|my (husband|wife|partner|boyfriend|girlfriend|ex))\b/i;

document.addEventListener("input", ({ target }) => {
  if (target.type !== "textarea" || target.dataset.noticed || !WORRY.test(target.value)) return;
  target.dataset.noticed = "yes";
  const line = Object.assign(document.createElement("p"), { className: "govuk-inset-text ui-no-print" });
  const help = Object.assign(document.createElement("a"), { className: "govuk-link", href: "/support/" });
  line.setAttribute("role", "status");
  target.after(line);
  help.textContent = "Ways to get support";
  line.append("If this is about you, or somebody you know: ", help, ". Only this page has noticed, and it tells nobody.");
});
