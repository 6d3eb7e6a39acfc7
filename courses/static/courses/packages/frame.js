// On the site's page around a package: hears two words from the content host, and nothing else.
const frame = document.getElementById("package");

window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow || event.origin !== frame.dataset.origin) return;
  if (event.data === "exit") document.querySelector(".govuk-js-exit-this-page-button").click();
  if (event.data === "finished") document.getElementById("package-done").hidden = false;
});
