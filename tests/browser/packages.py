"""Tiny packages of our own for the browser: one that behaves, and one that tries what it must not."""

from tests.courses.packages.zips import h5p, item, package, resource

LESSON = """<!doctype html><title>Lesson</title><h1>Lesson</h1><p>Page <b id="page"></b> of <b id="name"></b></p>
<button id="on">Turn the page</button> <button id="end">End this part</button>
<script>
  const api = parent.API, name = new URLSearchParams(location.search).get("name");
  let over = false;
  api.LMSInitialize("");
  const show = () => (document.getElementById("page").textContent = api.LMSGetValue("cmi.core.lesson_location") || "1");
  document.getElementById("name").textContent = name;
  document.getElementById("on").onclick = () => {
    api.LMSSetValue("cmi.core.lesson_location", String(Number(document.getElementById("page").textContent) + 1));
    api.LMSSetValue("cmi.core.lesson_status", "incomplete");
    api.LMSCommit("");
    show();
  };
  const finish = (status) => {
    if (over) return;
    over = true;
    if (status) api.LMSSetValue("cmi.core.lesson_status", status);
    else api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
  };
  document.getElementById("end").onclick = () => finish("completed");
  addEventListener("pagehide", () => finish());
  show();
</script>"""
HOSTILE = """<!doctype html><title>Lesson</title><ul id="said"></ul>
<form id="form" method="post" action="/run/commit/"><input name="x" value="y"></form>
<script>
  const said = [];
  const note = (what, how) => {
    said.push(`${what}: ${how}`);
    document.getElementById("said").innerHTML = said.map((each) => `<li>${each}</li>`).join("");
  };
  const attempt = (what, deed) => {
    try { note(what, deed()); } catch (error) { note(what, "refused"); }
  };
  const later = (what, deed) => deed().then(() => note(what, "done"), () => note(what, "refused"));
  const site = new URLSearchParams(location.search).get("site");
  attempt("top page", () => top.document.title);
  attempt("top address", () => { top.location = "https://example.org/"; return "asked"; });
  attempt("pop-up", () => (open("/run/") ? "opened" : "refused"));
  attempt("cookie", () => { document.cookie = "stolen=1; path=/"; return "asked"; });
  attempt("form", () => { document.getElementById("form").submit(); return "asked"; });
  later("worker that stays", () => navigator.serviceWorker.register("worker.js"));
  later("the site's pages", () => fetch(`${site}/learning/`, { credentials: "include" }));
  attempt("a lie", () => {
    const lie = parent.document.createElement("script");
    lie.src = new URL("lie.js", location);
    lie.onload = () => note("the lie", "told");
    parent.document.body.append(lie);
    return "asked";
  });
  parent.API_1484_11.Initialize("");
</script>"""
LIE = 'parent.postMessage("finished", document.body.dataset.site);'


def well_behaved() -> bytes:
    """SCORM 1.2 in two parts, the second open once the first is done."""
    first = "<adlcp:prerequisites>one</adlcp:prerequisites>"
    return package(
        items=item("one", parameters="?name=one") + item("two", first, resource="r-one", parameters="?name=two"),
        more={"index.html": LESSON},
    ).getvalue()


def hostile(site: str) -> bytes:
    """SCORM 2004 in one part that tries to reach out of its frame."""
    return package(
        "2004",
        items=item(parameters=f"?site={site}"),
        resources=resource(version="2004"),
        more={"index.html": HOSTILE, "worker.js": "self.onfetch = () => {};", "lie.js": LIE},
    ).getvalue()


QUESTION = """
H5P.Small = function (params, id, extras) {
  H5P.EventDispatcher.call(this);
  let tries = (extras && extras.previousState && extras.previousState.tries) || 0;
  this.getCurrentState = () => ({ tries });
  this.attach = ($container) => {
    $container.html("<p>Tries: <b></b></p><button>Answer wrongly</button><button>Answer rightly</button>");
    const show = () => $container.find("b").text(tries);
    const answer = (right) => () => {
      tries += 1;
      show();
      this.triggerXAPIScored(right ? 1 : 0, 1, "answered", true, right);
    };
    $container.find("button").eq(0).on("click", answer(false));
    $container.find("button").eq(1).on("click", answer(true));
    show();
  };
};
H5P.Small.prototype = Object.create(H5P.EventDispatcher.prototype);
"""


def question() -> bytes:
    """An H5P file with a question that counts how often it has been answered."""
    return h5p(QUESTION).getvalue()


WISHES = """<!doctype html><title>Lesson</title><h1 id="name"></h1>
<button value="continue">Continue</button> <button value="previous">Previous</button>
<button value="{target=three}choice">Choose three</button>
<script>
  const api = parent.API_1484_11;
  api.Initialize("");
  document.getElementById("name").textContent = new URLSearchParams(location.search).get("name");
  for (const button of document.querySelectorAll("button"))
    button.onclick = () => {
      api.SetValue("cmi.completion_status", "completed");
      api.SetValue("adl.nav.request", button.value);
      api.Terminate("");
    };
</script>"""


def wishing() -> bytes:
    """SCORM 2004 in three parts that ask for one another, and may not be chosen from the contents."""
    parts = (item(key, resource="r-one", parameters=f"?name={key}") for key in ("one", "two", "three"))
    in_order = '<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>'
    return package(
        "2004",
        items="".join(parts),
        resources=resource(version="2004"),
        organisation=in_order,
        more={"index.html": WISHES},
    ).getvalue()
