// In the package's frame: plays the H5P file whose folder stands behind the '#', and tells the wrapper what it says.
const { state, keep, said } = parent.h5pRun;
const data = document.body.dataset;

// H5P insists on a store in the browser, which many browsers do not give a frame of another site. It needs none.
const nothing = { getItem: () => null, setItem() {}, removeItem() {}, clear() {}, key: () => null, length: 0 };
for (const store of ["localStorage", "sessionStorage"]) Object.defineProperty(window, store, { value: nothing });

await new H5PStandalone.H5P(document.getElementById("h5p"), {
  h5pJsonPath: location.hash.slice(1).replace(/\/$/, ""),
  frameJs: data.frame,
  frameCss: data.styles,
  embedType: "div",
  frame: false,
  fullScreen: true,
  saveFreq: 5,
  contentUserData: state ? [{ state }] : undefined,
});
H5P.setUserData = (content, key, value) => key === "state" && keep(JSON.stringify(value));
H5P.externalDispatcher.on("xAPI", (event) => said(event.data.statement));
