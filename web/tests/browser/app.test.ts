/**
 * The whole app in a browser, from an empty library: add, play, follow, click, correct, search,
 * export. Times are printed and not asserted, since they depend on the machine.
 */
import { describe } from "node:test";
import { chromiumPath } from "./server";
import { correctSteps } from "./steps-correct";
import { displaySteps } from "./steps-display";
import { findSteps } from "./steps-find";
import { librarySteps } from "./steps-library";
import { playerSteps } from "./steps-player";
import { lastStep, visit } from "./visit";

const skip = chromiumPath() ? false : "there is no Chromium here";

describe("the app", { skip, timeout: 40 * 60_000 }, () => {
  visit();
  librarySteps();
  playerSteps();
  correctSteps();
  findSteps();
  displaySteps();
  lastStep();
});
