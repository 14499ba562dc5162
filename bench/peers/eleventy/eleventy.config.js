export default function (config) {
  config.addWatchTarget("./data/");
  config.setQuietMode(true);
  return { dir: { input: "pages", data: "../_data", output: "site" } };
}
